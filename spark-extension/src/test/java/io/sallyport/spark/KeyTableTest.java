package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A public table's keys are the groups: all of them, nobody's too, whoever is in the data. */
final class KeyTableTest {

  private static final String WARDS = "(VALUES (0), (1), (7), (9), (CAST(NULL AS INT))) AS w(ward)";

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    Map<String, String> policies = NoiseData.policies(directory);
    policies.put("spark.sallyport.limit.result-rows", "1000");
    port = Port.open(directory, policies);
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
        "SELECT w.ward, count(p.age), avg(p.age) FROM %s LEFT JOIN %s p ON p.ward = w.ward GROUP BY"
            + " w.ward ORDER BY 1",
        "SELECT ward AS w, count(age) AS n, avg(age) AS a FROM %s LEFT JOIN %s USING (ward) GROUP"
            + " BY ward ORDER BY 1",
        "SELECT w.ward, count(p.age), avg(p.age) FROM %s LEFT JOIN (SELECT CAST(ward AS BIGINT) AS"
            + " ward, age FROM %s WHERE sex = 'F') p ON p.ward = w.ward AND p.age > 30 GROUP BY"
            + " w.ward ORDER BY 1",
      })
  void groups_areTheKeys_andWhatSparkComputes(String query) {
    List<Row> exact = port.plain(query.formatted(WARDS, "raw_patients"));
    List<Row> answer = port.sql(query.formatted(WARDS, "loud.patients"));

    assertThat(answer).extracting(row -> row.get(0)).containsExactly(null, 0, 1, 7, 9);
    for (int i = 0; i < exact.size(); i++) {
      assertThat(answer.get(i).get(0)).isEqualTo(exact.get(i).get(0));
      long people = exact.get(i).getLong(1);
      assertThat((double) answer.get(i).getLong(1)).isCloseTo((double) people, within(4.0));
      if (people > 40) {
        assertThat(answer.get(i).getDouble(2)).isCloseTo(exact.get(i).getDouble(2), within(8.0));
      }
    }
  }

  @Test
  void groups_costNoDelta_whereSelectionIsRefused() {
    List<Row> answer =
        port.sql(
            "SELECT w.ward, count(*) AS n FROM (SELECT DISTINCT ward FROM wards) w LEFT JOIN"
                + " rules.pure p ON p.ward = w.ward GROUP BY w.ward ORDER BY w.ward");

    assertThat(answer).hasSize(10);
    assertThat(costs()).last().asString().startsWith("epsilon").doesNotContain("delta");
    assertThat(answer.get(8).getLong(1)).as("nobody's row is not counted").isCloseTo(0, within(1L));
    assertThat(answer.get(1).getLong(1)).isCloseTo(50, within(3L));
  }

  @Test
  void explanation_saysWhatIsShown() {
    assertThat(
            port.explain(
                "SELECT w.ward, count(*) FROM wards w LEFT JOIN loud.patients p ON p.ward = w.ward"
                    + " GROUP BY w.ward"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.obligation())
                    .contains("all groups of the key table are shown")
                    .contains("about 0 and not Spark's 1")
                    .doesNotContain("a group is shown from about"));
  }

  /** A key that stands twice doubles rows, as in Spark; a person's part is cut as always. */
  @Test
  void duplicateKeys_multiplyNobodyBeyondTheBounds() {
    String query =
        "SELECT w.k, count(*) AS n FROM (SELECT a.ward %% 2 AS k FROM wards a CROSS JOIN wards b) w"
            + " LEFT JOIN %s p ON p.team %% 2 = w.k GROUP BY w.k ORDER BY k";
    long people = 200;
    long rows = 4;

    List<Row> answer = port.sql(query.formatted("loud.patients"));

    assertThat(answer).extracting(row -> row.getInt(0)).containsExactly(0, 1);
    assertThat(answer.get(0).getLong(1) + answer.get(1).getLong(1))
        .as("each person counts with four rows at most")
        .isCloseTo(people * rows, within(8L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // by inequality, without equality, with one more group, with half of the keys
        "SELECT w.ward, count(*) FROM wards w LEFT JOIN loud.patients p ON p.ward >= w.ward GROUP BY w.ward|UNIT_LOST",
        "SELECT w.ward, count(*) FROM wards w LEFT JOIN loud.patients p ON p.ward = w.ward AND p.age > w.ward GROUP BY w.ward|UNIT_LOST",
        "SELECT w.ward, count(*) FROM wards w LEFT JOIN loud.patients p ON true GROUP BY w.ward|UNIT_LOST",
        "SELECT w.ward, count(*) FROM wards w LEFT JOIN loud.patients p ON p.ward = w.ward OR p.age = w.ward GROUP BY w.ward|UNIT_LOST",
        "SELECT w.ward, p.sex, count(*) FROM wards w LEFT JOIN loud.patients p ON p.ward = w.ward GROUP BY w.ward, p.sex|UNIT_LOST",
        "SELECT w.title, count(*) FROM wards w LEFT JOIN loud.patients p ON p.ward = w.ward GROUP BY w.title|UNIT_LOST",
        "SELECT count(*) FROM wards w LEFT JOIN loud.patients p ON p.ward = w.ward|UNIT_LOST",
        "SELECT w.ward + 1, count(*) FROM wards w LEFT JOIN loud.patients p ON p.ward = w.ward GROUP BY w.ward + 1|UNIT_LOST",
        "SELECT w.ward, count(*) FROM wards w LEFT JOIN loud.patients p ON p.ward = w.ward GROUP BY ROLLUP (w.ward)|UNIT_LOST",
        // who is absent, counted
        "SELECT w.ward, count(*) FROM wards w LEFT JOIN loud.patients p ON p.ward = w.ward WHERE p.patient_id IS NULL GROUP BY w.ward|UNIT_LOST",
        "SELECT w.ward, count(*) FROM wards w LEFT ANTI JOIN loud.patients p ON p.ward = w.ward GROUP BY w.ward|UNIT_LOST",
        "SELECT ward, sum(n) FROM (SELECT w.ward, count(*) OVER (PARTITION BY w.ward) AS n FROM wards w LEFT JOIN loud.patients p ON p.ward = w.ward) GROUP BY ward|UNIT_LOST",
        // keys that are no public data
        "SELECT w.days, count(*) FROM (SELECT DISTINCT days FROM loud.stays) w LEFT JOIN loud.patients p ON p.ward = w.days GROUP BY w.days|UNIT_LOST",
        "SELECT w.days, count(*) FROM (SELECT days FROM loud.stays GROUP BY days) w LEFT JOIN loud.patients p ON p.ward = w.days GROUP BY w.days|UNIT_LOST",
        "SELECT w.days, count(*) FROM (SELECT days FROM loud.stays) w LEFT JOIN loud.patients p ON p.ward = w.days GROUP BY w.days|UNIT_AMBIGUOUS",
        // the owner's number of people in each group; rows that are people
        "SELECT w.ward, count(*) FROM wards w LEFT JOIN rules.both p ON p.ward = w.ward GROUP BY w.ward|UNIT_LOST",
        "SELECT w.ward, count(*) FROM wards w LEFT JOIN loud.rows p ON p.ward = w.ward GROUP BY w.ward|UNIT_LOST",
        "SELECT w.ward, count(*) FROM wards w LEFT JOIN patients p ON p.ward = w.ward GROUP BY w.ward|UNIT_LOST",
      })
  void whatIsNoKeyTable_isRefused(String query, String code) {
    assertThatThrownBy(() -> port.sql(query))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(code);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 7})
  void tooManyKeys_areRefused_beforeAnythingIsCharged(int digits) {
    String number =
        IntStream.range(0, digits)
            .mapToObj(i -> "w" + i + ".ward * " + Math.round(Math.pow(10, i)))
            .collect(Collectors.joining(" + "));
    String tables =
        IntStream.range(0, digits)
            .mapToObj(i -> "wards w" + i)
            .collect(Collectors.joining(" CROSS JOIN "));
    List<String> before = costs();
    List<Row> left = budgets();
    assertThatThrownBy(
            () ->
                port.sql(
                    "SELECT w.id, count(*) FROM (SELECT %s AS id FROM %s) w LEFT JOIN loud.stays s ON s.stay_id = w.id GROUP BY w.id"
                        .formatted(number, tables)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("LIMIT_EXCEEDED");

    assertThat(costs()).isEqualTo(before);
    assertThat(budgets()).isEqualTo(left);
  }

  @Test
  void wipedColumn_wipesTheKeysItIsComparedWith() {
    assertThat(
            port.sql(
                "SELECT w.age, count(*) AS n FROM (VALUES (20), (21)) AS w(age) LEFT JOIN loud.wiped"
                    + " p ON p.age = w.age GROUP BY w.age"))
        .hasSize(2)
        .extracting(row -> row.get(0))
        .containsOnlyNulls();
  }

  private static List<Row> budgets() {
    return port.sql("SELECT account, epsilon FROM sallyport.budgets ORDER BY account");
  }

  private static List<String> costs() {
    return port.audited().stream().flatMap(record -> record.cost().stream()).toList();
  }
}
