package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sallyport.policy.decision.RefusalCode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nineteen people have as many visits in one place as in the other, and one person has not: no two
 * numbers of one answer may differ by that person alone, however they are written.
 */
final class SeveralRowsTest {

  private static final Map<String, String> TABLES =
      Map.of(
          "visits",
          "SELECT pid, c, IF(c, 5, NULL) AS five, IF(c, NULL, 5) AS other,"
              + " IF(c, DATE '2020-01-05', DATE '2020-03-05') AS d, IF(c, 1D, 2D) AS x,"
              + " IF(c, 1, 0) AS flag FROM"
              + " (SELECT id AS pid, explode(array(true, false)) AS c FROM range(20)"
              + " UNION ALL SELECT 7, false)",
          // both codes are 2 in one row of all
          "turns",
          "SELECT pid, IF(j = 1, 2, 1) AS u, IF(j = 2, 2, 1) AS v FROM"
              + " (SELECT id AS pid, explode(array(0, 1, 2)) AS j FROM range(40))"
              + " UNION ALL SELECT 7, 2, 2",
          "coded",
          "SELECT id AS pid, IF(id < 101, 1, 2) AS sex,"
              + " CAST(id = 0 OR id BETWEEN 120 AND 133 AS INT) AS flag,"
              + " CASE WHEN id = 0 THEN 97531 WHEN id BETWEEN 120 AND 133 THEN id ELSE 0 END AS y,"
              + " IF(id < 100, 1, 0) AS u, IF(id BETWEEN 100 AND 198, 1, 0) AS v FROM range(200)",
          "keepers",
          "SELECT id % 40 AS pid, id % 2 AS u, CAST(id % 4 = 0 AS INT) AS v FROM range(80)");

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    Map<String, String> conf = new HashMap<>();
    for (String frame : TABLES.keySet()) {
      String key = "spark.sallyport.frame." + frame + ".";
      conf.put(key + "path", directory.resolve(frame).toString());
      conf.put(key + "format", "parquet");
      conf.put(key + "privacy-unit", "pid");
      conf.put(key + "automatic", "aggregation(10)");
      conf.put(key + "approval", "false");
    }
    port = Port.openInterpreting(directory, conf, SeveralRowsTest::write);
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
        "SELECT count(*), count(*) FILTER (WHERE c) FROM visits",
        "SELECT count(*), sum(CASE WHEN c THEN 1 ELSE 0 END) FROM visits",
        "SELECT count(*), sum(CASE WHEN c THEN 2 ELSE 3 END) FROM visits",
        "SELECT count(*), sum(CAST(c AS INT)) FROM visits",
        "SELECT avg(CAST(c AS INT)), count(*) FROM visits",
        "SELECT count(*), sum(month(d)) FROM visits",
        "SELECT c, count(*) FROM visits GROUP BY c",
        "SELECT five, other, count(*) FROM visits GROUP BY five, other",
        "SELECT month(d), count(*) FROM visits GROUP BY month(d)",
        "SELECT (SELECT count(*) FROM visits WHERE c), (SELECT count(*) FROM visits)",
        "SELECT count(*), count(DISTINCT pid) FROM visits",
        "SELECT sum(x), count(*) FROM visits",
        "SELECT sum(flag), count(*) FROM visits",
        "SELECT covar_pop(u, v) FROM turns",
        "SELECT corr(u, v), sum(u), sum(v), count(*) FROM turns",
        // one constant of each column leaves one person, who is off both
        "SELECT round(count(*) * (covar_pop(sex, flag) + avg(sex) * avg(flag)), 3) - 2 * sum(flag)"
            + " FROM coded",
        "SELECT corr(sex, y) FROM coded",
        "SELECT count(*), sum(u), sum(v), covar_pop(u, v) FROM coded",
      })
  void onePersonsVisit_isNoDifferenceOfTwoNumbers(String query) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> port.sql(query))
        .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.SMALL_GROUP));
  }

  @Test
  void productsOfPeopleWhoKeepToOneValue_areAnswered() {
    assertThat(port.sql("SELECT covar_pop(u, v) FROM keepers").get(0).getDouble(0))
        .isBetween(-0.126, -0.124);
  }

  @Test
  void numbersThatOnlySayHowMany_areAnswered() {
    assertThat(port.sql("SELECT count(*) FROM visits").get(0).getLong(0)).isEqualTo(41);
    assertThat(port.sql("SELECT count(DISTINCT pid) FROM visits").get(0).getLong(0)).isEqualTo(20);
  }
}
