package io.sallyport.policy.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/** What differs between the databases that can be the store. Its text names it, without secrets. */
interface Database {

  /** The database of these terms. */
  static Database of(StoreTerms terms) {
    return terms.isPostgresql() ? new PostgresqlDatabase(terms) : new H2Database(terms);
  }

  /** Makes what it keeps on this machine its owner's alone, before anything is kept there. */
  default void makePrivate() throws IOException {}

  /** Connections for short work: each statement ends or fails within seconds. */
  DataSource dataSource();

  /** Connections for migrations, which may take their time. */
  DataSource patientDataSource();

  /** The names of types that the databases do not agree on, for the migrations. */
  Map<String, String> types();

  /**
   * Commits. What was written, and what was read, then survives a failure of power.
   *
   * @throws SQLException when that is not certain; nothing was done only if the exception says so
   */
  void commit(Connection connection, boolean writing) throws SQLException;

  /** Why it cannot be opened, in words for the operator. */
  String reason(SQLException e);

  /** Gives back what this process holds of it. Never throws. */
  void shutDown();
}
