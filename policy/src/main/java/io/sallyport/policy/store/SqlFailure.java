package io.sallyport.policy.store;

import java.sql.SQLException;
import java.util.Set;

/** What a failure of the database means, by its SQL state; H2 has states of its own. */
final class SqlFailure {
  /** Others got in the way, and the database has undone everything. */
  private static final Set<String> ROLLED_BACK =
      Set.of(
          "40001", // serialisation failure, or deadlock of H2
          "40P01" // deadlock of PostgreSQL
          );

  /** Others got in the way of a statement. */
  private static final Set<String> CONTENTION =
      Set.of(
          "55P03", // PostgreSQL: a lock was not to be had in time
          "HYT00", // H2: a lock was not to be had in time
          "90131", // H2: a row was changed by another at the same time
          "23505" // another made the same row first: the next try finds it
          );

  /** There is nothing more to be had on this connection. */
  private static final Set<String> CONNECTION =
      Set.of(
          "57P01", // PostgreSQL is being shut down
          "57P02", // PostgreSQL has crashed
          "57P03", // PostgreSQL is starting
          "90098", // H2: the database was closed, a new connection opens it
          "90067", // H2: the connection is broken
          "90007" // H2: the connection was closed
          );

  private static final String CONNECTION_CLASS = "08";

  private SqlFailure() {}

  static boolean isRolledBack(SQLException e) {
    return ROLLED_BACK.contains(state(e));
  }

  static boolean isOfConnection(SQLException e) {
    return CONNECTION.contains(state(e)) || state(e).startsWith(CONNECTION_CLASS);
  }

  /** Before a commit that is safe. */
  static boolean isWorthAnotherTry(SQLException e) {
    return isRolledBack(e) || CONTENTION.contains(state(e)) || isOfConnection(e);
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }
}
