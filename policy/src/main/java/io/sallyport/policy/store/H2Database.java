package io.sallyport.policy.store;

import io.sallyport.policy.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;

/** H2 in a file, the default. This process is its only user. */
final class H2Database implements Database {
  private static final String USER = "sallyport";

  /**
   * As PostgreSQL in what SQL means. The file stays open, and locked, until the store is closed,
   * and a JVM that ends does not close it under running work. What is committed is forced to disk
   * by us.
   *
   * <p>H2 rewrites no chunk to save space, neither in the background nor when it closes: that loses
   * chunks in this version, and with them, at the next crash, all that was committed since
   * (https://github.com/h2database/h2database/issues/4247). Chunks that nothing refers to any more
   * are used again all the same. The version in which this is mended, 2.4.240, in turn fails in
   * CHECK constraints whose session has ended.
   */
  private static final String SETTINGS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
          + ";LOCK_TIMEOUT=2000;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE"
          + ";QUERY_CACHE_SIZE=100;AUTO_COMPACT_FILL_RATE=0;MAX_COMPACT_TIME=0"
          // It would write statements, with what is in them, into a file beside the database.
          + ";TRACE_LEVEL_FILE=0";

  private static final String SUFFIX = ".mv.db";

  private final StoreTerms terms;
  private final GroupForce disk = new GroupForce();

  H2Database(StoreTerms terms) {
    this.terms = terms;
  }

  @Override
  public void makePrivate() throws IOException {
    // H2 takes names of file systems of its own before a path, which are no folders.
    String path = terms.h2File().replaceFirst("^(?:[A-Za-z0-9]{2,}:)+", "");
    Path file = Path.of(path + SUFFIX).toAbsolutePath();
    PrivateFiles.made(file.getParent());
    PrivateFiles.file(file);
  }

  @Override
  public DataSource dataSource() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(terms.url() + SETTINGS);
    source.setUser(terms.user().orElse(USER));
    source.setPassword(terms.password().orElse(""));
    return source;
  }

  @Override
  public DataSource patientDataSource() {
    return dataSource();
  }

  @Override
  public Map<String, String> types() {
    return Map.of("bytes", "BINARY LARGE OBJECT");
  }

  @Override
  public void commit(Connection connection, boolean writing) throws SQLException {
    if (writing) {
      disk.commit(connection::commit, () -> force(connection));
    } else {
      disk.commitReads(connection::commit, () -> force(connection));
    }
  }

  /** Writes all that was committed, on whatever connection, and waits for the disk. */
  private static void force(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT SYNC");
    }
  }

  @Override
  public String reason(SQLException e) {
    return switch (e.getErrorCode()) {
      case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
          "another server has it open; stop that one, or give this one another spark.sallyport.store";
      case ErrorCode.WRONG_USER_OR_PASSWORD -> "it does not accept the user or the password";
      case ErrorCode.FILE_CORRUPTED_1 -> "its file is damaged; restore it from a copy";
      case ErrorCode.FILE_VERSION_ERROR_1 -> "its file is of another version of H2";
      default -> "it failed with H2's error " + e.getErrorCode();
    };
  }

  @Override
  public void shutDown() {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    } catch (SQLException e) {
      Store.LOG.log(System.Logger.Level.DEBUG, this + " was not closed cleanly", e);
    }
  }

  @Override
  public String toString() {
    return "The store " + terms.url();
  }
}
