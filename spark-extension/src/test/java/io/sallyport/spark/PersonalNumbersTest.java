package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sallyport.policy.decision.RefusalCode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Numbers of each person's rows that together tell how many rows a person has, and sums of doubles
 * of which the last digits are noise. One of sixty people, 6 or 7, is unlike the others. k = 10.
 */
final class PersonalNumbersTest {

  private static final Map<String, String> TABLES = new LinkedHashMap<>();
  private static final Map<String, String> CONF = new HashMap<>();

  @TempDir static Path directory;
  private static Port port;

  static {
    // ten stays each, and one more
    frame(
        "stays",
        "SELECT id % 60 AS pid, CAST(200 + (id * 7919) % 1009 AS INT) AS cost, CAST(id % 3 = 0 AS"
            + " INT) AS flag, CAST(id DIV 60 AS INT) AS slot FROM range(600)"
            + " UNION ALL SELECT 6, 4321, 1, 0");
    // two each, and one more
    frame(
        "pairs",
        "SELECT id % 60 AS pid, CAST(200 + (id * 7919) % 1009 AS INT) AS cost FROM range(120)"
            + " UNION ALL SELECT 7, 4321");
    // ten each, all the same price but for one
    frame("prices", "SELECT id % 60 AS pid, IF(id = 7, 321, 100) AS price FROM range(600)");
    // from three to fifteen each
    frame(
        "many",
        "SELECT id % 60 AS pid, CAST(200 + (id * 7919) % 1009 AS INT) AS cost FROM range(900) WHERE"
            + " id DIV 60 < 3 + (id % 60) % 13");
    // large numbers that cancel out, but for 500
    frame(
        "big",
        "SELECT id AS pid, CAST(1e12 + id AS DOUBLE) AS amount FROM range(60) UNION ALL"
            + " SELECT id, CAST(IF(id = 7, 500, 0) - 1e12 - id AS DOUBLE) FROM range(60)");
    // thirds that do not quite cancel out, but for five
    frame(
        "thirds",
        "SELECT id % 60 AS pid, CASE id DIV 60 WHEN 0 THEN (1000 + id) / 3D WHEN 1 THEN (1000 + id -"
            + " 60) / 7D ELSE -(1000 + id - 120) / 3D - (1000 + id - 120) / 7D + IF(id = 127, 5, 0) END"
            + " AS amount FROM range(180)");
    // six tenths each, in another order, but for one
    frame(
        "tenths",
        "SELECT id % 60 AS pid, CASE (id DIV 60 + id) % 3 WHEN 0 THEN 0.1D WHEN 1 THEN 0.2D ELSE 0.3D"
            + " END + IF(id = 7, 5D, 0D) AS amount FROM range(180)");
  }

  private static void frame(String name, String rows) {
    TABLES.put(name, rows);
    String key = "spark.sallyport.frame." + name + ".";
    CONF.put(key + "format", "parquet");
    CONF.put(key + "privacy-unit", "pid");
    CONF.put(key + "automatic", "aggregation(10)");
    CONF.put(key + "approval", "false");
  }

  @BeforeAll
  static void open() {
    TABLES
        .keySet()
        .forEach(
            name ->
                CONF.put(
                    "spark.sallyport.frame." + name + ".path", directory.resolve(name).toString()));
    port = Port.openInterpreting(directory, CONF, PersonalNumbersTest::write);
  }

  private static void write(SparkSession session) {
    TABLES.forEach(
        (frame, rows) -> session.sql(rows).write().parquet(directory.resolve(frame).toString()));
  }

  @AfterAll
  static void close() {
    if (port != null) {
      port.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT sum(t) - 10 * sum(a) FROM (SELECT pid, sum(cost) t, avg(cost) a FROM stays GROUP BY"
            + " pid)",
        "SELECT sum(t) - sum(mx) - sum(mn) FROM (SELECT pid, sum(cost) t, max(cost) mx, min(cost) mn"
            + " FROM pairs GROUP BY pid)",
        "SELECT 2 * sum(a) - sum(mx) - sum(mn) FROM (SELECT pid, avg(cost) a, max(cost) mx, min(cost)"
            + " mn FROM pairs GROUP BY pid)",
        "SELECT sum(t) - 10 * sum(mn) FROM (SELECT pid, sum(price) t, min(price) mn FROM prices GROUP"
            + " BY pid)",
        "SELECT sum(t) - 100 * sum(n) FROM (SELECT pid, sum(price) t, count(*) n FROM prices GROUP BY"
            + " pid)",
        "SELECT sum(n) - 10 * sum(a) FROM (SELECT pid, count_if(flag = 1) n, avg(flag) a FROM stays"
            + " GROUP BY pid)",
        "SELECT 2 * sum(a) - sum(b) - sum(c) FROM (SELECT pid, avg(cost) a, avg(cost) FILTER (WHERE"
            + " slot < 5) b, avg(cost) FILTER (WHERE slot >= 5) c FROM stays GROUP BY pid)",
        "SELECT sum(amount) FROM big",
        "SELECT sum(t) FROM (SELECT pid, sum(amount) t FROM big GROUP BY pid)",
        "SELECT sum(amount) FROM thirds",
        "SELECT sum(t) FROM (SELECT pid, sum(amount) t FROM thirds GROUP BY pid)",
        "SELECT sum(amount) - 0.6 * count(DISTINCT pid) FROM tenths",
        "SELECT sum(t) - 0.6 * count(*) FROM (SELECT pid, sum(amount) t FROM tenths GROUP BY pid)",
      })
  void whoIsUnlikeTheOthers_isNotToldOf(String sql) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> port.sql(sql))
        .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.SMALL_GROUP));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT avg(t), avg(a), avg(mn), avg(mx), avg(n) FROM (SELECT pid, sum(cost) t, avg(cost) a,"
            + " min(cost) mn, max(cost) mx, count(*) n FROM many GROUP BY pid)",
        "SELECT avg(a), avg(b) FROM (SELECT pid, avg(cost) a, avg(flag) b FROM stays GROUP BY pid)",
        "SELECT sum(amount * 1.0D), avg(amount) FROM many m JOIN (SELECT pid AS q, avg(cost) amount"
            + " FROM stays GROUP BY pid) s ON m.pid = s.q",
      })
  void whatTellsOfNobodyApart_isAnswered(String sql) {
    assertThat(port.sql(sql)).singleElement().matches(row -> !row.anyNull());
  }
}
