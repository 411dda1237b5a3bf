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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A frame whose owner says in which columns no two rows agree is looked up by these and the person.
 * Each of one hundred people has two stays and three findings; one orphan is of no stay.
 */
final class LookupsTest {

  private static final Map<String, String> UNIQUE =
      Map.of("stays", "stay_id", "years", "pid, year", "findings", "", "orphans", "");

  private static final Map<String, String> TABLES =
      Map.of(
          "stays",
          "SELECT id AS stay_id, id % 100 AS pid, CAST(id % 7 AS INT) AS days,"
              + " IF(id % 2 = 0, 'A', 'B') AS ward FROM range(200)",
          "findings",
          "SELECT id % 200 AS stay_id, id % 100 AS pid, id % 200 AS severity,"
              + " CAST(2020 + id % 2 AS INT) AS year FROM range(300)",
          "orphans",
          "SELECT IF(id = 250, 999, id % 200) AS stay_id, id % 100 AS pid FROM range(300)",
          "years",
          "SELECT id % 100 AS pid, CAST(2020 + id DIV 100 AS INT) AS year, id % 9 AS visits"
              + " FROM range(200)");

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    Map<String, String> conf = new HashMap<>();
    UNIQUE.forEach(
        (frame, unique) -> {
          String key = "spark.sallyport.frame." + frame + ".";
          conf.put(key + "path", directory.resolve(frame).toString());
          conf.put(key + "format", "parquet");
          conf.put(key + "privacy-unit", "pid");
          conf.put(key + "automatic", "aggregation(10)");
          conf.put(key + "approval", "false");
          if (!unique.isEmpty()) {
            conf.put(key + "unique", unique);
          }
        });
    conf.put("spark.sallyport.frame.stays.identifiers", "stay_id");
    conf.put("spark.sallyport.frame.findings.identifiers", "stay_id");
    conf.put("spark.sallyport.frame.orphans.identifiers", "stay_id");
    port = Port.openInterpreting(directory, conf, LookupsTest::write);
  }

  private static void write(SparkSession session) {
    TABLES.forEach(
        (frame, rows) -> {
          String folder = directory.resolve(frame).toString();
          session.sql(rows).write().parquet(folder);
          session.read().parquet(folder).createOrReplaceTempView("raw_" + frame);
        });
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
        "SELECT s.ward, count(*), sum(s.days) FROM findings f JOIN stays s"
            + " ON f.stay_id = s.stay_id AND f.pid = s.pid GROUP BY s.ward ORDER BY 1",
        "SELECT s.ward, count(*) FROM findings f, stays s"
            + " WHERE s.pid = f.pid AND s.stay_id = f.stay_id GROUP BY s.ward ORDER BY 1",
        "SELECT count(*), sum(y.visits) FROM findings f JOIN years y"
            + " ON f.pid = y.pid AND f.year = y.year",
      })
  void rowsAreLookedUp_byTheirKey(String query) {
    assertThat(port.sql(query).toString())
        .isEqualTo(
            port.plain(query.replaceAll("(findings|stays|years) (?=[fsy]\\b)", "raw_$1 "))
                .toString())
        .doesNotContain("null");
  }

  /** One person has a row of a stay that is not there: beside all rows that tells. */
  @Test
  void whoFindsNothing_isCounted() {
    String found =
        "SELECT count(*), count(s.days) FROM orphans f LEFT JOIN stays s"
            + " ON f.stay_id = s.stay_id AND f.pid = s.pid";
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> port.sql(found))
        .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.SMALL_GROUP));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "f.severity = s.stay_id AND f.pid = s.pid", // a threshold on an identifier
        "f.stay_id = s.stay_id", // whose stay is it
        "f.stay_id = s.pid AND f.pid = s.stay_id",
        "f.pid = s.pid", // several stays of one person
        "f.pid = s.pid AND f.stay_id = s.stay_id + 0",
        "f.pid = s.pid AND f.stay_id <= s.stay_id",
      })
  void anythingElse_isRefused(String condition) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> port.sql("SELECT count(*) FROM findings f JOIN stays s ON " + condition));
  }
}
