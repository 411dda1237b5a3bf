package io.sallyport.spark.search;

import io.sallyport.spark.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/** Some small databases behind one sallyport, and plain Spark beside it. */
final class SearchPort implements AutoCloseable {

  private final Path directory;
  private final Port port;
  private final PlainSpark plain;

  private SearchPort(Path directory, Port port) {
    this.directory = directory;
    this.port = port;
    this.plain = new PlainSpark(port.owners());
  }

  static SearchPort open(List<Database> databases) {
    try {
      Path directory = Files.createTempDirectory("search");
      Map<String, String> keys = new HashMap<>();
      databases.forEach(database -> policies(keys, directory, database));
      keys.put("spark.sallyport.public", "wards,bands");
      SearchPort opened = new SearchPort(directory, Port.openInterpreting(directory, keys));
      opened.write(databases);
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(List<Database> databases) {
    SparkSession session = port.owners();
    session
        .sql("SELECT CAST(id AS INT) AS j, concat('ward ', id) AS title FROM range(9)")
        .coalesce(1)
        .write()
        .mode("overwrite")
        .saveAsTable("wards");
    session
        .sql(
            "SELECT * FROM VALUES (0, 35, 'a'), (35, 60, 'b'), (60, 200, 'c') AS t(j, upper, band)")
        .coalesce(1)
        .write()
        .mode("overwrite")
        .saveAsTable("bands");
    for (Database database : databases) {
      database
          .tables()
          .forEach(
              (name, table) ->
                  session
                      .createDataFrame(table.external(), table.type())
                      .coalesce(1)
                      .write()
                      .parquet(directory.resolve("raw_" + name).toString()));
      plain.seat(database);
    }
  }

  private static void policies(Map<String, String> keys, Path directory, Database database) {
    for (String name : List.of(database.people(), database.stays())) {
      String prefix = "spark.sallyport.frame." + name + ".";
      keys.put(prefix + "path", directory.resolve("raw_" + name).toString());
      keys.put(prefix + "format", "parquet");
      keys.put(prefix + "privacy-unit", "pid");
      keys.put(prefix + "automatic", "aggregation(%d, dof = 2)".formatted(database.k()));
      keys.put(prefix + "approval", "false");
      if (database.suppress()) {
        keys.put(prefix + "on-small-group", "suppress");
      }
    }
    String people = "spark.sallyport.frame." + database.people() + ".";
    keys.put(people + "unique-unit", "true");
    keys.put(people + "blacklist", String.join(",", Database.BLACKLISTED));
  }

  /** What an analyst gets, or a RefusedException. */
  List<Row> ask(String sql) {
    return port.sql(sql);
  }

  PlainSpark plain() {
    return plain;
  }

  @Override
  public void close() {
    port.close();
    try {
      JavaUtils.deleteRecursively(directory.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
