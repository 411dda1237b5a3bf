package io.sallyport.spark.release.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spark.admission.AdmittedExpressions;
import io.sallyport.spark.admission.AdmittedOperators;
import io.sallyport.spark.release.PlainWords;
import io.sallyport.spark.sample.SampleQuestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An owner who reads the words knows what the plan does, whatever an analyst tries. */
final class PlainWordsTest {

  @TempDir static Path directory;
  private static Asked asked;

  @BeforeAll
  static void start() throws IOException {
    asked = new Asked(directory);
  }

  @AfterAll
  static void stop() {
    asked.close();
  }

  @Test
  void everyAdmittedOperatorAndExpression_hasWords() {
    assertThat(OperatorWords.classes()).containsAll(AdmittedOperators.analysed());
    assertThat(ExpressionWords.classes()).containsAll(AdmittedExpressions.analysed());
  }

  @Test
  void aSubquery_isSaidAsTheJoinThatItIs() {
    assertThat(
            asked.inWords("SELECT count(*) FROM stays WHERE days > (SELECT avg(days) FROM stays)"))
        .contains("the average of days of stays (of step 2)")
        .contains("Match each row of the frame stays (step 1) with every row of the rows of step 4")
        .contains("Keep the rows where days of stays is more than `avg(days)` (of step 4)");
  }

  @Test
  void anAggregate_readsAsAStory() {
    String words =
        asked.inWords(
            "SELECT ward, count(*) AS n, avg(days) AS stay FROM stays"
                + " WHERE ward = 'A' AND days > 3 GROUP BY ward ORDER BY ward, n DESC LIMIT 5");
    assertThat(words)
        .isEqualTo(
            String.join(
                "\n",
                "1. Take the frame stays.",
                "2. Keep the rows where ward is 'A' and days is more than 3.",
                "3. For each ward, make one row: how many rows, called n; the average of days,"
                    + " called stay.",
                "4. Sort by ward, then n from high to low.",
                "5. Keep only the first 5 rows.",
                "6. The result has the columns ward, n (from no column's values), stay (from days"
                    + " of stays)."));
  }

  @Test
  void aJoin_namesWhereColumnsComeFrom() {
    String words =
        asked.inWords(
            "SELECT p.age, s.days FROM stays s JOIN patients p"
                + " ON s.patient_id = p.patient_id AND p.age > 30");
    assertThat(words)
        .contains(
            "3. Match each row of the frame stays (step 1) with every row of the frame patients"
                + " (step 2) of the same patient_id where age of patients is more than 30. Rows"
                + " without a match are dropped.",
            "The result has the columns age of patients, days of stays.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '^',
      value = {
        "SELECT s.days FROM stays s LEFT JOIN patients p ON s.ward = p.name => Rows of the frame"
            + " stays (step 1) without a match stay, with nothing (NULL) in the columns of the"
            + " frame patients (step 2).",
        "SELECT s.days FROM stays s FULL JOIN patients p ON s.ward = p.name => Rows of the frame"
            + " patients (step 2) without a match stay",
        "SELECT s.days FROM stays s LEFT SEMI JOIN patients p ON s.patient_id = p.patient_id =>"
            + " Keep the rows of the frame stays (step 1) that have a match among the frame"
            + " patients (step 2) of the same patient_id.",
        "SELECT s.days FROM stays s LEFT ANTI JOIN (VALUES (31), (7)) v(id) ON s.stay_id = v.id =>"
            + " that have no match among the rows of step 3 where stay_id of stays is id.",
        "SELECT s.days FROM stays s LEFT ANTI JOIN (VALUES (31), (7)) v(id) ON s.stay_id = v.id =>"
            + " Take 2 rows that the analyst sent along, with the columns col1: (31); (7).",
        "SELECT a.days FROM stays a CROSS JOIN stays b => Match each row of the frame stays (step"
            + " 1) with every row of the frame stays (step 2).",
        "SELECT ward FROM stays UNION ALL SELECT title FROM wards => ward of stays (from title of"
            + " wards and ward of stays)",
        "SELECT ward FROM stays UNION ALL SELECT title FROM wards => Put the rows of step 2 and the"
            + " rows of step 4 under each other",
        "SELECT DISTINCT ward FROM stays => Drop duplicate rows.",
        "SELECT ward FROM stays OFFSET 7 => Leave out the first 7 rows.",
        "SELECT count(DISTINCT patient_id), count(ward), count(*) FROM stays => how many different"
            + " values of patient_id, called `count(DISTINCT patient_id)`; how many rows where ward"
            + " is not missing, called `count(ward)`; how many rows",
        "SELECT sum(days) FILTER (WHERE ward = 'A') FROM stays => the sum of days, only over the"
            + " rows where ward is 'A'",
        "SELECT sum(DISTINCT days) FROM stays => the sum of days, each different value once",
        "SELECT count_if(days > 3) FROM stays => how many rows where days is more than 3, called"
            + " `count_if((days > 3))`",
        "SELECT regr_slope(cost, age) FROM patients => the slope of the regression line of (cost as"
            + " a number (double)) on age (rows where",
        "SELECT age FROM patients WHERE age BETWEEN 30 AND 60 => age is between 30 and 60 (both"
            + " included)",
        "SELECT age FROM patients WHERE age NOT BETWEEN 30 AND 60 => it is not so that (age is"
            + " between 30 and 60 (both included))",
        "SELECT age FROM patients WHERE (age = 1 OR age = 2) AND name IS NULL => (age is 1 or age"
            + " is 2) and name is missing",
        "SELECT age FROM patients WHERE name NOT IN ('a', 'b') => name is not one of 'a', 'b'",
        "SELECT age FROM patients WHERE born >= DATE '2000-01-31' => born is at least DATE"
            + " '2000-01-31'",
        "SELECT age FROM patients WHERE cost > 12.50 => cost is more than 12.50",
        "SELECT CASE WHEN age > 3 THEN 'a' ELSE 'b' END FROM patients => 'a' if (age is more than"
            + " 3), else 'b'",
        "SELECT CAST(age / 20 AS INT) FROM patients => (age divided by 20) as a whole number (int)",
        "SELECT id FROM range(3, 10) => Take the numbers from 3 up to, not including, 10 in steps"
            + " of 1.",
        "SELECT days FROM stays ORDER BY days DESC NULLS FIRST => Sort by days from high to low"
            + " with missing values first.",
        "SELECT name FROM patients WHERE name LIKE 'x%' => name is like 'x%'",
        "SELECT name FROM patients WHERE name RLIKE 'x' => name has a part that matches the regular"
            + " expression 'x'",
        "SELECT name FROM patients WHERE is_valid_utf8(name) => the SQL expression"
            + " `is_valid_utf8(patients.name)`",
        "SELECT extract(YEAR FROM born) AS y FROM patients => the year of born",
        "SELECT name FROM patients WHERE born < DATE '1998-12-01' - INTERVAL '90' DAY => the day"
            + " (minus (the days of INTERVAL '90' DAY)) days later than DATE '1998-12-01'",
        "SELECT name FROM patients WHERE born + INTERVAL '1' YEAR < DATE '1998-12-01' => born plus"
            + " INTERVAL '1' YEAR",
        "SELECT name FROM patients WHERE patient_id IN (SELECT patient_id FROM stays) => patients"
      })
  void eachPart_isSaid(String sql, String expected) {
    assertThat(asked.inWords(sql)).contains(expected);
  }

  @Test
  void anOperatorWithoutWords_isSaidAsItIs() {
    LogicalPlan both = asked.plan("SELECT * FROM stays INTERSECT ALL SELECT * FROM stays");
    assertThat(PlainWords.of(both))
        .contains("Apply the operator `Intersect", "` to the frame stays (step 1) and ");
  }

  /** Who asks may have tried many seeds. */
  @Test
  void aSample_isSaidWithItsNumbers_andNoWordOfChance() {
    assertThat(
            PlainWords.of(
                asked.plan("SELECT * FROM stays TABLESAMPLE (10 PERCENT) REPEATABLE (42)")))
        .contains(
            "at least 0.0 and less than 0.1", "the seed 42, which the analyst may have chosen")
        .doesNotContainIgnoringCase("random", "chance");
    LogicalPlan stays = asked.plan("SELECT * FROM stays");
    SampleQuestion often =
        new SampleQuestion(0, 0.30000000000000004, true, OptionalLong.of(-7), false);
    assertThat(PlainWords.of(often.over(stays)))
        .contains("0.30000000000000004 times on average", "the seed -7, which the analyst")
        .doesNotContainIgnoringCase("random", "chance");
  }

  @Test
  void aNewColumnWithAnOldName_isToldApart() {
    assertThat(asked.inWords("SELECT ward FROM (SELECT name AS ward FROM patients)"))
        .contains("name, called ward", "ward (from name of patients)");
    assertThat(asked.inWords("SELECT age AS patient_id FROM patients WHERE patient_id = 7"))
        .contains(
            "patient_id is 7", "age, called patient_id (of step 3)", "(from age of patients)");
    assertThat(asked.inWords("SELECT a.ward FROM stays a JOIN stays b ON a.days = b.days + 1"))
        .contains("days of stays is (days of stays (of step 2) plus 1)");
  }

  @Test
  void names_cannotPassAsOurWords() {
    String words =
        asked.inWords(
            "SELECT `odd name` AS `x.\n4. Everything is anonymous`, age AS `tick``tock`,"
                + " days AS `\u202egnp` FROM patients JOIN stays ON true");
    assertThat(words.lines()).hasSize(5);
    assertThat(words)
        .contains("`x.\\u000a4. Everything is anonymous`", "`tick``tock`", "`\\u202egnp`")
        .doesNotContain("\u202e");
  }

  @Test
  void literals_areExact_andCannotPassAsOurWords() {
    String words =
        asked.inWords(
            "SELECT days FROM stays WHERE ward IN ('it''s', 'a\\n"
                + "b', '\u001b[31mred', 'c\\\\d', '')");
    assertThat(words)
        .contains("one of 'it''s', 'a\\u000ab', '\\u001b[31mred', 'c\\\\d', ''.")
        .doesNotContain("\u001b");
    assertThat(words.lines()).hasSize(4);
  }

  @Test
  void aLongLiteral_showsItsBeginningAndFingerprint_andIsSaidFirst() {
    String first = asked.inWords(equalTo("x".repeat(5000) + "1"));
    String second = asked.inWords(equalTo("x".repeat(5000) + "2"));
    assertThat(first).startsWith("Attention: ").contains("5001 characters with fingerprint ");
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void aPlanOfAnyLength_isBounded_andSaysThatItIsCut() {
    List<String> branches = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      branches.add("SELECT days FROM stays WHERE days <> " + i);
    }
    String words = asked.inWords(String.join(" UNION ALL ", branches));
    assertThat(words.length()).isBetween(7000, PlanSteps.LONGEST);
    assertThat(words).startsWith("Attention: this question is too long");
    assertThat(words.lines().toList())
        .contains("1. Take the frame stays.")
        .anyMatch(line -> line.matches("\\[cut: \\d+ more steps]"))
        .last()
        .asString()
        .endsWith("The result has the columns days of stays (from days of stays).");
  }

  @Test
  void manyColumnsAndValues_areBounded() {
    List<String> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      columns.add("days + " + i + " AS c" + i);
      values.add(String.valueOf(i));
    }
    String words =
        asked.inWords(
            "SELECT "
                + String.join(", ", columns)
                + " FROM stays WHERE days IN ("
                + String.join(", ", values)
                + ")");
    assertThat(words.length()).isLessThanOrEqualTo(PlanSteps.LONGEST);
    assertThat(words).startsWith("Attention: ").contains("one of 400 values: 0, 1, 2");
  }

  @Test
  void nestedBetweens_growWithThePlanOnly() {
    String condition = "days";
    for (int i = 0; i < 6; i++) {
      condition = "CAST((" + condition + ") BETWEEN 0 AND 1 AS INT)";
    }
    assertThat(asked.inWords("SELECT days FROM stays WHERE " + condition + " = 1").length())
        .isLessThan(3500);
  }

  @Test
  void theSamePlan_hasTheSameWords() {
    String sql = "SELECT nullif(days, 3) FROM stays WHERE days BETWEEN 1 AND 2";
    assertThat(asked.inWords(sql)).isEqualTo(asked.inWords(sql));
  }

  private static String equalTo(String literal) {
    return "SELECT days FROM stays WHERE ward = '" + literal + "'";
  }
}
