package io.sallyport.policy.store;

import io.sallyport.policy.audit.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The database of the durable state. Safe for threads.
 *
 * <p>Guarantees: what a transaction did is on disk before {@link #inTransaction} returns, or none
 * of it is. Every call ends within five seconds, whatever the database does. When the database was
 * away and is back, the next call works. A caller's interrupt neither ends a transaction nor harms
 * the database's files: the work runs on the store's own threads.
 */
public final class Store implements AutoCloseable {
  static final System.Logger LOG = System.getLogger(Store.class.getName());

  private static final int CONNECTIONS = 10;
  private static final Duration PATIENCE = Duration.ofMillis(4_500);
  private static final Duration IDLE_THREAD = Duration.ofMinutes(1);

  private final Database database;
  private final Connections connections;
  private final ThreadPoolExecutor workers;

  private Store(Database database) {
    this.database = database;
    this.connections = new Connections(database, CONNECTIONS);
    this.workers =
        new ThreadPoolExecutor(
            CONNECTIONS,
            CONNECTIONS,
            IDLE_THREAD.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Worker::new);
    workers.allowCoreThreadTimeOut(true);
  }

  /**
   * Opens the store and brings its schema up to date.
   *
   * @throws StoreException when it cannot be reached, another server has it, its schema is newer
   *     than this server or is not what this server wrote
   */
  public static Store open(StoreTerms terms) {
    Database database = Database.of(terms);
    Migrations.requireReachable(database);
    try {
      Migrations.apply(database);
      return new Store(database);
    } catch (RuntimeException e) {
      database.shutDown();
      throw e;
    }
  }

  /**
   * Runs the work in a transaction, again if others got in its way. An exception of the work undoes
   * it and is passed on.
   *
   * @throws StoreUnavailableException when the database does not answer or does not do it; unless
   *     the message says that this is unknown, nothing was done
   * @throws IllegalStateException when called by the work of another transaction
   */
  public <T> T inTransaction(Work<T> work) {
    if (Thread.currentThread() instanceof Worker) {
      throw new IllegalStateException("A transaction must not wait for another transaction");
    }
    Attempt<T> attempt = new Attempt<>(connections, database, work, PATIENCE);
    try {
      workers.execute(attempt);
    } catch (RejectedExecutionException e) {
      throw new StoreUnavailableException(database + " is closed; nothing was done", e);
    }
    return attempt.result();
  }

  /** Waits for what is running, and gives the database back. */
  @Override
  public synchronized void close() {
    if (workers.isShutdown()) {
      return;
    }
    workers.shutdown();
    boolean interrupted = Thread.interrupted();
    try {
      workers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    connections.close();
    database.shutDown();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
