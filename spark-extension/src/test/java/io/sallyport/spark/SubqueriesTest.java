package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sallyport.spark.admission.AdmitText;
import io.sallyport.spark.answer.Explanation;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scalar subqueries in expressions: each is a release of its own, joined as one released row. */
final class SubqueriesTest {

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
        "SELECT count(*) FROM %1$s WHERE cost > (SELECT avg(cost) FROM %1$s)|12",
        "SELECT avg(cost) - (SELECT avg(cost) FROM %1$s WHERE sex = 'F') FROM %1$s|10",
        "SELECT (SELECT avg(cost) FROM %1$s) + 1|6",
        "SELECT (SELECT avg(age) FROM %1$s) AS a FROM wards LIMIT 1|4",
        "WITH m AS (SELECT avg(cost) AS a FROM %1$s) SELECT count(*) FROM %1$s WHERE cost > (SELECT a FROM m)|12",
        "SELECT count(*) FROM %1$s WHERE cost > (WITH m AS (SELECT avg(cost) AS a FROM %1$s) SELECT a FROM m)|12",
        "SELECT count(*) FROM %1$s WHERE cost > (SELECT avg(cost) FROM %1$s WHERE cost > (SELECT avg(cost) FROM %1$s))|12",
        "SELECT sum(least(greatest(cost - (SELECT avg(cost) FROM %1$s), 0D), 400D)) FROM %1$s|1200",
        "SELECT count(*) FROM %1$s WHERE age > (SELECT min(ward) FROM wards)|2",
        "SELECT count(*) FROM (SELECT * FROM %1$s WHERE age > (SELECT avg(age) FROM %1$s)) WHERE sex = 'F'|12",
        "SELECT count(*) FROM %1$s WHERE age BETWEEN (SELECT avg(age) FROM %1$s) - 5 AND (SELECT avg(age) FROM %1$s) + 5|20",
        "SELECT CASE WHEN count(*) > (SELECT count(*) FROM %1$s WHERE sex = 'F') THEN 1 ELSE 0 END FROM %1$s|0",
        "SELECT count(*) FROM %1$s HAVING count(*) > (SELECT count(*) FROM %1$s WHERE sex = 'F')|1",
        "SELECT count(*) FROM %1$s WHERE coalesce((SELECT avg(cost) FROM %1$s HAVING count(*) < 0), 7) = 7|1",
      })
  void isWhatSparkComputes_withALoudBudget(String query, double tolerance) {
    double exact = number(port.plain(query.formatted("raw_patients")).get(0));

    for (String frame : List.of("loud.patients", "loud.each", "loud.rows")) {
      if (!frame.equals("loud.rows") || (!query.contains("g(") && !query.contains("sum("))) {
        List<Row> answer = port.sql(query.formatted(frame));
        assertThat(number(answer.get(0))).as(frame).isCloseTo(exact, within(tolerance));
      }
    }
  }

  @Test
  void groups_areComparedWithTheWhole() {
    String query =
        "SELECT sex, avg(cost) - (SELECT avg(cost) FROM %1$s) AS d, age > 45 + 0 * (SELECT"
            + " avg(age) FROM %1$s) AS old FROM %1$s GROUP BY 1, 3 ORDER BY sex, old";

    List<Row> exact = port.plain(query.formatted("raw_patients"));
    List<Row> answer = port.sql(query.formatted("loud.each"));

    assertThat(answer).hasSameSizeAs(exact);
    for (int i = 0; i < exact.size(); i++) {
      assertThat(answer.get(i).get(0)).isEqualTo(exact.get(i).get(0));
      assertThat(answer.get(i).get(2)).isEqualTo(exact.get(i).get(2));
      assertThat(answer.get(i).getDouble(1)).isCloseTo(exact.get(i).getDouble(1), within(15.0));
    }
  }

  /** One draw, whoever uses it and however often: all rows and places see one number. */
  @Test
  void theSameSubqueryTwice_isDrawnOnce_andChargedOnce() {
    port.analystSession().conf().set("spark.sallyport.query.epsilon", "0.5");
    List<Row> rows =
        port.sql(
            "SELECT ward, (SELECT sum(cost) FROM rules.pure) - s.t AS d, (SELECT sum(cost) FROM"
                + " rules.pure) AS e FROM wards CROSS JOIN (SELECT (SELECT sum(cost) FROM"
                + " rules.pure) AS t) s ORDER BY (SELECT sum(cost) FROM rules.pure), ward");

    assertThat(rows).hasSize(10).extracting(row -> row.get(1)).containsOnly(0.0);
    assertThat(rows).extracting(row -> row.get(2)).containsOnly(rows.get(0).get(2));
    assertThat(costs()).last().isEqualTo("epsilon 0.5");
    port.sql("SELECT sum(cost) FROM rules.pure");
    assertThat(costs()).last().as("alone it has a name of its own").isNotEqualTo("epsilon 1");
  }

  @Test
  void sameQuestion_hasTheSameAnswer_andCostsOnce() {
    String query =
        "SELECT count(*) FROM rules.pure WHERE cost > (SELECT avg(cost) FROM rules.pure)";
    port.analystSession().conf().set("spark.sallyport.query.epsilon", "0.4");

    List<Row> first = port.sql(query);
    assertThat(costs()).last().as("both together").isEqualTo("epsilon 0.4");
    port.newAnalystSession();
    port.analystSession().conf().set("spark.sallyport.query.epsilon", "0.4");

    assertThat(port.sql(query)).isEqualTo(first);
    assertThat(costs()).last().isEqualTo("nothing: released before");
  }

  @Test
  void explanation_namesBoth() {
    List<Explanation> lines =
        port.explain(
            "SELECT count(*) FROM rules.pure WHERE age > (SELECT avg(age) FROM rules.pure)");

    assertThat(lines).hasSize(2).allMatch(line -> line.verdict().equals("RELEASE"));
    assertThat(lines.get(0).obligation()).contains("avg(").contains("price: epsilon 50");
    assertThat(lines.get(1).obligation()).contains("count(1)").contains("price: epsilon 50");
  }

  /** Each point is judged by its own frame's rule, and what is exact is so for those alone. */
  @Test
  void composedRules_judgeBothPoints() {
    String query = "SELECT count(*) FROM %1$s WHERE cost > (SELECT avg(cost) FROM %2$s)";
    long exact = port.plain(query.formatted("raw_patients", "raw_patients")).get(0).getLong(0);

    assertThat(port.as(Port.LEE, query.formatted("rules.either", "rules.either")).get(0).getLong(0))
        .isEqualTo(exact);
    for (String frames : List.of("rules.either rules.both", "rules.both rules.pure")) {
      Object[] names = frames.split(" ");
      List<Explanation> lines = port.explain(query.formatted(names));
      assertThat(lines).extracting(Explanation::frame).contains((String) names[0]);
      assertThat(lines).extracting(Explanation::frame).contains((String) names[1]);
      assertThat(port.sql(query.formatted(names)).get(0).getLong(0))
          .isBetween(exact - 9, exact + 9);
    }
    assertThatThrownBy(() -> port.sql(query.formatted("rules.pure", "strict.patients")))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void overExactAggregates_isWhatSparkComputes() {
    String query =
        "SELECT count(*) - (SELECT count(*) FROM %1$s WHERE sex = 'F') FROM %1$s WHERE age > (SELECT"
            + " avg(age) FROM %1$s)";

    assertThat(port.sql(query.formatted("patients")))
        .isEqualTo(port.plain(query.formatted("raw_patients")));
  }

  @Test
  void ofABlacklistedColumn_isWiped() {
    List<Row> rows =
        port.sql(
            "SELECT (SELECT avg(least(greatest(age, 0), 99)) FROM loud.wiped) AS a, (SELECT avg(least("
                + "greatest(age, 0), 99)) FROM loud.wiped) + 1 AS b, (SELECT count(*) FROM loud.wiped) > 0 AS c");

    assertThat(rows.get(0).get(0)).isNull();
    assertThat(rows.get(0).get(1)).isNull();
    assertThat(rows.get(0).get(2)).isEqualTo(true);
    assertThat(
            port.sql(
                    "SELECT count(*) FROM loud.patients WHERE age > (SELECT"
                        + " avg(least(greatest(age, 0), 99)) FROM loud.wiped)")
                .get(0)
                .getLong(0))
        .as("nothing is greater than NULL")
        .isBetween(-3L, 3L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM loud.patients WHERE cost > (SELECT cost FROM loud.patients)",
        "SELECT count(*) FROM loud.patients WHERE cost > (SELECT cost FROM loud.patients LIMIT 1)",
        "SELECT count(*) FROM loud.patients WHERE cost > (SELECT max(ward) FROM wards GROUP BY title)",
        "SELECT count(*) FROM loud.patients WHERE ward = (SELECT ward FROM wards)",
        "SELECT count(*) FROM loud.patients p WHERE cost > (SELECT days FROM loud.stays s WHERE"
            + " s.patient_id = p.patient_id)",
        "SELECT count(*) FROM loud.patients p WHERE EXISTS (SELECT 1 FROM loud.stays s WHERE s.days > 4)",
        "SELECT count(*) FROM loud.patients WHERE ward IN (SELECT unit_of_care FROM loud.stays)",
        "SELECT count(*) FROM loud.patients WHERE age > 3 OR ward NOT IN (SELECT ward FROM wards)",
        "SELECT count(*) FROM loud.patients p JOIN loud.stays s ON p.patient_id = s.patient_id AND"
            + " s.days > (SELECT avg(days) FROM loud.stays)",
        "SELECT ward FROM wards LIMIT (SELECT count(*) FROM loud.stays)",
        "SELECT count(*) FROM loud.patients, LATERAL (SELECT avg(days) FROM loud.stays)",
        "SELECT (SELECT count(*) FROM raw_patients)",
        "SELECT (SELECT reflect('java.lang.System', 'exit', '1'))",
        "SELECT (SELECT max(name) FROM loud.patients)",
        "SELECT (SELECT sum(skewed) FROM loud.patients)",
        "SELECT age - (SELECT avg(age) FROM loud.patients) FROM loud.patients",
        "SELECT count(*) FROM loud.patients WHERE age > (SELECT avg(days) FROM loud.other)",
        "SELECT count(*) FROM loud.patients WHERE age > (SELECT count(*) FROM no.such)",
      })
  void whatIsNoReleasedValue_isRefused(String query) {
    int charged = costs().size();

    assertThatThrownBy(() -> port.sql(query)).isInstanceOf(RefusedException.class);
    assertThat(costs()).hasSize(charged);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ward IN (SELECT ward FROM wards) OR age > 3|by AND only",
        "ward > (SELECT ward FROM wards)|aggregate without GROUP BY",
        "age > (SELECT w.ward FROM wards w WHERE w.ward = p.ward)|aggregate without GROUP BY",
      })
  void refusal_saysWhatWouldPass(String condition, String remedy) {
    assertThatThrownBy(() -> port.sql("SELECT count(*) FROM loud.patients p WHERE " + condition))
        .hasMessageContaining("RELATION_NOT_ALLOWED")
        .hasMessageContaining(remedy);
  }

  /** A name in such a text would be looked up in the session's catalog, not among the frames. */
  @Test
  void expressionText_holdsNoSubquery() {
    assertThatThrownBy(() -> AdmitText.expression("cost > (SELECT avg(cost) FROM raw_patients)"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("RELATION_NOT_ALLOWED");
  }

  private static List<String> costs() {
    return port.audited().stream().flatMap(record -> record.cost().stream()).toList();
  }

  private static double number(Row row) {
    return ((Number) row.get(0)).doubleValue();
  }
}
