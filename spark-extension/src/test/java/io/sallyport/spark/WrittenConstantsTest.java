package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.scala.Scala;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Constants that Spark evaluates while it analyses are judged before it does. The sizes here are
 * small: what matters is that they are refused, and in whose words.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WrittenConstantsTest {

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    port = Port.openInterpreting(directory);
  }

  @AfterAll
  static void close() {
    if (port != null) {
      port.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "SELECT * FROM VALUES (repeat('a', 200))|a value of VALUES is computed",
        "SELECT * FROM VALUES ('a' LIKE '%a%')|a value of VALUES is computed",
        "SELECT * FROM VALUES (size(split('aaa', '-')))|a value of VALUES is computed",
        "WITH t AS (SELECT * FROM VALUES (1, lower(lpad('a', 9, 'b')))) SELECT * FROM t|VALUES",
        "SELECT 1 WHERE 1 = (SELECT max(a) FROM VALUES (length('x')) AS v(a))|VALUES",
        "SELECT title FROM wards LIMIT length('aaa')|LIMIT or OFFSET is computed",
        "SELECT title FROM wards LIMIT 1 OFFSET length('a')|LIMIT or OFFSET is computed",
        "SELECT title LIKE repeat('a', 20) FROM wards|argument of like",
        "SELECT title ILIKE repeat('a', 20) FROM wards|argument of like",
        "SELECT substring_index(title, 'a', length('aa')) FROM wards|argument of substring_index",
        "SELECT round(1.5, length('aa'))|argument of round",
        "SELECT date_part(repeat('YEAR', 1), DATE'2020-01-01')|argument of date_part",
        "SELECT ntile(length('aa')) OVER (ORDER BY ward) FROM wards|argument of ntile",
        "SELECT lag(ward, length('a')) OVER (ORDER BY ward) FROM wards|argument of lag",
        "SELECT percentile(ward, length('a')) FROM wards|argument of percentile",
        "SELECT percentile_approx(ward, 0.5, length('a')) FROM wards|argument of percentile_approx",
        "SELECT histogram_numeric(ward, length('aaa')) FROM wards|argument of histogram_numeric",
        "SELECT * FROM wards PIVOT (count(*) FOR title IN (repeat('a', 9)))|PIVOT is computed",
        "SELECT repeat('a', 10001)|repeat with a number",
        "SELECT lpad('a', 10001, 'b')|lpad with a number",
        "SELECT repeat(title, length('a')) FROM wards|repeat with a number",
        "SELECT date_add(DATE'2020-01-01', repeat('1', 10001))|repeat with a number",
        "SELECT approx_count_distinct(ward, 0.009) FROM wards|from 0.01 to 1",
        "SELECT percentile_approx(ward, 0.5, 10001) FROM wards|from 1 to 10000",
        "SELECT histogram_numeric(ward, 1001) FROM wards|from 1 to 1000",
        "SELECT repeat('a', 9) LIKE '%a%'|LIKE of a constant",
        "SELECT date_add(DATE'2020-01-01', if('x' LIKE '%a%b%c%', '1', '2'))|LIKE of a constant",
        "SELECT date_add(DATE'2020-01-01', split('1-1', '(1+)+-')[0])|split of a constant",
        "SELECT date_add(DATE'2020-01-01', if('aaab' RLIKE '(a+)+c', '1', '2'))|rlike of a constant",
        "SELECT date_add(DATE'2020-01-01', regexp_replace('aaab', '(a+)+c', '1'))|of a constant"
      })
  void computedConstants_areRefused(String sql, String words) {
    assertRefused(sql, RefusalCode.PARAM_INVALID, words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "repeat(repeat('a', 1000), 1001)",
        "replace(repeat('a', 1001), 'a', concat(lpad('b', 300, 'c'), 'd'))",
        "concat_ws(repeat(repeat('a', 1000), 600), '', '', '')",
        "date_add(DATE'2020-01-01', concat(repeat(repeat('1', 1000), 600), rpad('1', 10000, '2'),"
            + " repeat(repeat('1', 1000), 600)))"
      })
  void textsOfConstants_areBoundedBeforeAnalysis(String sql) {
    assertRefused("SELECT " + sql, RefusalCode.LIMIT_EXCEEDED, "a million bytes");
  }

  /** The parser of a session would evaluate these cells, were it not told otherwise. */
  @Test
  void cellsOfValues_areNotEvaluatedByTheParser() {
    assertRefused(
        "SELECT * FROM VALUES ('aaab' RLIKE '(a+)+c')", RefusalCode.PARAM_INVALID, "VALUES");
    assertRefused("SELECT * FROM VALUES ('aaab' LIKE '%a%')", RefusalCode.PARAM_INVALID, "VALUES");
  }

  @Test
  void sketches_countAsWhatTheyTake() {
    String many = String.join(", ", Collections.nCopies(130, "approx_count_distinct(ward, 0.01)"));

    assertRefused("SELECT " + many + " FROM wards", RefusalCode.LIMIT_EXCEEDED, "plan-parts");
  }

  /** As Spark Connect's planner makes them, and analyses while it builds. */
  @Test
  void whatIsBuilt_isJudgedBeforeSparkAnalysesIt() {
    for (LogicalPlan built :
        List.of(
            selected("approx_count_distinct", literal(1), literal(0.001)),
            selected("repeat", literal("a"), literal(20_000)))) {
      Asking asking = port.asking(Port.ADA);
      assertThatThrownBy(() -> port.release(asking, () -> built))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.PARAM_INVALID));
      assertThatThrownBy(
              () ->
                  port.release(
                      asking, () -> Dataset.ofRows(port.analystSession(), built).logicalPlan()))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.PARAM_INVALID));
    }
  }

  private static Expression literal(Object value) {
    DataType type =
        value instanceof String
            ? DataTypes.StringType
            : value instanceof Double ? DataTypes.DoubleType : DataTypes.IntegerType;
    return Literal.create(value, type);
  }

  private static LogicalPlan selected(String function, Expression... arguments) {
    Expression call =
        new UnresolvedFunction(
            Scala.seq(List.of(function)),
            Scala.seq(List.of(arguments)),
            false,
            Scala.none(),
            Scala.none(),
            Scala.noElements(),
            false);
    NamedExpression named =
        new Alias(
            call,
            "x",
            NamedExpression.newExprId(),
            Scala.noElements(),
            Scala.none(),
            Scala.noElements());
    return new Project(Scala.seq(List.of(named)), new OneRowRelation());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM VALUES (1, 'a', DATE'2020-01-31', NULL, -1, 1 + 1, 2.5, TRUE)",
        "SELECT * FROM VALUES (CAST('2020-01-01' AS DATE), TIMESTAMP'2020-01-01 10:00:00')",
        "SELECT * FROM VALUES (date('2020-01-01'), to_date('2020-01-02'), 'a' || 'b')",
        "SELECT explode(a) FROM VALUES (array(1, 2)) AS v(a)",
        "SELECT percentile(ward, array(0.25, 0.5)) FROM wards",
        "SELECT percentile_approx(ward, 0.5, 100) FROM wards",
        "SELECT approx_count_distinct(ward, 0.01), approx_count_distinct(ward) FROM wards",
        "SELECT title FROM wards WHERE title LIKE 'W%' ORDER BY 1 LIMIT 1 + 1",
        "SELECT title LIKE '%' || 'a' || '%' FROM wards ORDER BY 1",
        "SELECT lag(ward, 1, -1) OVER (ORDER BY ward), ntile(2) OVER (ORDER BY ward) FROM wards",
        "SELECT * FROM (SELECT ward FROM wards) PIVOT (count(*) FOR ward IN (1 AS a, -2, 1 + 2))",
        "SELECT round(ward / 3, 2), round(ward / 3, -1), date_part('YEAR', DATE'2020-01-01')"
            + " FROM wards ORDER BY 1",
        "SELECT sum(ward) OVER (ORDER BY ward ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING) FROM wards"
            + " ORDER BY 1",
        "SELECT 'abc' LIKE '%b%', repeat('ab', 100)"
      })
  void whatIsWrittenOut_isAnswered(String sql) {
    assertThat(port.sql(sql).toString()).isEqualTo(port.plain(sql).toString());
  }

  private static void assertRefused(String sql, RefusalCode code, String words) {
    assertThatThrownBy(() -> port.sql(sql))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.refusal().code()).isEqualTo(code);
              assertThat(e.refusal().text()).contains(words);
            });
  }
}
