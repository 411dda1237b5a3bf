package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.answer.Explanation;
import io.sallyport.spark.release.NoiseWish;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Coarser questions about what was released before are answered from it, free, when that is at
 * least as accurate and misses nobody; otherwise they are asked of the data and charged.
 */
final class CoarserAnswersTest {

  private static final String FINE =
      "SELECT sex, smoker, count(*) AS n, sum(cost) AS s FROM %s GROUP BY sex, smoker";

  @TempDir static Path directory;
  private static Port port;
  private static int used;

  @BeforeAll
  static void open() {
    Map<String, String> keys = new HashMap<>(NoiseData.policies(directory));
    // Each test has a frame of its own, so that none meets what another released.
    for (int i = 0; i < 24; i++) {
      frame(keys, "cells" + i, "true");
      frame(keys, "open" + i, "false");
    }
    keys.put("spark.sallyport.frame.mix.stays.path", directory.resolve("stays").toString());
    keys.put("spark.sallyport.frame.mix.stays.format", "parquet");
    keys.put("spark.sallyport.frame.mix.stays.privacy-unit", "patient_id");
    keys.put("spark.sallyport.frame.mix.stays.unit-space", "loud");
    keys.put(
        "spark.sallyport.frame.mix.stays.automatic",
        "dp(epsilon = 100, delta = 0.001, groups = 2, rows = 3)");
    keys.put("spark.sallyport.frame.mix.stays.column.unit_of_care.values", "0,1,2,3");
    keys.put("spark.sallyport.frame.mix.stays.column.unit_of_care.complete", "true");
    port = Port.openInterpreting(directory, keys);
  }

  private static void frame(Map<String, String> keys, String name, String complete) {
    String frame = "spark.sallyport.frame." + name + ".patients.";
    keys.put(frame + "path", directory.resolve("patients").toString());
    keys.put(frame + "format", "parquet");
    keys.put(frame + "privacy-unit", "patient_id");
    keys.put(frame + "unit-space", "loud");
    keys.put(frame + "unique-unit", "true");
    keys.put(frame + "automatic", "dp(epsilon = 100, delta = 0.001)");
    keys.put(frame + "column.cost.lower", "0");
    keys.put(frame + "column.cost.upper", "400");
    keys.put(frame + "column.age.lower", "0");
    keys.put(frame + "column.age.upper", "100");
    for (String key : List.of("sex", "smoker")) {
      keys.put(frame + "column." + key + ".values", key.equals("sex") ? "F,M" : "true,false");
      keys.put(frame + "column." + key + ".complete", complete);
    }
  }

  @AfterAll
  static void close() {
    if (port != null) {
      port.close();
    }
  }

  @BeforeEach
  void newFrame() {
    used++;
    port.newAnalystSession();
  }

  private static String cells() {
    return "cells" + used + ".patients";
  }

  private static String open(String condition) {
    return "(SELECT * FROM open" + used + ".patients WHERE " + condition + ")";
  }

  private static List<Row> asked(Principal principal, String epsilon, String text) {
    port.newAnalystSession();
    port.analystSession().conf().set("spark.sallyport.query.epsilon", epsilon);
    return port.as(principal, text);
  }

  private static List<Row> asked(String epsilon, String text) {
    return asked(Port.ADA, epsilon, text);
  }

  private static String cost() {
    List<String> costs = port.audited().stream().flatMap(record -> record.cost().stream()).toList();
    return costs.get(costs.size() - 1);
  }

  private static void assertFree() {
    assertThat(cost()).isEqualTo("nothing: released before");
  }

  private static void assertCharged(String epsilon) {
    assertThat(cost()).startsWith("epsilon " + epsilon);
  }

  @Test
  void groups_areAddedUp_free_afterARestartToo() {
    asked("90", FINE.formatted(cells()));
    String coarser = "SELECT sex, count(*) AS n FROM %s GROUP BY sex".formatted(cells());
    List<Row> before = asked("20", coarser);

    port = port.restarted();

    assertThat(asked("20", coarser)).containsExactlyInAnyOrderElementsOf(before);
    assertFree();
    asked("20", "SELECT smoker, sum(cost) AS s FROM %s GROUP BY smoker".formatted(cells()));
    assertFree();
  }

  @Test
  void groups_areAddedUp_free() {
    Map<String, Long> counts = new TreeMap<>();
    for (Row row : asked("90", FINE.formatted(cells()))) {
      counts.merge(row.getString(0), row.getLong(2), Long::sum);
    }
    assertCharged("90");

    List<Row> coarser =
        asked("20", "SELECT sex, count(*) AS n FROM %s GROUP BY sex".formatted(cells()));
    assertFree();
    assertThat(coarser).hasSize(2);
    for (Row row : coarser) {
      assertThat(row.getLong(1)).isEqualTo(counts.get(row.getString(0)));
    }
    assertThat(asked("20", "SELECT count(*) FROM " + cells()).get(0).getLong(0))
        .isEqualTo(counts.values().stream().mapToLong(n -> n).sum());
    assertFree();
  }

  @Test
  void sumsAndAverages_areOfTheSameNumbers() {
    List<Row> fine =
        asked(
            "90",
            "SELECT sex, smoker, sum(cost) AS s, avg(cost) AS a FROM %s GROUP BY sex, smoker"
                .formatted(cells()));
    double all = fine.stream().mapToDouble(row -> row.getDouble(2)).sum();

    assertThat(asked("15", "SELECT sum(cost) FROM " + cells()).get(0).getDouble(0))
        .isCloseTo(all, within(1e-6));
    assertFree();
    double exact = port.plain("SELECT avg(cost) FROM raw_patients").get(0).getDouble(0);
    assertThat(asked("15", "SELECT avg(cost) FROM " + cells()).get(0).getDouble(0))
        .isCloseTo(exact, within(3.0));
    assertFree();
  }

  @Test
  void expressionsOverTheResult_andIntervals_areAsInAnyRelease() {
    asked("90", FINE.formatted(cells()));
    port.newAnalystSession();
    port.analystSession().conf().set("spark.sallyport.query.epsilon", "20");
    port.analystSession().conf().set(NoiseWish.INTERVALS, "true");

    List<Row> rows =
        port.sql(
            "SELECT sex AS k, count(*) AS n FROM %s GROUP BY sex ORDER BY k DESC"
                .formatted(cells()));

    assertFree();
    assertThat(rows).extracting(row -> row.getString(0)).containsExactly("M", "F");
    for (Row row : rows) {
      assertThat((double) row.<Long>getAs("n")).isBetween(row.getAs("n_low"), row.getAs("n_high"));
    }
  }

  @Test
  void explained_itCostsNothing() {
    asked("90", FINE.formatted(cells()));
    port.analystSession().conf().set("spark.sallyport.query.epsilon", "20");

    assertThat(port.explain("SELECT sex, count(*) FROM %s GROUP BY sex".formatted(cells())))
        .extracting(Explanation::toString)
        .anySatisfy(text -> assertThat(text).contains("price: nothing"));
  }

  @Test
  void lessAccurate_itIsAskedOfTheData() {
    asked("20", FINE.formatted(cells()));
    asked("20", "SELECT sex, count(*) AS n FROM %s GROUP BY sex".formatted(cells()));

    assertCharged("20");
  }

  @Test
  void ofOthers_itIsNotSeen() {
    asked("90", FINE.formatted(cells()));
    asked(Port.LEE, "20", "SELECT sex, count(*) AS n FROM %s GROUP BY sex".formatted(cells()));

    assertCharged("20");
  }

  /** Rows with other values, or none, would be missing. */
  @Test
  void valuesThatAreNotComplete_areNotTheWhole() {
    asked("90", FINE.formatted(open("age > 0")));
    asked("20", "SELECT sex, count(*) AS n FROM %s GROUP BY sex".formatted(open("age > 0")));

    assertCharged("20");
  }

  @Test
  void valuesThatTheQuestionAsksFor_areTheWhole() {
    String chosen = open("smoker IN (true, false) AND age > 30");
    List<Row> fine = asked("90", FINE.formatted(chosen));
    long women =
        fine.stream()
            .filter(row -> row.getString(0).equals("F"))
            .mapToLong(row -> row.getLong(2))
            .sum();

    List<Row> coarser =
        asked("20", "SELECT sex, count(*) AS n FROM %s GROUP BY sex".formatted(chosen));

    assertFree();
    assertThat(coarser.get(0).getLong(1)).isEqualTo(women);
    asked("20", "SELECT smoker, count(*) AS n FROM %s GROUP BY smoker".formatted(chosen));
    assertCharged("20");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT sex, count(*) FROM %s WHERE age > 30 GROUP BY sex",
        "SELECT sex, sum(age) FROM %s GROUP BY sex",
        "SELECT sex, sum(least(cost, 200)) FROM %s GROUP BY sex",
        "SELECT sex, count(*) FILTER (WHERE smoker) FROM %s GROUP BY sex",
        "SELECT age > 30 AS old, count(*) FROM %s GROUP BY age > 30",
        "SELECT count(*) FROM %s p JOIN wards w ON p.ward = w.ward",
        "SELECT median(cost) FROM %s",
        "SELECT sex, count(*) FROM %s GROUP BY ROLLUP (sex)",
      })
  void otherQuestions_areAskedOfTheData(String other) {
    asked("90", FINE.formatted(cells()));
    asked("20", other.formatted(cells()));

    assertCharged("20");
  }

  /** Each person counts in two groups: of their rows in others, the groups know nothing. */
  @Test
  void whereContributionsAreCut_groupsDoNotAddUp() {
    asked("90", "SELECT unit_of_care AS u, count(*) FROM mix.stays GROUP BY unit_of_care");
    asked("1", "SELECT count(*) FROM mix.stays");

    assertCharged("1");
  }

  @Test
  void askedAgain_theNumbersAreTheSame() {
    asked("90", FINE.formatted(cells()));
    String coarser = "SELECT sex, count(*) AS n FROM %s GROUP BY sex".formatted(cells());
    List<Row> once = asked("20", coarser);
    asked("95", FINE.formatted(cells()));
    assertCharged("95");

    assertThat(asked("20", coarser)).isEqualTo(once);
    assertFree();
  }
}
