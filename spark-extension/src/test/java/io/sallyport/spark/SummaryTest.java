package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.admission.Analysis;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.noise.NoiseAssessment;
import io.sallyport.spark.noise.NoisyPoint;
import io.sallyport.spark.summary.SummaryQuestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code describe} and {@code summary}: Spark's table, of an aggregate that is released. */
final class SummaryTest {

  private static final List<String> ALL = List.of();

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    port = Port.open(directory, NoiseData.policies(directory));
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

  @Test
  void withALoudBudget_itIsSparksTable_butForTheExtremes() {
    String query = "SELECT age, weight, cost FROM ";
    List<Row> exact = spark(query + "raw_patients").describe().collectAsList();

    List<Row> answer = port.collect(released(describe(query + "loud.patients")));

    assertThat(column(answer, 0)).containsExactly("count", "mean", "stddev", "min", "max");
    for (int i = 1; i <= 3; i++) {
      for (int row = 0; row < 3; row++) {
        // a spread is a root of a difference of noisy numbers
        double off = row == 2 ? 25.0 : 6.0;
        assertThat(number(answer.get(row), i)).isCloseTo(number(exact.get(row), i), within(off));
      }
      // The extremes are clipped quantiles: within the bounds, on their side of the mean.
      assertThat(number(answer.get(3), i)).isBetween(0.0, number(exact.get(1), i));
      assertThat(number(answer.get(4), i)).isBetween(number(exact.get(1), i), 400.0);
    }
  }

  @Test
  void summary_hasQuartiles_andOtherPercentages() {
    String query = "SELECT cost FROM ";
    String[] wanted = {"25%", "COUNT", "50%", "75%", "95.5%", "count_distinct"};
    List<Row> exact = spark(query + "raw_patients").summary(wanted).collectAsList();

    List<Row> answer = port.collect(released(summary(query + "loud.patients", List.of(wanted))));

    assertThat(column(answer, 0)).containsExactly((Object[]) wanted);
    for (int row = 0; row < wanted.length; row++) {
      assertThat(number(answer.get(row), 1))
          .as(wanted[row])
          .isCloseTo(number(exact.get(row), 1), within(15.0));
    }
    assertThat(column(port.collect(released(summary(query + "loud.patients", ALL))), 0))
        .containsExactly("count", "mean", "stddev", "min", "25%", "50%", "75%", "max");
  }

  @Test
  void textsAndIdentifiers_areOnlyCounted() {
    List<Row> answer =
        port.collect(released(describe("SELECT patient_id, sex, smoker FROM loud.patients")));

    assertThat(answer.get(0).schema().fieldNames()).containsExactly("summary", "patient_id", "sex");
    assertThat(number(answer.get(0), 1)).isCloseTo(200, within(6.0));
    assertThat(number(answer.get(0), 2)).isCloseTo(200, within(6.0));
    for (Row row : answer.subList(1, 5)) {
      assertThat(row.get(1)).isNull();
      assertThat(row.get(2)).isNull();
    }
  }

  @Test
  void schema_isThatOfSpark() {
    String query = "SELECT sex, age, smoker, weight FROM ";
    Dataset<Row> sparks = spark(query + "raw_patients").summary();

    LogicalPlan plan = released(summary(query + "loud.patients", ALL));

    assertThat(plan.schema()).isEqualTo(sparks.schema());
    assertThat(plan.schema().fields()).allMatch(f -> f.dataType().equals(DataTypes.StringType));
  }

  @Test
  void itIsOneRelease_chargedOnce_andARepeatIsFree() {
    Supplier<LogicalPlan> question = summary("SELECT age, cost FROM rules.pure", ALL);
    int charged = costs().size();

    List<Row> first = port.collect(released(question));
    port.newAnalystSession();
    List<Row> again = port.collect(released(question));

    assertThat(again).isEqualTo(first);
    assertThat(costs().subList(charged, costs().size()))
        .satisfiesExactly(
            paid -> assertThat(paid).startsWith("epsilon 100"),
            free -> assertThat(free).isEqualTo("nothing: released before"));
  }

  /** Of whole numbers one count, two moments and one tree of values, whatever is asked of them. */
  @Test
  void countsAreBoughtOnce() {
    assertThat(parts("SELECT age FROM loud.patients")).isEqualTo("3 and 1");
    assertThat(parts("SELECT age, team FROM loud.patients")).isEqualTo("6 and 2");
    assertThat(parts("SELECT weight FROM loud.patients")).as("NaN is counted").isEqualTo("4 and 1");
  }

  private static String parts(String query) {
    LogicalPlan plan = Analysis.analyse(port.analystSession(), summary(query, ALL).get());
    NoisyPoint noisy =
        NoiseAssessment.of(PlanLabels.of(plan).releasePoints().get(0)).noisy().orElseThrow();
    return noisy.statistics().size() + " and " + noisy.values().size();
  }

  @Test
  void ownRows_areSummarisedAsSparkDoes() {
    String rows =
        "SELECT * FROM VALUES ('7', 1, 2.5D, true), ('x', 2, NULL, false), (NULL, 4, 1D, true)"
            + " AS t(`a.b`, n, d, f)";
    String plain = rows.replace("`a.b`", "ab");

    List<Row> exact = spark(plain).summary().collectAsList();

    assertThat(port.collect(released(summary(rows, ALL)))).hasToString(exact.toString());
    assertThat(port.collect(released(describe(rows, "`a.b`", "n"))))
        .hasToString(spark(plain).describe("ab", "n").collectAsList().toString());
  }

  @Test
  void released_rowsAreFree() {
    String query = "SELECT ward, n FROM (SELECT ward, count(*) AS n FROM loud.each GROUP BY ward)";
    List<Row> released = port.sql(query);

    Row counts = port.collect(released(describe(query))).get(0);

    assertThat(number(counts, 1)).isEqualTo(released.size());
    assertThat(costs()).last().isEqualTo("nothing: released before");
  }

  @Test
  void columns_areChosen_asInASelect() {
    String query = "SELECT * FROM loud.patients";

    assertThat(released(describe(query, "cost", "age")).schema().fieldNames())
        .containsExactly("summary", "cost", "age");
    assertThat(released(describe("SELECT age, sex FROM loud.patients", "*")).schema().fieldNames())
        .containsExactly("summary", "age", "sex");
    assertThat(released(describe(query, "smoker")).schema().fieldNames())
        .containsExactly("summary");
    assertThat(port.collect(released(describe(query, "smoker")))).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo",
        "",
        "%",
        "150%",
        "-5%",
        "1e1%",
        "NaN%",
        "Infinity%",
        " 5%",
        "5 %",
        "100.1%",
        "0x1%",
        "25%) FROM secrets --",
        "count(*)",
        "mean; DROP TABLE wards",
        "1.0000000001%",
        "٥%",
        "first"
      })
  void unknownStatistics_areRefused(String name) {
    assertThatThrownBy(() -> SummaryQuestion.summary(List.of("count", name)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("PARAM_INVALID")
        .hasMessageContaining("a percentage such as");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none|PARAM_INVALID",
        "age`; DROP TABLE wards; --|PARAM_INVALID",
        "`age|PARAM_INVALID",
        "count(*)|PARAM_INVALID",
        "raw_patients.age|PARAM_INVALID",
        "(SELECT max(age) FROM loud.patients)|PARAM_INVALID",
        "skewed|MISSING_BOUNDS",
        "rare|MISSING_BOUNDS",
      })
  void otherColumns_areRefused(String column, String code) {
    assertThatThrownBy(() -> released(describe("SELECT * FROM loud.patients", column)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(code);
  }

  @Test
  void missingBounds_nameTheColumn_andWhatTheOwnerDeclares() {
    assertThatThrownBy(() -> released(describe("SELECT age, skewed FROM loud.patients")))
        .hasMessageContaining("MISSING_BOUNDS")
        .hasMessageContaining("skewed")
        .hasMessageContaining("column.<name>.lower and .upper");
  }

  @Test
  void duplicates_areAnsweredAlike_andTooManyAreRefused() {
    String query = "SELECT cost FROM loud.patients";

    List<Row> twice = port.collect(released(summary(query, List.of("mean", "Mean", "mean"))));
    assertThat(twice.get(0).getString(1)).isEqualTo(twice.get(1).getString(1));
    assertThat(twice.get(2)).isEqualTo(twice.get(0));

    List<String> many = new ArrayList<>(Collections.nCopies(1_366, "count"));
    assertThatThrownBy(() -> released(summary("SELECT age, cost, weight FROM loud.patients", many)))
        .hasMessageContaining("LIMIT_EXCEEDED");
  }

  @Test
  void rowsOfPeople_areNotShown_byASummaryOfFewOfThem() {
    assertThatThrownBy(() -> released(describe("SELECT age FROM loud.patients LIMIT 1")))
        .hasMessageContaining("RAW_OUTPUT");
    assertThatThrownBy(() -> released(describe("SELECT age FROM loud.patients UNION ALL SELECT 5")))
        .hasMessageContaining("UNIT_LOST");
  }

  @Test
  void underThresholds_theExtremesAreRefused_andTheRestIsExact() {
    assertThatThrownBy(() -> released(describe("SELECT age FROM patients")))
        .hasMessageContaining("AGG_NOT_ALLOWED")
        .hasMessageContaining("min");

    List<Row> answer =
        port.collect(
            released(summary("SELECT age FROM patients", List.of("count", "mean", "stddev"))));

    Row exact = port.plain("SELECT count(age), avg(age), stddev(age) FROM raw_patients").get(0);
    assertThat(number(answer.get(0), 1)).isEqualTo((double) exact.getLong(0));
    assertThat(number(answer.get(1), 1)).isCloseTo(exact.getDouble(1), within(1e-9));
    assertThat(number(answer.get(2), 1)).isCloseTo(exact.getDouble(2), within(1e-9));
  }

  @Test
  void blacklistedColumns_areOnlyCounted() {
    List<Row> answer = port.collect(released(describe("SELECT age FROM loud.wiped")));

    assertThat(number(answer.get(0), 1)).isCloseTo(200, within(6.0));
    assertThat(column(answer.subList(1, 5), 1)).containsOnlyNulls();
  }

  @Test
  void inALongerPlan_itIsAReleaseLikeAnyOther() {
    Supplier<LogicalPlan> described = describe("SELECT age FROM loud.patients");
    List<Row> whole = port.collect(released(described));

    List<Row> twice =
        port.collect(
            released(
                () ->
                    org.apache.spark.sql.classic.Dataset.ofRows(
                            port.analystSession(), described.get())
                        .filter("summary = 'mean'")
                        .logicalPlan()));

    assertThat(twice).containsExactly(whole.get(1));
  }

  private static Supplier<LogicalPlan> describe(String query, String... columns) {
    return asked(query, SummaryQuestion.describe(List.of(columns)));
  }

  private static Supplier<LogicalPlan> summary(String query, List<String> statistics) {
    return asked(query, SummaryQuestion.summary(statistics));
  }

  private static Supplier<LogicalPlan> asked(String query, SummaryQuestion question) {
    return () ->
        port.queries().summary(port.analystSession(), () -> parsed(Port.ADA, query), question);
  }

  private static LogicalPlan parsed(Principal principal, String query) {
    return port.queries()
        .query(
            query,
            port.asking(principal),
            stored -> {
              throw new AssertionError("No plan is stored here");
            });
  }

  private static LogicalPlan released(Supplier<LogicalPlan> question) {
    return port.release(port.asking(Port.ADA), question);
  }

  private static Dataset<Row> spark(String query) {
    return port.owners().sql(query);
  }

  private static List<Object> column(List<Row> rows, int ordinal) {
    return rows.stream().map(row -> row.get(ordinal)).toList();
  }

  private static double number(Row row, int ordinal) {
    return Double.parseDouble(row.getString(ordinal));
  }

  private static List<String> costs() {
    return port.audited().stream().flatMap(record -> record.cost().stream()).toList();
  }
}
