package io.sallyport.policy.store;

import io.sallyport.policy.audit.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/**
 * One call of the store: a worker runs it, its caller waits, and gives up when its patience ends.
 * Work that was given up before its commit began is never committed.
 */
final class Attempt<T> implements Runnable {
  private static final int MAX_PAUSE_MILLIS = 40;

  private enum Phase {
    WORKING,
    COMMITTING,
    GIVEN_UP
  }

  private final DataSource pool;
  private final Database database;
  private final Work<T> work;
  private final long deadline;
  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WORKING);

  Attempt(DataSource pool, Database database, Work<T> work, Duration patience) {
    this.pool = pool;
    this.database = database;
    this.work = work;
    this.deadline = System.nanoTime() + patience.toNanos();
  }

  @Override
  public void run() {
    try {
      while (phase.get() == Phase.WORKING && !once()) {
        pause();
      }
    } catch (Throwable e) {
      outcome.completeExceptionally(e);
    }
  }

  /** What the work yields. A caller's interrupt is kept for later: there is no half an outcome. */
  T result() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return outcome.get(left(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          throw tooLate();
        } catch (ExecutionException e) {
          throw passOn(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** False when the work has to be done again. */
  private boolean once() {
    try (Connection connection = pool.getConnection()) {
      return once(connection);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private boolean once(Connection connection) throws SQLException {
    try {
      T result = work.run(new Transaction(connection));
      if (!phase.compareAndSet(Phase.WORKING, Phase.COMMITTING)) {
        connection.rollback();
        return true;
      }
      return commit(connection, result);
    } catch (SQLException e) {
      rollback(connection);
      if (phase.get() != Phase.COMMITTING && SqlFailure.isWorthAnotherTry(e) && left() > 0) {
        return false;
      }
      throw e;
    } catch (RuntimeException | Error e) {
      rollback(connection);
      throw e;
    }
  }

  private boolean commit(Connection connection, T result) throws SQLException {
    try {
      connection.commit();
      database.force(connection);
    } catch (SQLException e) {
      if (SqlFailure.isRolledBack(e)) {
        phase.set(Phase.WORKING);
        throw e;
      }
      throw new StoreUnavailableException(
          database + " failed while it committed; whether it was done is unknown", e);
    }
    return outcome.complete(result);
  }

  /** A connection that cannot roll back is broken, and the database rolls back by itself. */
  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      Store.LOG.log(System.Logger.Level.DEBUG, "A transaction was not rolled back", e);
    }
  }

  private StoreUnavailableException tooLate() {
    boolean nothingDone = phase.compareAndSet(Phase.WORKING, Phase.GIVEN_UP);
    return new StoreUnavailableException(
        database
            + " did not answer in time; "
            + (nothingDone ? "nothing was done" : "whether it was done is unknown"));
  }

  private StoreUnavailableException unavailable(SQLException e) {
    return new StoreUnavailableException(
        "%s does not do its work (SQL state %s)".formatted(database, e.getSQLState()), e);
  }

  private static RuntimeException passOn(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException exception
        ? exception
        : new StoreUnavailableException("The store failed", cause);
  }

  private long left() {
    return deadline - System.nanoTime();
  }

  private static void pause() throws InterruptedException {
    Thread.sleep(1L + ThreadLocalRandom.current().nextInt(MAX_PAUSE_MILLIS));
  }
}
