package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sallyport.spark.answer.Explanation;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/**
 * Differentially private answers. Where a budget is so large that noise is below one, an answer is
 * what Spark computes, but for the bounds.
 */
final class NoiseReleaseTest {

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "count(*)|0.5",
        "count(weight)|2",
        "count_if(age > 40)|2",
        "count(DISTINCT patient_id)|0.5",
        "count(*) FILTER (WHERE sex = 'F')|2",
        "sum(age)|60",
        "sum(cost)|300",
        "sum(weight)|120",
        "avg(cost)|6",
        "avg(weight)|4",
        "stddev(cost)|6",
        "var_pop(cost)|600",
        "variance(age)|60",
        "covar_pop(age, cost)|400",
        "covar_samp(age, cost)|400",
        "corr(age, cost)|0.3",
        "regr_slope(cost, age)|1",
        "regr_intercept(cost, age)|40",
        "regr_count(cost, age)|2",
        "regr_avgx(cost, age)|3",
        "regr_r2(cost, age)|0.3",
        "sum(CASE WHEN sex = 'F' THEN age ELSE 0 END)|60",
        "sum(age) / count(*) + 1|2",
      })
  void global_isWhatSparkComputes_withALoudBudget(String function, double tolerance) {
    double exact = number(port.plain("SELECT " + function + " FROM raw_patients").get(0));

    for (String frame : List.of("loud.patients", "loud.each")) {
      List<Row> answer = port.sql("SELECT " + function + " FROM " + frame);
      assertThat(number(answer.get(0))).as(frame).isCloseTo(exact, within(tolerance));
    }
  }

  @Test
  void groups_areWhatSparkComputes_withALoudBudget() {
    String query =
        "SELECT unit_of_care AS u, count(*) AS n, sum(days) AS s, avg(days) AS a FROM %s"
            + " GROUP BY unit_of_care ORDER BY u";

    List<Row> exact = port.plain(query.formatted("raw_stays"));
    List<Row> answer = port.sql(query.formatted("loud.stays"));

    assertThat(answer).hasSameSizeAs(exact);
    for (int i = 0; i < exact.size(); i++) {
      assertThat(answer.get(i).getInt(0)).isEqualTo(exact.get(i).getInt(0));
      assertThat(answer.get(i).getLong(1)).isCloseTo(exact.get(i).getLong(1), within(20L));
      assertThat(answer.get(i).getLong(2)).isCloseTo(exact.get(i).getLong(2), within(200L));
      assertThat(answer.get(i).getDouble(3)).isCloseTo(exact.get(i).getDouble(3), within(2.0));
    }
  }

  @Test
  void types_areThoseOfSpark() {
    String query =
        "SELECT ward, count(*) AS n, sum(age) AS s, avg(age) AS a, sum(cost) AS c FROM %s GROUP BY"
            + " ward";

    assertThat(port.released(Port.ADA, query.formatted("loud.patients")).schema().json())
        .contains("\"long\"", "\"double\"", "\"integer\"");
  }

  @Test
  void publicKeys_areAllThere_withNobodyInOneToo() {
    List<Row> answer =
        port.sql("SELECT ward, count(*) AS n FROM loud.each GROUP BY ward ORDER BY ward");

    assertThat(answer).extracting(row -> row.getInt(0)).containsExactly(0, 1, 2, 3, 4, 9);
    assertThat(answer.get(4).getLong(1)).isCloseTo(0, within(2L));
    assertThat(answer.get(5).getLong(1)).isCloseTo(3, within(2L));
  }

  @Test
  void onePersonCountsInFewGroupsAndRows() {
    long patients = port.plain("SELECT DISTINCT patient_id FROM raw_stays").size();
    List<Row> answer =
        port.sql("SELECT days, count(*) AS n FROM loud.few GROUP BY days ORDER BY days");

    long counted = answer.stream().mapToLong(row -> row.getLong(1)).sum();
    assertThat(counted)
        .as("one group for each person, of one row mostly")
        .isBetween(patients / 2, patients + 60);
  }

  @Test
  void smallGroup_isNotShown() {
    List<Row> answer = port.sql("SELECT ward, count(*) FROM still.patients GROUP BY ward");

    assertThat(answer).extracting(row -> row.getInt(0)).doesNotContain(9);
  }

  @Test
  void minimumUnits_holdForSelectedGroups() {
    List<Row> answer = port.sql("SELECT age, count(*) FROM rules.both GROUP BY age");

    assertThat(answer).as("three or four people of each age").isEmpty();
    assertThat(port.sql("SELECT ward, count(*) FROM rules.both GROUP BY ward")).hasSize(4);
  }

  @Test
  void either_isExactForTheOneNamed_andNoisyForOthers() {
    String query = "SELECT sum(cost) FROM rules.either";
    double exact = port.plain("SELECT sum(cost) FROM raw_patients").get(0).getDouble(0);

    assertThat(port.as(Port.LEE, query).get(0).getDouble(0)).isEqualTo(exact);
    assertThat(port.as(Port.ADA, query).get(0).getDouble(0))
        .isNotEqualTo(exact)
        .isCloseTo(exact, within(300.0));
  }

  @Test
  void sameQuestion_hasTheSameAnswer_andCostsOnce() {
    String query = "SELECT sex, count(*) AS n FROM loud.patients GROUP BY sex";

    List<Row> first = port.sql(query);
    port.newAnalystSession();
    List<Row> again = port.sql(query);
    List<Row> sorted = port.sql(query + " ORDER BY n DESC LIMIT 1");

    assertThat(again).isEqualTo(first);
    assertThat(first).contains(sorted.get(0));
    assertThat(costs()).endsWith("nothing: released before", "nothing: released before");
  }

  @Test
  void budget_isSpent_andThenRefused() {
    port.sql("SELECT count(*) + 1 FROM quiet.patients");
    for (int i = 0; i < 3; i++) {
      try {
        port.sql("SELECT count(*) FROM quiet.patients WHERE age > " + i);
      } catch (RefusedException e) {
        assertThat(e).hasMessageContaining("BUDGET_EXHAUSTED");
      }
    }

    assertThatThrownBy(() -> port.sql("SELECT count(*) FROM quiet.patients WHERE age > 7"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("BUDGET_EXHAUSTED")
        .hasMessageContaining("unit space quiet")
        .hasMessageContaining("epsilon 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT sum(length(name)) FROM loud.patients|MISSING_BOUNDS",
        "SELECT avg(skewed) FROM loud.patients|MISSING_BOUNDS",
        "SELECT sum(least(greatest(skewed, -1e300D), 1e300D)) FROM loud.patients|MISSING_BOUNDS",
        "SELECT median(least(greatest(skewed, 0D), 1e290D)) FROM loud.patients|MISSING_BOUNDS",
        "SELECT stddev(cost * 1e280D) FROM loud.patients|MISSING_BOUNDS",
        "SELECT max(name) FROM loud.patients|AGG_NOT_ALLOWED",
        "SELECT sum(DISTINCT age) FROM loud.patients|AGG_NOT_ALLOWED",
        "SELECT age FROM loud.patients|RAW_OUTPUT",
        "SELECT ward, count(*) FROM rules.pure GROUP BY ward|KEY_NOT_ALLOWED",
        "SELECT count(*) FROM (SELECT * FROM loud.patients LIMIT 10)|RAW_OUTPUT",
        "SELECT count(*) FROM loud.patients p JOIN loud.other o ON p.patient_id = o.patient_id|UNIT_AMBIGUOUS",
        "SELECT count(*) FROM loud.patients p JOIN loud.stays o ON p.ward = o.unit_of_care|UNIT_AMBIGUOUS",
        "SELECT count(*) FROM (SELECT age FROM loud.patients UNION ALL SELECT 5)|UNIT_LOST",
      })
  void whatHasNoSensitivity_isRefused(String query, String code) {
    assertThatThrownBy(() -> port.sql(query))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT sum(least(greatest(skewed, 0D), 500D)) FROM loud.patients",
        "SELECT count(*) FROM loud.patients p JOIN loud.stays s ON p.patient_id = s.patient_id",
        "SELECT avg(n) FROM (SELECT patient_id, least(greatest(count(*), 0), 10) AS n"
            + " FROM loud.stays GROUP BY patient_id)",
        "SELECT title, count(*) FROM loud.patients JOIN wards USING (ward) GROUP BY title",
        "SELECT count(*) FROM loud.patients WHERE patient_id = 17",
        "SELECT count(*) FROM loud.patients WHERE left(name, 6) = 'name 1'",
        "SELECT ward, sex, count(*) FROM loud.patients GROUP BY ward, sex",
      })
  void whatIsOnePersonsRowByRow_isAnswered(String query) {
    assertThat(port.sql(query)).isNotNull();
  }

  @Test
  void declarationThatDoesNotHold_isNotTrusted() {
    assertThatThrownBy(() -> port.sql("SELECT count(*) FROM loud.lies"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("QUERY_FAILED");
  }

  @Test
  void explanation_tellsPriceNoiseAndWhatIsLeft_free() {
    int charged = costs().size();
    List<Explanation> lines =
        port.explain("SELECT sex, count(*), avg(age) FROM still.patients GROUP BY sex");

    assertThat(lines)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.releasePoint()).contains("groups by").contains("sex");
              assertThat(line.obligation())
                  .contains("a count of rows with discrete Laplace noise of standard deviation")
                  .contains("95 % within")
                  .contains("a group is shown from about")
                  .contains("price: epsilon 1")
                  .contains("for unit space still");
            });
    assertThat(costs()).hasSize(charged);
  }

  @Test
  void cheapestChange_isWhatItSays() {
    String query =
        "SELECT unit_of_care, count(*) AS n, sum(days) FROM loud.stays GROUP BY unit_of_care";
    port.analystSession().conf().set("spark.sallyport.query.epsilon", "1");
    String before = port.explain(query).get(0).obligation();
    String[] rows = change("rows = 1 would make .* rows (\\S+) instead of (\\S+)", before);
    assertThat(before).contains("95 % within " + rows[1]);

    port.analystSession().conf().set("spark.sallyport.query.rows", "1");
    String after = port.explain(query).get(0).obligation();
    assertThat(after).contains("95 % within " + rows[0]);
    String[] groups =
        change("groups = 1 would .* instead of \\S+, and show .* about (\\d+) p", after);

    port.analystSession().conf().set("spark.sallyport.query.groups", "1");
    assertThat(port.explain(query).get(0).obligation())
        .contains("shown from about " + groups[0] + " people on");
    assertThat(port.explain(query).get(0).obligation())
        .contains("asking for count(1) alone would make");
    String alone = "SELECT unit_of_care, count(*) AS n FROM loud.stays GROUP BY unit_of_care";
    assertThat(port.explain(alone).get(0).obligation())
        .contains("spark.sallyport.query.epsilon = 100, at that price, would make");
    port.analystSession().conf().set("spark.sallyport.query.epsilon", "100");
    assertThat(port.explain(alone).get(0).obligation())
        .contains("none within the policy's dp(...)");
  }

  private static String[] change(String pattern, String explained) {
    Matcher change = Pattern.compile(pattern).matcher(explained);
    assertThat(change.find()).as(explained).isTrue();
    return IntStream.rangeClosed(1, change.groupCount())
        .mapToObj(change::group)
        .toArray(String[]::new);
  }

  @Test
  void explanation_saysThatTheBudgetIsSpent() {
    String query = "SELECT count(*) FROM spent.patients WHERE age > %d";
    port.sql(query.formatted(1));

    assertThat(port.explain(query.formatted(2)))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.verdict()).isEqualTo("REFUSE");
              assertThat(line.code()).isEqualTo("BUDGET_EXHAUSTED");
              assertThat(line.obligation())
                  .contains("price: epsilon 1")
                  .contains("left: epsilon 0");
              assertThat(line.remedy())
                  .as("with nothing left, a smaller epsilon would not help")
                  .contains("answered before, which is free", "an owner who raises the budget")
                  .doesNotContain("a smaller");
            });
    assertThat(
            port.as(
                Port.OLGA,
                "SELECT principal, questions, spent FROM sallyport.spending"
                    + " WHERE unit_space = 'spent'"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.getString(0)).isEqualTo("ada");
              assertThat(row.getString(1)).isEqualTo("1");
              assertThat(row.getString(2)).startsWith("epsilon 1");
            });
    assertThatThrownBy(() -> port.sql("SELECT * FROM sallyport.spending"))
        .as("not for analysts")
        .isInstanceOf(RefusedException.class);
    assertThat(port.explain(query.formatted(1)).get(0).verdict()).as("free").isEqualTo("RELEASE");
  }

  @Test
  void budgets_areATable() {
    assertThat(
            port.sql(
                "SELECT account, epsilon FROM sallyport.budgets WHERE account = 'unit space still'"))
        .extracting(row -> row.getString(1))
        .containsExactly("2");
  }

  @Test
  void wishes_areHeard_withinTheOwnersCaps() {
    port.analystSession().conf().set("spark.sallyport.query.epsilon", "0.25");
    port.sql("SELECT count(*) FROM rules.pure WHERE age > 33");
    assertThat(costs()).last().isEqualTo("epsilon 0.25");

    port.analystSession().conf().set("spark.sallyport.query.epsilon", "101");
    assertThatThrownBy(() -> port.sql("SELECT count(*) FROM rules.pure"))
        .hasMessageContaining("PARAM_INVALID")
        .hasMessageContaining("100");
    port.analystSession().conf().set("spark.sallyport.query.epsilon", "much");
    assertThatThrownBy(() -> port.sql("SELECT count(*) FROM rules.pure"))
        .hasMessageContaining("PARAM_INVALID");
  }

  /** In the order of a wiped key, rows would tell which is whose. */
  @Test
  void orderOfRows_tellsNothingOfWhatIsWiped() {
    List<Row> rows =
        port.sql("SELECT age % 7 AS a, count(*) AS n FROM loud.wiped GROUP BY age % 7");

    assertThat(rows).hasSize(7).extracting(row -> row.get(0)).containsOnlyNulls();
    assertThat(rows).extracting(row -> row.getLong(1)).isSorted();
  }

  /** The unit of a full outer join is in one side's column or in the other's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) AS n, count(DISTINCT patient_id) AS p FROM (SELECT patient_id FROM %1$s"
            + " WHERE age < 40) FULL OUTER JOIN (SELECT patient_id, days FROM %2$s WHERE days < 4)"
            + " USING (patient_id)",
        "SELECT sum(least(greatest(n, 0), 5)) AS n, count(*) AS p FROM (SELECT coalesce(a.patient_id,"
            + " b.patient_id) AS who, count(*) AS n FROM %1$s a FULL OUTER JOIN %2$s b ON"
            + " a.patient_id = b.patient_id AND a.ward = b.days GROUP BY coalesce(a.patient_id,"
            + " b.patient_id))",
        "SELECT count(DISTINCT who) AS n, count(DISTINCT who) AS p FROM (SELECT"
            + " coalesce(a.patient_id, b.patient_id) AS who, days FROM %1$s a FULL OUTER JOIN %2$s b ON a.patient_id = b.patient_id AND"
            + " a.age < 30) x LEFT SEMI JOIN %3$s c ON x.who = c.patient_id",
      })
  void fullOuterJoins_keepTheirPeople(String query) {
    Row exact = port.plain(query.formatted("raw_patients", "raw_stays", "raw_stays")).get(0);
    Row answer = port.sql(query.formatted("loud.patients", "loud.stays", "loud.few")).get(0);

    assertThat(number(answer)).isCloseTo(number(exact), within(25.0));
    assertThat((double) answer.getLong(1)).isCloseTo((double) exact.getLong(1), within(80.0));
  }

  @Test
  void halfOfAUnit_isNoUnit() {
    assertThatThrownBy(
            () ->
                port.sql(
                    "SELECT count(*) FROM (SELECT a.patient_id AS who FROM loud.patients a FULL"
                        + " OUTER JOIN loud.stays b ON a.patient_id = b.patient_id) x JOIN loud.few"
                        + " c ON x.who = c.patient_id"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("UNIT_AMBIGUOUS");
  }

  @Test
  void refusedQuestion_costsNothing() {
    assertThatThrownBy(() -> port.sql("SELECT sum(income * 1e300) FROM loud.few"))
        .isInstanceOf(RefusedException.class);
    int charged = costs().size();
    assertThatThrownBy(() -> port.sql("SELECT max(name) FROM loud.patients"))
        .isInstanceOf(RefusedException.class);

    assertThat(costs()).hasSize(charged);
  }

  @Test
  void severalPoints_shareTheQuestionsBudget() {
    port.analystSession().conf().set("spark.sallyport.query.epsilon", "0.5");
    port.sql(
        "SELECT a.n - b.n FROM (SELECT count(*) AS n FROM rules.pure WHERE sex = 'F') a CROSS JOIN"
            + " (SELECT count(*) AS n FROM rules.either WHERE sex = 'M') b");

    assertThat(costs()).last().isEqualTo("epsilon 0.5");
  }

  private static List<String> costs() {
    return port.audited().stream().flatMap(record -> record.cost().stream()).toList();
  }

  private static double number(Row row) {
    return ((Number) row.get(0)).doubleValue();
  }
}
