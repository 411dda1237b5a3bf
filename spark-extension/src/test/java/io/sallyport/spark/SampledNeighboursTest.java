package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two frames of which one lacks a person, the first of its file, so that every other row lies
 * elsewhere: which of the released groups a sample takes is the same. k = 10.
 */
final class SampledNeighboursTest {

  private static final Map<String, String> CONF = new HashMap<>();

  @TempDir static Path directory;
  private static Port port;

  private static void frame(String name) {
    String key = "spark.sallyport.frame." + name + ".";
    CONF.put(key + "path", directory.resolve(name).toString());
    CONF.put(key + "format", "parquet");
    CONF.put(key + "privacy-unit", "pid");
    CONF.put(key + "automatic", "aggregation(10)");
    CONF.put(key + "approval", "false");
  }

  @BeforeAll
  static void open() {
    frame("all");
    frame("less");
    port = Port.openInterpreting(directory, CONF, SampledNeighboursTest::write);
  }

  private static void write(SparkSession spark) {
    String rows = "SELECT id AS pid, CAST(id % 20 AS INT) AS g FROM range(400)";
    spark.sql(rows).coalesce(1).write().parquet(directory.resolve("all").toString());
    spark
        .sql("SELECT * FROM (" + rows + ") WHERE pid > 0")
        .coalesce(1)
        .write()
        .parquet(directory.resolve("less").toString());
  }

  @AfterAll
  static void close() {
    if (port != null) {
      port.close();
    }
  }

  @BeforeEach
  void newSession() {
    port.newAnalystSession();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT g FROM (SELECT g, count(*) FROM %s GROUP BY g) TABLESAMPLE (50 PERCENT)"
            + " REPEATABLE (1)",
        "SELECT g FROM (SELECT DISTINCT g FROM %s) TABLESAMPLE (30 PERCENT) REPEATABLE (2)",
        "SELECT a.g FROM (SELECT DISTINCT g FROM %s) a JOIN (VALUES (1), (2), (3), (4), (5))"
            + " TABLESAMPLE (60 PERCENT) REPEATABLE (3) AS t(g) ON a.g = t.g",
      })
  void onePerson_changesNotWhichGroupsAreTaken(String query) {
    List<Row> rows = port.sql(query.formatted("all"));

    assertThat(rows).isNotEmpty().hasSizeLessThan(20);
    assertThat(port.sql(query.formatted("less"))).isEqualTo(rows);
  }

  /** Small samples of people would be small groups that nobody counts. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM %s TABLESAMPLE (1 PERCENT) REPEATABLE (1)",
        "SELECT g, count(*) FROM (SELECT * FROM %s TABLESAMPLE (99 PERCENT) REPEATABLE (1)) GROUP"
            + " BY g",
      })
  void people_areNotTaken(String query) {
    for (String frame : List.of("all", "less")) {
      assertThatThrownBy(() -> port.sql(query.formatted(frame)))
          .hasMessageContaining("NONDETERMINISTIC");
    }
  }
}
