package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Margins of one partition, and places in the order of a column, under thresholds of ten. */
final class MarginsAndQuantilesTest {

  private static final int PEOPLE = 1200;

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    Map<String, String> policies = new HashMap<>();
    frame(policies, "people", "aggregation(10, quantiles = true)", "suppress");
    frame(policies, "strict", "aggregation(10, quantiles = true)", "approval");
    frame(policies, "usual", "aggregation(10)", "suppress");
    frame(policies, "visits", "aggregation(10, quantiles = true)", "suppress");
    frame(policies, "mayors", "aggregation(10, quantiles = true)", "approval");
    policies.put("spark.sallyport.frame.visits.unique-unit", "false");
    policies.put("spark.sallyport.limit.requests-per-principal", "1000");
    port = Port.openInterpreting(directory, policies, MarginsAndQuantilesTest::write);
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

  // ---- margins
  // ----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT city, sex, count(*) FROM {t} GROUP BY ROLLUP(city, sex)",
        "SELECT city, sex, count(*), sum(visits), avg(visits) FROM {t} GROUP BY CUBE(city, sex)",
        "SELECT city, sex, grouping(city), grouping_id(), count(DISTINCT id) FROM {t} GROUP BY"
            + " GROUPING SETS ((city), (sex), ())",
        "SELECT coalesce(city, 'all') AS c, count(*) AS n FROM {t} WHERE age > 30 GROUP BY"
            + " ROLLUP(city) HAVING n > 3 ORDER BY n",
        "SELECT sex, sum(CASE WHEN age < 50 THEN 1 ELSE 0 END) AS young FROM {t} GROUP BY"
            + " ROLLUP(sex)",
        "SELECT name, avg(value) FROM (SELECT visits, age FROM {t}) UNPIVOT (value FOR name IN"
            + " (visits, age)) GROUP BY name",
      })
  void marginsOfLargeGroups_areThoseOfSpark(String question) {
    List<Row> exact = port.plain(question.replace("{t}", "raw_people"));

    assertThat(port.sql(question.replace("{t}", "strict")))
        .containsExactlyInAnyOrderElementsOf(exact);
  }

  @Test
  void aMargin_isNotShownBesideAllButOneSmallPart() {
    List<Row> shown =
        port.sql("SELECT city, rare, count(*) AS n FROM people GROUP BY ROLLUP(city, rare)");

    Map<String, Long> margins = new TreeMap<>();
    Map<String, Long> parts = new TreeMap<>();
    for (Row row : shown) {
      if (row.isNullAt(0)) {
        margins.put("all", row.getLong(2));
      } else if (row.isNullAt(1)) {
        margins.put(row.getString(0), row.getLong(2));
      } else {
        parts.merge(row.getString(0), row.getLong(2), Long::sum);
      }
    }
    assertThat(shown).allMatch(row -> row.getLong(2) >= 10);
    assertThat(margins).isNotEmpty();
    parts.forEach(
        (city, sum) -> {
          long rest = margins.getOrDefault(city, sum) - sum;
          assertThat(rest)
              .as(city)
              .satisfiesAnyOf(
                  r -> assertThat(r).isZero(), r -> assertThat(r).isGreaterThanOrEqualTo(10));
        });
  }

  @Test
  void aMarginOfTooFew_isRefusedWhereNothingMayBeLeftOut() {
    assertThatThrownBy(
            () -> port.sql("SELECT city, rare, count(*) FROM strict GROUP BY ROLLUP(city, rare)"))
        .hasMessageContaining("APPROVAL_REQUIRED");
  }

  // ---- quantiles
  // --------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT median(age) FROM {t}",
        "SELECT sex, median(age), percentile(age, 0.9), count(*), avg(age) FROM {t} GROUP BY sex",
        "SELECT percentile(age, array(0.25, 0.5, 0.75)) FROM {t} WHERE city = 'Bern'",
        "SELECT sex, percentile_approx(age, 0.5) FROM {t} GROUP BY sex",
        "SELECT percentile(visits, 0.5) FROM {t}",
      })
  void aValueThatEnoughPeopleShare_isThatOfSpark(String question) {
    List<Row> exact = port.plain(question.replace("{t}", "raw_people"));

    assertThat(port.sql(question.replace("{t}", "strict")))
        .containsExactlyInAnyOrderElementsOf(exact);
  }

  @ParameterizedTest
  @CsvSource({"0.5", "0.25", "0.9"})
  void ofValuesThatNobodyShares_theMeanOfTheNearestIsShown(double rank) {
    List<Double> costs =
        port.plain("SELECT cost FROM raw_people ORDER BY cost").stream()
            .map(row -> row.getDouble(0))
            .toList();

    double shown =
        port.sql("SELECT percentile(cost, %s) FROM strict".formatted(rank)).get(0).getDouble(0);

    double place = (costs.size() - 1) * rank;
    assertThat(costs).doesNotContain(shown);
    assertThat(shown)
        .isBetween(costs.get((int) Math.floor(place) - 12), costs.get((int) place + 13));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // fewer than ten on a side
        "SELECT percentile(cost, 0.001) FROM {t}",
        "SELECT percentile(cost, 1) FROM {t}",
        "SELECT percentile(cost, 0) FROM {t}",
        // people between two places who are too few
        "SELECT percentile(cost, array(0.5, 0.505)) FROM {t}",
        // too few people in all
        "SELECT median(cost) FROM {t} WHERE rare = 'rare'",
      })
  void aPlaceWithTooFewBesideIt_isNotShown(String question) {
    assertThatThrownBy(() -> port.sql(question.replace("{t}", "strict")))
        .hasMessageContaining("APPROVAL_REQUIRED");
  }

  @Test
  void aConditionThatCutsTheNearestPeople_isAskedTooMuch() {
    double shown = port.sql("SELECT median(cost) FROM strict").get(0).getDouble(0);
    String question = "SELECT median(cost), count_if(cost < %s) FROM strict";

    assertThatThrownBy(() -> port.sql(question.formatted(shown)))
        .hasMessageContaining("APPROVAL_REQUIRED");
    assertThat(port.sql(question.formatted(shown - 500))).hasSize(1);
  }

  @Test
  void whereGroupsMayBeLeftOut_aPlaceIsToo() {
    List<Row> shown =
        port.sql("SELECT count(*), percentile(cost, 0.001), avg(age) FROM people GROUP BY sex");

    assertThat(shown).hasSize(2).allMatch(row -> row.isNullAt(1));
  }

  /** Whoever changes one person's value may move no shown number to it. */
  @Test
  void onePersonsValue_isNeverShown() {
    Random random = new Random(7);
    List<Double> costs =
        port.plain("SELECT cost FROM raw_people").stream().map(row -> row.getDouble(0)).toList();
    for (int i = 0; i < 12; i++) {
      double a = Math.round(random.nextDouble() * 1000) / 1000.0;
      for (Row row :
          port.sql(
              "SELECT city, percentile(cost, array(%s, %s)) AS p FROM people GROUP BY city"
                  .formatted(a, Math.min(1, a + 0.3)))) {
        if (!row.isNullAt(1)) {
          assertThat(row.<Double>getList(1)).doesNotContainAnyElementsOf(costs);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT median(age) FROM usual|medians and percentiles",
        "SELECT max(age) FROM people|can show one person's value",
        "SELECT median(days) FROM visits|one number for each person",
        "SELECT median(sqrt(age)) FROM people|stored number",
        "SELECT median(CASE WHEN age > 30 THEN 1 ELSE 0 END) FROM people|stored number",
        "SELECT median(age), median(cost) FROM people|two columns",
        "SELECT median(id) FROM people|direct identifier",
      })
  void otherQuantiles_areRefusedInWords(String question, String named) {
    assertThatThrownBy(() -> port.sql(question))
        .hasMessageContaining("AGG_NOT_ALLOWED")
        .hasMessageContaining(named);
  }

  @Test
  void ofOneNumberForEachPerson_aMedianIsShown() {
    String question =
        "SELECT median(n) FROM (SELECT id, count(*) AS n FROM {t} GROUP BY id) AS each_one";

    assertThat(port.sql(question.replace("{t}", "visits")).get(0).getDouble(0))
        .isCloseTo(
            port.plain(question.replace("{t}", "raw_visits")).get(0).getDouble(0), within(1e-9));
  }

  /** A place in the order of all is a number of people: who is below 2 beside the ten known. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*), count_if(x = 2), count_if(x < 2 AND job <> 'mayor'),"
            + " percentile(x, 0.6078) FROM mayors",
        "SELECT count_if(x < 2 AND job <> 'mayor'), percentile(x, array(0.3, 0.5)) FROM mayors",
        "SELECT percentile(x, array(0.7, 0.72)) FROM mayors",
      })
  void placesThatTellOfFew_areRefused(String question) {
    assertThatThrownBy(() -> port.sql(question)).hasMessageContaining("APPROVAL_REQUIRED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT percentile(age, array(0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55,"
            + " 0.6, 0.65, 0.7, 0.75, 0.8, 0.85)) FROM people",
        "SELECT percentile(age, array(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)) FROM people"
            + " GROUP BY CUBE(city, sex, rare)",
      })
  void manyPlaces_areRefused(String question) {
    assertThatThrownBy(() -> port.sql(question)).hasMessageContaining("percentiles");
  }

  private static void frame(
      Map<String, String> keys, String name, String automatic, String onSmallGroup) {
    String prefix = "spark.sallyport.frame." + name + ".";
    String data = name.equals("visits") ? "visits" : "people";
    keys.put(prefix + "path", directory.resolve(name.equals("visits") ? data : name).toString());
    keys.put(prefix + "format", "parquet");
    keys.put(prefix + "privacy-unit", "id");
    keys.put(prefix + "automatic", automatic);
    keys.put(prefix + "approval", "true");
    keys.put(prefix + "on-small-group", onSmallGroup);
    keys.put(prefix + "unique-unit", "true");
  }

  private static void write(SparkSession session) {
    String people =
        "SELECT id, IF(id * 7 % 13 < 6, 'F', 'M') AS sex, element_at(array('Bern', 'Graz',"
            + " 'Pisa'), CAST(1 + id * 3 % 7 % 3 AS INT)) AS city, CAST(20 + id * 31 % 47 AS INT)"
            + " AS age, 100D + id * 271.3 % 2900 AS cost, CAST(1 + id % 4 AS INT) AS visits,"
            + " IF(id % 301 = 0, 'rare', IF(id % 2 = 0, 'a', 'b')) AS rare FROM range("
            + PEOPLE
            + ")";
    for (String name : List.of("people", "strict", "usual")) {
      session.sql(people).coalesce(1).write().parquet(directory.resolve(name).toString());
    }
    session.sql(people).createOrReplaceTempView("raw_people");
    session
        .sql(
            "SELECT id, CAST(CASE WHEN id < 12 THEN 1 WHEN id < 32 THEN 2 ELSE id - 29 END AS INT)"
                + " AS x, IF(id = 0, 'mayor', 'other') AS job FROM range(52)")
        .coalesce(1)
        .write()
        .parquet(directory.resolve("mayors").toString());
    session
        .sql("SELECT id % 400 AS id, CAST(id * 7 % 11 AS INT) AS days FROM range(1500)")
        .coalesce(1)
        .write()
        .parquet(directory.resolve("visits").toString());
    session
        .read()
        .parquet(directory.resolve("visits").toString())
        .createOrReplaceTempView("raw_visits");
  }
}
