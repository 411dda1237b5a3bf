package io.sallyport.policy.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

/**
 * Connections to the database, most of them from a pool. After an outage the pool waits some
 * seconds between its tries; until it has found the database again each transaction tries for
 * itself.
 */
final class Connections implements AutoCloseable {
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final Duration VALIDATE = Duration.ofMillis(500);

  private final Database database;
  private final HikariDataSource pool;

  Connections(Database database, int most) {
    this.database = database;
    this.pool = pool(database, most);
  }

  /** One connection for one transaction. */
  record Lease(Connection connection, boolean pooled) {}

  /** A connection on which a transaction can begin. */
  Lease lease() throws SQLException {
    try {
      return new Lease(pool.getConnection(), true);
    } catch (SQLTransientConnectionException poolHasNone) {
      return new Lease(direct(), false);
    }
  }

  /** Takes a connection back; one that failed is not used again. */
  void giveBack(Lease lease, boolean failed) {
    try (Connection connection = lease.connection()) {
      if (failed && lease.pooled()) {
        pool.evictConnection(connection);
      }
    } catch (SQLException e) {
      Store.LOG.log(System.Logger.Level.DEBUG, "A connection was not closed cleanly", e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private Connection direct() throws SQLException {
    Connection connection = database.dataSource().getConnection();
    try {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static HikariDataSource pool(Database database, int most) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("sallyport-store");
    config.setDataSource(database.dataSource());
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(WAIT.toMillis());
    config.setValidationTimeout(VALIDATE.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setAutoCommit(false);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setThreadFactory(Worker::new);
    return new HikariDataSource(config);
  }
}
