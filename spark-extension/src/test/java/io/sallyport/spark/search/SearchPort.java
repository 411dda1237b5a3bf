package io.sallyport.spark.search;

import io.sallyport.spark.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/** Some small databases behind one sallyport, and plain Spark beside it. */
final class SearchPort implements AutoCloseable {

  private static final String FRAME = "spark.sallyport.frame.";

  /** Public tables. */
  private static final Map<String, Table> FREE =
      Map.of(
          "wards",
          new Table(
              "j INT, title STRING",
              IntStream.range(0, 9).mapToObj(i -> new Object[] {i, "ward " + i}).toList()),
          "bands",
          new Table(
              "j INT, upper INT, band STRING",
              List.of(
                  new Object[] {0, 35, "young"},
                  new Object[] {35, 60, "middle"},
                  new Object[] {60, 200, "old"})));

  private final Path directory;
  private final Port port;
  private final PlainSpark plain;

  private SearchPort(Path directory, Port port) {
    this.directory = directory;
    this.port = port;
    this.plain = new PlainSpark(port.owners());
  }

  static SearchPort open(List<Database> databases) {
    return open(databases, Map.of());
  }

  /** The same with more policies, their keys without what is before a frame's name. */
  static SearchPort open(List<Database> databases, Map<String, String> more) {
    try {
      Path directory = Files.createTempDirectory("search");
      Map<String, String> keys = new HashMap<>();
      databases.forEach(database -> policies(keys, directory, database));
      more.forEach((key, value) -> keys.put(FRAME + key, value));
      keys.put("spark.sallyport.public", String.join(",", FREE.keySet()));
      Port port =
          Port.openInterpreting(directory, keys, session -> write(session, directory, databases));
      SearchPort opened = new SearchPort(directory, port);
      FREE.forEach(opened.plain::seat);
      databases.forEach(opened.plain::seat);
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(SparkSession session, Path directory, List<Database> databases) {
    FREE.forEach(
        (name, table) ->
            session
                .createDataFrame(table.external(), table.type())
                .coalesce(1)
                .write()
                .mode("overwrite")
                .saveAsTable(name));
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
    }
  }

  private static void policies(Map<String, String> keys, Path directory, Database database) {
    for (String name : database.tables().keySet()) {
      String prefix = FRAME + name + ".";
      keys.put(prefix + "path", directory.resolve("raw_" + name).toString());
      keys.put(prefix + "format", "parquet");
      keys.put(prefix + "privacy-unit", "pid");
      keys.put(prefix + "automatic", "aggregation(%d, dof = 2)".formatted(database.k()));
      keys.put(prefix + "approval", "false");
      if (!name.equals(database.stays())) {
        keys.put(prefix + "blacklist", String.join(",", Database.BLACKLISTED));
      }
      if (database.suppress()) {
        keys.put(prefix + "on-small-group", "suppress");
      }
    }
    keys.put(FRAME + database.people() + ".unique-unit", "true");
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
