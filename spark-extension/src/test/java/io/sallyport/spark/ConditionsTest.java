package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.decision.RefusalCode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A condition inside an aggregate is a filter: who meets it and who does not count as groups. */
final class ConditionsTest {

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    port = Port.openInterpreting(directory, Map.of());
  }

  @AfterAll
  static void close() {
    port.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count_if(sex = 'F') FROM %spatients",
        "SELECT count(*) FILTER (WHERE sex = 'F') FROM %spatients",
        "SELECT count(CASE WHEN sex = 'F' THEN 1 END) FROM %spatients",
        "SELECT count(CASE WHEN sex = 'F' THEN 0 END) FROM %spatients",
        "SELECT sum(CASE WHEN sex = 'F' THEN cost END) FROM %spatients",
        "SELECT sum(CASE WHEN sex = 'F' THEN cost ELSE 0 END) FROM %spatients",
        "SELECT sum(IF(sex = 'F', cost, age)) FROM %spatients",
        "SELECT avg(cost) FILTER (WHERE age > 40) FROM %spatients",
        "SELECT sum(CAST(smoker AS INT)), avg(CAST(smoker AS DOUBLE)) FROM %spatients",
        "SELECT sum(cost * CAST(smoker AS INT)) FROM %spatients",
        "SELECT team % 2, sum(CASE WHEN age < 40 THEN 1 WHEN age < 60 THEN 2 ELSE 3 END)"
            + " FROM %spatients GROUP BY team % 2 ORDER BY 1",
        "SELECT sum(CASE WHEN age BETWEEN 30 AND 50 THEN cost END) FROM %spatients",
        "SELECT count(DISTINCT patient_id) FILTER (WHERE days > 3) FROM %sstays",
        "SELECT count(DISTINCT CASE WHEN days > 3 THEN patient_id END) FROM %sstays",
        "SELECT count(DISTINCT IF(age < 40, sex, NULL)) FROM %spatients",
        "SELECT count(DISTINCT CASE WHEN age < 40 THEN 'young' ELSE sex END) FROM %spatients",
        "SELECT count(DISTINCT age DIV 20) FROM %spatients",
        "SELECT round(stddev(cost) FILTER (WHERE smoker), 6) FROM %spatients",
        "SELECT round(corr(IF(smoker, cost, NULL), age), 6) FROM %spatients",
        "SELECT sum(2 * IF(sex = 'F', cost, 0) + 1) FROM %spatients",
        "SELECT sum(weight) FILTER (WHERE sex = 'M') FROM %spatients",
        "SELECT count_if(age > 0) FROM %spatients",
        "SELECT round(regr_slope(cost, age), 6), regr_count(cost, age), round(regr_r2(cost, age), 6),"
            + " round(regr_intercept(cost, age), 6), round(regr_avgx(cost, age), 6),"
            + " round(regr_sxx(cost, age), 3), round(regr_sxy(cost, age), 3),"
            + " round(regr_syy(cost, age), 3), round(regr_avgy(cost, age), 6) FROM %spatients"
      })
  void conditional_overEnoughPeopleOnBothSides_isWhatSparkComputes(String template) {
    assertThat(port.sql(template.replace("%s", "")).toString())
        .isEqualTo(port.plain(template.replace("%s", "raw_")).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '^',
      value = {
        // one person, by every notation
        "SELECT sum(cost) FILTER (WHERE age = 37 AND ward = 1) FROM patients => SMALL_GROUP",
        "SELECT count(*) FILTER (WHERE rare IS NOT NULL) FROM patients => SMALL_GROUP",
        "SELECT sum(CASE WHEN rare > 1 THEN cost END) FROM patients => SMALL_GROUP",
        "SELECT sum(IF(rare > 1, cost, 0)) FROM patients => SMALL_GROUP",
        "SELECT avg(CASE WHEN rare > 1 THEN cost ELSE NULL END) FROM patients => SMALL_GROUP",
        "SELECT count_if(rare > 1) FROM patients => SMALL_GROUP",
        "SELECT count(DISTINCT patient_id) FILTER (WHERE rare > 1) FROM patients => SMALL_GROUP",
        "SELECT count(DISTINCT CASE WHEN rare > 1 THEN patient_id END) FROM patients => SMALL_GROUP",
        "SELECT sum(CAST(rare > 1 AS INT)) FROM patients => SMALL_GROUP",
        "SELECT sum(cost * CAST(rare IS NOT NULL AS INT)) FROM patients => SMALL_GROUP",
        "SELECT sum(cost * CAST(rare IS NOT NULL AS DOUBLE) + 3) FROM patients => SMALL_GROUP",
        "SELECT stddev(cost * CAST(rare IS NOT NULL AS DOUBLE)) FROM patients => SMALL_GROUP",
        "SELECT corr(cost, CAST(rare IS NOT NULL AS DOUBLE)) FROM patients => SMALL_GROUP",
        "SELECT regr_slope(cost, CAST(rare IS NOT NULL AS DOUBLE)) FROM patients => SMALL_GROUP",
        // nobody reads as one person
        "SELECT count_if(age > 1000) FROM patients => SMALL_GROUP",
        "SELECT sum(cost) FILTER (WHERE age > 1000) FROM patients => SMALL_GROUP",
        "SELECT sum(CASE WHEN age > 1000 THEN 1 ELSE 0 END) FROM patients => SMALL_GROUP",
        "SELECT sum(CASE WHEN age > 0 THEN 0 ELSE 1 END) FROM patients => SMALL_GROUP",
        "SELECT ward, count_if(sex = 'F') FROM patients WHERE ward <> 9 OR ward IS NULL GROUP BY ward => SMALL_GROUP",
        // the complement
        "SELECT count_if(rare IS NULL) FROM patients => SMALL_GROUP",
        "SELECT sum(cost) FILTER (WHERE rare IS NULL) FROM patients => SMALL_GROUP",
        "SELECT sum(CASE WHEN rare IS NULL THEN cost END) FROM patients => SMALL_GROUP",
        "SELECT sum(CASE WHEN rare IS NULL THEN 0 ELSE cost END) FROM patients => SMALL_GROUP",
        // two conditions whose difference isolates
        "SELECT count_if(age >= 30), count_if(age >= 30 AND rare IS NULL) FROM patients => SMALL_GROUP",
        "SELECT sum(cost) FILTER (WHERE age >= 40), sum(cost) FILTER (WHERE age > 40) FROM patients => SMALL_GROUP",
        "SELECT sum(IF(sex = 'F', cost, 0)), sum(IF(sex = 'F' OR rare > 1, cost, 0)) FROM patients => SMALL_GROUP",
        "SELECT sum(IF(sex = 'F', cost, 0)) - sum(IF(sex = 'F' OR rare > 1, cost, 0)) FROM patients => SMALL_GROUP",
        "SELECT sex, count_if(age >= 30), count_if(age >= 30 AND rare IS NULL) FROM patients GROUP BY sex => SMALL_GROUP",
        // several branches of one CASE
        "SELECT sum(CASE WHEN sex = 'F' THEN cost WHEN rare > 1 THEN 0 ELSE 1 END) FROM patients => SMALL_GROUP",
        "SELECT sum(CASE WHEN age < 40 THEN 1 WHEN age = 40 THEN 100000 ELSE 0 END) FROM patients => SMALL_GROUP",
        "SELECT sum(IF(age < 40, IF(rare > 1, 1, 0), 0)) FROM patients => SMALL_GROUP",
        // NULL arguments under a condition
        "SELECT sum(CASE WHEN rare > 1 OR sex = 'F' THEN rare END) FROM patients => SMALL_GROUP",
        "SELECT count(rare) FILTER (WHERE sex = 'M') FROM patients => SMALL_GROUP",
        "SELECT sum(weight) FILTER (WHERE age < 38 AND sex = 'M') FROM patients => SMALL_GROUP",
        // what is no condition that a filter could be, or no value that weighs all alike
        "SELECT sum(cost) FILTER (WHERE patient_id = 7) FROM patients => PREDICATE_NOT_ALLOWED",
        "SELECT count_if(name = 'name 7') FROM patients => PREDICATE_NOT_ALLOWED",
        "SELECT sum(cost * CAST(patient_id = 7 AS INT)) FROM patients => PREDICATE_NOT_ALLOWED",
        "SELECT sum(IF(sex = 'F', cost * age, 0)) FROM patients => AGG_NOT_ALLOWED",
        "SELECT sum(IF(sex = 'F', patient_id, 0)) FROM patients => AGG_NOT_ALLOWED",
        "SELECT count(DISTINCT IF(sex = 'F', age, NULL)) FROM patients => SMALL_GROUP",
        "SELECT count(DISTINCT IF(rare > 1, sex, NULL)) FROM patients => SMALL_GROUP",
        "SELECT count(DISTINCT age DIV 50 + IF(rare > 1, 10, 0)) FROM patients => SMALL_GROUP",
        "SELECT count(DISTINCT IF(sex = 'F', patient_id, age)) FROM patients => AGG_NOT_ALLOWED",
        "SELECT count(DISTINCT IF(patient_id = 7, age, 0)) FROM patients => AGG_NOT_ALLOWED",
        "SELECT count(DISTINCT 1) FROM patients => AGG_NOT_ALLOWED",
        "SELECT sum(c) FROM (SELECT IF(rare > 1, cost, 0) AS c FROM patients) => SMALL_GROUP",
        "SELECT sum(t) FROM (SELECT patient_id, sum(days) FILTER (WHERE stay_id = 31) t FROM stays GROUP BY patient_id) => SMALL_GROUP",
        "SELECT sum(n) FROM (SELECT patient_id, count_if(stay_id = 31) n FROM stays GROUP BY patient_id) => SMALL_GROUP",
        "SELECT max(cost) FILTER (WHERE sex = 'F') FROM patients => AGG_NOT_ALLOWED",
        // numbers that are conditions in disguise
        "SELECT sum(CAST(CAST(cost - 137 AS BOOLEAN) AS INT)) FROM patients => SMALL_GROUP",
        "SELECT sum(CAST(cost / 299 AS INT)) FROM patients => SMALL_GROUP",
        "SELECT sum(CAST(income / 1e9 AS DECIMAL(10,0))) FROM patients => SMALL_GROUP"
      })
  void conditional_thatIsolatesSomebody_isRefused(String sql, RefusalCode code) {
    assertThatThrownBy(() -> port.sql(sql))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal().code()).isEqualTo(code));
  }

  /** What rounds or wraps on a row in Spark is computed on the sums: it singles nobody out. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "sum((income + 1e20) - 1e20) => sum(income)",
        "stddev(cost + 1e18) => stddev(cost)",
        "sum(income * 1e-300 * 1e-20) => sum(income) * 1e-300 * 1e-20",
        "sum(cost * 1e300 * 1e10) => max(CAST(NULL AS DOUBLE))",
        "sum(age * 2147483647) => sum(CAST(age AS BIGINT)) * 2147483647",
        "sum(age * 1000 + (2147483647 - 96999)) =>"
            + " sum(CAST(age AS BIGINT) * 1000 + (2147483647 - 96999))"
      })
  void arithmetic_isDoneOnTheSums(String asked, String meant) {
    assertThat(port.sql("SELECT round(" + asked + ", 6) FROM patients").toString())
        .isEqualTo(port.plain("SELECT round(" + meant + ", 6) FROM raw_patients").toString());
  }

  @Test
  void condition_ofNobodyAndOfOnePerson_readsTheSame() {
    assertThat(Port.withoutCells(refusal("SELECT count_if(age > 1000) FROM patients")))
        .isEqualTo(Port.withoutCells(refusal("SELECT count_if(rare > 1) FROM patients")))
        .contains("a weaker filter or condition");
  }

  @Test
  void group_whereAConditionIsSmall_isLeftOutWhereThePolicySuppresses() {
    String sql = "SELECT ward, count(*), count_if(%s) FROM thinned GROUP BY ward ORDER BY ward";
    assertThat(port.sql(sql.formatted("age < 50")))
        .extracting(row -> row.getInt(0))
        .doesNotContain(9)
        .hasSize(3);
    // Ward 2's condition holds for nobody: its group goes, and no other can be left alone with 9.
    assertThat(port.sql(sql.formatted("age < 50 AND ward <> 2")))
        .extracting(row -> row.getInt(0))
        .doesNotContain(2, 9);
  }

  private static String refusal(String sql) {
    try {
      port.sql(sql);
    } catch (RefusedException e) {
      return e.refusal().text();
    }
    throw new AssertionError("released: " + sql);
  }
}
