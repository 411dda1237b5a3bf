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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A frame of two hundred people, of whom sixty are in a ward and all but three in a register: who
 * is cut away of the frame that is looked up does not hide among who is not in it. k = 10.
 */
final class AbsentPeopleTest {

  private static final Map<String, String> TABLES = new LinkedHashMap<>();
  private static final Map<String, String> CONF = new HashMap<>();

  @TempDir static Path directory;
  private static Port port;

  static {
    frame(
        "wide",
        "SELECT id AS pid, CAST(id % 50 AS INT) AS age FROM range(200)",
        "unique-unit",
        "true");
    frame(
        "ward",
        "SELECT id AS pid, IF(id = 7, 'y', 'x') AS g, IF(id < 30, 'm', 'f') AS half FROM range(60)",
        "unique-unit",
        "true");
    frame(
        "register",
        "SELECT id AS pid, IF(id < 100, 'x', 'y') AS g FROM range(197)",
        "unique-unit",
        "true");
    // each visit is the person's first, and one person's mark is of a second
    frame("visits", "SELECT id AS pid, 0 AS slot FROM range(200)");
    frame(
        "marks",
        "SELECT id AS pid, CAST(id = 7 AS INT) AS slot FROM range(60)",
        "unique",
        "pid, slot");
    // several rows each, of one person all other
    frame(
        "notes",
        "SELECT id % 60 AS pid, IF(id % 60 = 7, 'y', 'x') AS g, IF(id % 60 < 30, 'm', 'f') AS half FROM"
            + " range(120)");
  }

  private static void frame(String name, String rows, String... more) {
    TABLES.put(name, rows);
    String key = "spark.sallyport.frame." + name + ".";
    CONF.put(key + "format", "parquet");
    CONF.put(key + "privacy-unit", "pid");
    CONF.put(key + "automatic", "aggregation(10)");
    CONF.put(key + "approval", "false");
    for (int i = 0; i < more.length; i += 2) {
      CONF.put(key + more[i], more[i + 1]);
    }
  }

  @BeforeAll
  static void open() {
    TABLES
        .keySet()
        .forEach(
            name ->
                CONF.put(
                    "spark.sallyport.frame." + name + ".path", directory.resolve(name).toString()));
    port = Port.openInterpreting(directory, CONF, AbsentPeopleTest::write);
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
        "SELECT count(*) FROM wide p JOIN ward c ON p.pid = c.pid WHERE c.g = 'x'",
        "SELECT sum(p.age) FROM wide p JOIN ward c ON p.pid = c.pid AND c.g = 'x'",
        "SELECT count(*) FROM wide p LEFT JOIN ward c ON p.pid = c.pid WHERE c.g = 'x'",
        "SELECT count(*) FROM wide p JOIN (SELECT * FROM ward WHERE g = 'x') c ON p.pid = c.pid",
        "SELECT count(*) FROM wide p JOIN (SELECT pid, count(*) AS n FROM ward WHERE g = 'x' GROUP BY"
            + " pid) c ON p.pid = c.pid",
        "SELECT count(*) FROM (SELECT p.pid, count(*) AS n FROM wide p JOIN ward c ON p.pid = c.pid"
            + " WHERE c.g = 'x' GROUP BY p.pid)",
        "SELECT count(*) FROM wide p WHERE EXISTS (SELECT 1 FROM ward c WHERE c.pid = p.pid AND c.g ="
            + " 'x')",
        "SELECT count(*) FROM wide p WHERE NOT EXISTS (SELECT 1 FROM ward c WHERE c.pid = p.pid AND"
            + " c.g = 'x')",
        "SELECT count(*) FROM wide WHERE pid IN (SELECT pid FROM ward WHERE g = 'x')",
        "SELECT count(*) FROM wide p WHERE EXISTS (SELECT 1 FROM notes c WHERE c.pid = p.pid AND c.g ="
            + " 'x')",
        "SELECT count(*) FROM visits v JOIN marks m ON v.pid = m.pid AND v.slot = m.slot",
        "SELECT count(*) FROM wide p JOIN register r ON p.pid = r.pid",
      })
  void fewWhoAreThereAndCutAway_doNotHideAmongTheAbsent(String sql) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> port.sql(sql))
        .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.SMALL_GROUP));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT count(*) FROM wide p JOIN ward c ON p.pid = c.pid WHERE c.half = 'm' | 30",
        "SELECT count(*) FROM wide p WHERE EXISTS (SELECT 1 FROM notes c WHERE c.pid = p.pid AND"
            + " c.half = 'm') | 30",
        // three are absent, and a hundred more are cut away with them
        "SELECT count(*) FROM wide p JOIN register r ON p.pid = r.pid WHERE r.g = 'x' | 100",
        "SELECT count(*) FROM wide WHERE pid IN (SELECT pid FROM register WHERE g = 'x') | 100",
        "SELECT count(*) FROM wide p LEFT JOIN ward c ON p.pid = c.pid WHERE p.age < 25 | 100",
      })
  void theAbsent_mayBeFewBesideOthersWhoAreCutAway(String sql, long number) {
    assertThat(port.sql(sql))
        .singleElement()
        .isEqualTo(org.apache.spark.sql.RowFactory.create(number));
  }
}
