package io.sallyport.policy.store;

import java.sql.SQLException;

/**
 * What is done in one transaction: all of it, or nothing. It may be run several times, when
 * transactions got into each other's way, so it must do nothing that cannot be undone, and must not
 * use the store beside its transaction.
 *
 * @param <T> what it yields
 */
@FunctionalInterface
public interface Work<T> {

  /**
   * Does the work.
   *
   * @throws SQLException as the database does; the store turns it into its own
   */
  T run(Transaction transaction) throws SQLException;
}
