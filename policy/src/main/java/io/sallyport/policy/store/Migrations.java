package io.sallyport.policy.store;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/**
 * The schema's versions, one script each in {@code resources/db/migration/sallyport}. Each can be
 * run again after a part of it was done: a table that H2 has made stays, whatever happens next.
 */
final class Migrations {
  private static final String SCRIPTS = "classpath:db/migration/sallyport";
  private static final String TABLE = "sallyport_schema";

  private Migrations() {}

  /**
   * Connects once, to say clearly what is wrong if that fails.
   *
   * @throws StoreException when the database is not there for us
   */
  static void requireReachable(Database database) {
    try {
      database.makePrivate();
    } catch (IOException e) {
      throw new StoreException(database + " cannot be made private: " + e.getMessage(), e);
    }
    try (Connection connection = database.patientDataSource().getConnection()) {
      Store.LOG.log(Level.DEBUG, "{0} is there: {1}", database, connection);
    } catch (SQLException e) {
      throw new StoreException(
          "%s cannot be opened: %s".formatted(database, database.reason(e)), e);
    }
  }

  /**
   * Brings the schema up to date.
   *
   * @throws StoreException when the schema is not ours, or newer than this server
   */
  static void apply(Database database) {
    Flyway flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(database.patientDataSource())
            .locations(SCRIPTS)
            .failOnMissingLocations(true)
            .table(TABLE)
            .placeholders(database.types())
            .cleanDisabled(true)
            .ignoreMigrationPatterns(new String[0])
            .load();
    try {
      requireNotNewer(flyway.info(), database);
      flyway.migrate();
    } catch (FlywayException e) {
      throw new StoreException(
          database
              + " has a schema that this server did not write, or cannot bring up to date. Give"
              + " Sallyport an empty database of its own, or restore the one it had",
          e);
    }
  }

  private static void requireNotNewer(MigrationInfoService schema, Database database) {
    for (MigrationInfo migration : schema.all()) {
      MigrationState state = migration.getState();
      if (state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED) {
        throw new StoreException(
            "%s has schema version %s, which is newer than this server. Start the newer server"
                .formatted(database, migration.getVersion()));
      }
    }
  }
}
