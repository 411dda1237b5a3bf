package io.sallyport.policy.store;

import io.sallyport.policy.audit.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

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

  private final Connections connections;
  private final Database database;
  private final Work<T> work;
  private final long deadline;
  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WORKING);

  Attempt(Connections connections, Database database, Work<T> work, Duration patience) {
    this.connections = connections;
    this.database = database;
    this.work = work;
    this.deadline = System.nanoTime() + patience.toNanos();
  }

  @Override
  public void run() {
    try {
      while (phase.get() == Phase.WORKING && !isDone()) {
        Thread.sleep(1L + ThreadLocalRandom.current().nextInt(MAX_PAUSE_MILLIS));
      }
    } catch (SQLException e) {
      outcome.completeExceptionally(
          new StoreUnavailableException(
              "%s does not do its work (SQL state %s); nothing was done"
                  .formatted(database, e.getSQLState()),
              e));
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
  private boolean isDone() throws SQLException {
    Connections.Lease lease = connections.lease();
    boolean failed = true;
    try {
      attempt(lease.connection());
      failed = false;
    } catch (SQLException e) {
      failed = SqlFailure.isOfConnection(e);
      if (SqlFailure.isWorthAnotherTry(e) && left() > 0) {
        return false;
      }
      throw e;
    } catch (RuntimeException e) {
      failed = e instanceof StoreUnavailableException;
      throw e;
    } finally {
      connections.giveBack(lease, failed);
    }
    return true;
  }

  /** Whatever is thrown, nothing was done, unless it says that this is unknown. */
  private void attempt(Connection connection) throws SQLException {
    Transaction transaction = new Transaction(connection);
    T result;
    try {
      result = work.run(transaction);
    } catch (SQLException | RuntimeException | Error e) {
      rollback(connection);
      throw e;
    }
    if (phase.compareAndSet(Phase.WORKING, Phase.COMMITTING)) {
      commit(connection, transaction);
      outcome.complete(result);
    } else {
      rollback(connection);
    }
  }

  private void commit(Connection connection, Transaction transaction) throws SQLException {
    try {
      database.commit(connection, transaction.isWriting());
    } catch (SQLException e) {
      rollback(connection);
      if (SqlFailure.isRolledBack(e)) {
        phase.set(Phase.WORKING);
        throw e;
      }
      throw new StoreUnavailableException(
          database + " failed while it committed; whether it was done is unknown", e);
    }
  }

  /** A connection that cannot roll back is broken, and the database rolls back by itself. */
  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      Store.LOG.log(Level.DEBUG, "A transaction was not rolled back", e);
    }
  }

  private StoreUnavailableException tooLate() {
    boolean nothingDone = phase.compareAndSet(Phase.WORKING, Phase.GIVEN_UP);
    return new StoreUnavailableException(
        database
            + " did not answer in time; "
            + (nothingDone ? "nothing was done" : "whether it was done is unknown"));
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
}
