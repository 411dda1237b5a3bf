package io.sallyport.policy.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL, for deployments. */
final class PostgresqlDatabase implements Database {
  private static final int CONNECT_SECONDS = 2;
  private static final int SOCKET_SECONDS = 4;

  /** A commit is on disk when it returns, and no lock outlives a server that fell silent. */
  private static final String OPTIONS =
      "-c synchronous_commit=on -c lock_timeout=2000 -c statement_timeout=3500"
          + " -c idle_in_transaction_session_timeout=10000";

  private final StoreTerms terms;

  PostgresqlDatabase(StoreTerms terms) {
    this.terms = terms;
  }

  @Override
  public DataSource dataSource() {
    PGSimpleDataSource source = source();
    source.setSocketTimeout(SOCKET_SECONDS);
    source.setOptions(OPTIONS);
    return source;
  }

  @Override
  public DataSource patientDataSource() {
    return source();
  }

  @Override
  public Map<String, String> types() {
    return Map.of("bytes", "BYTEA");
  }

  /** Others see what was committed only once it is on disk. */
  @Override
  public void commit(Connection connection, boolean writing) throws SQLException {
    connection.commit();
  }

  @Override
  public String reason(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return switch (state) {
      case "28P01", "28000" -> "it does not accept the user or the password";
      case "3D000" -> "there is no such database; create it, empty";
      case "42501" -> "the user may not create tables in it";
      default ->
          state.startsWith("08") ? "it cannot be reached" : "it failed with SQL state " + state;
    };
  }

  @Override
  public void shutDown() {}

  @Override
  public String toString() {
    return "The store " + terms.url();
  }

  private PGSimpleDataSource source() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(terms.url());
    terms.user().ifPresent(source::setUser);
    terms.password().ifPresent(source::setPassword);
    source.setApplicationName("sallyport");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setTcpKeepAlive(true);
    return source;
  }
}
