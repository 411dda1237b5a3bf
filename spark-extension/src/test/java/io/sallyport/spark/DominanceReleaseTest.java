package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions, dominance, degrees of freedom and rules for single principals, on the data. */
final class DominanceReleaseTest {

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
        "SELECT sex, sum(cost), avg(cost * 2 + 1) FROM shares GROUP BY sex ORDER BY 1",
        "SELECT ward, count(*) FROM shares WHERE ward <> 9 OR income < 0 GROUP BY ward ORDER BY 1",
        "SELECT count(income) FROM shares",
        "SELECT sum(income) FILTER (WHERE sex = 'F') FROM shares",
        "SELECT sum(cost) FROM halves",
        "SELECT sum(cost - 1000) FROM shares",
        "SELECT sum(-cost) FROM shares",
        "SELECT sum(c / 4) FROM (SELECT cost * 3 AS c FROM shares)"
      })
  void sums_thatNobodyDominates_areReleased(String sql) {
    String raw = sql.replaceAll("FROM (shares|halves)", "FROM raw_patients");
    if (sql.contains("ward <> 9")) {
      assertThatThrownBy(() -> port.sql(sql)).hasMessageContaining("SMALL_GROUP");
    } else {
      assertThat(port.sql(sql).toString()).isEqualTo(port.plain(raw).toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT sum(income) FROM shares",
        "SELECT avg(income) FROM shares",
        "SELECT stddev(income) FROM shares",
        "SELECT corr(income, cost) FROM shares",
        "SELECT regr_avgx(cost, income) FROM shares",
        "SELECT sum(income) FROM halves",
        "SELECT sex, avg(income) FROM shares GROUP BY sex",
        // a constant of the analyst's own hides nobody's share, wherever it is added
        "SELECT sum(income + 1e9) FROM shares",
        "SELECT avg(i) FROM (SELECT income + 1e8 AS i FROM shares)",
        "SELECT avg(i + 5) FROM (SELECT income * 2 + 1e8 AS i FROM shares)",
        "SELECT sum(income * 0.001 + 7) FROM shares",
        // a condition that holds the dominant one, and a group that is split in two
        "SELECT sum(income) FILTER (WHERE sex = 'M') FROM shares",
        "SELECT sum(CASE WHEN sex = 'M' THEN income ELSE cost END) FROM shares",
        "SELECT sum(income), count_if(sex = 'F') FROM shares",
        "SELECT team, sum(income) FROM shares GROUP BY team",
        // rows of nobody's do not count as others' shares
        "SELECT sum(income) FROM (SELECT income FROM shares UNION ALL SELECT 1e9 FROM wards)",
        "SELECT sum(s.income) FROM shares s JOIN (SELECT sex FROM (SELECT 'M' AS sex FROM wards"
            + " UNION ALL SELECT 'F' FROM wards)) w ON s.sex = w.sex",
        "SELECT sum(income) FROM (SELECT patient_id, sum(income) AS income FROM shares GROUP BY"
            + " patient_id)",
        "SELECT sum(income) FROM (SELECT patient_id, max(income) AS income FROM shares GROUP BY"
            + " patient_id)",
        // where somebody has less than nothing, shares are not defined
        "SELECT sum(balance) FROM shares",
        "SELECT sum(-balance) FROM halves",
        "SELECT sum(cost * balance) FROM shares"
      })
  void sums_thatSomebodyDominates_areNot(String sql) {
    assertThatThrownBy(() -> port.sql(sql))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e ->
                assertThat(e.refusal().code())
                    .isIn(
                        sql.contains("* balance") || sql.contains("SELECT 1e9 FROM wards")
                            ? RefusalCode.AGG_NOT_ALLOWED
                            : sql.contains("JOIN (SELECT sex")
                                ? RefusalCode.UNIT_AMBIGUOUS
                                : RefusalCode.SMALL_GROUP));
  }

  @Test
  void dominance_andTooFewPeople_readTheSame() {
    assertThat(Port.withoutCells(refusal(Port.ADA, "SELECT sum(income) FROM shares")))
        .isEqualTo(
            Port.withoutCells(refusal(Port.ADA, "SELECT sum(cost) FROM shares WHERE ward = 9")))
        .contains("or some of them have nearly all of a sum");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "SELECT sum(cost) FROM counted => AGG_NOT_ALLOWED",
        "SELECT count(*), stddev(cost) FROM counted => AGG_NOT_ALLOWED",
        "SELECT regr_count(cost, age) FROM counted => AGG_NOT_ALLOWED",
        "SELECT stddev(rare) FROM loose => SMALL_GROUP",
        // three people of ward 9: a variance of three leaves two degrees of freedom, a regression
        // one
        "SELECT ward, corr(cost, age) FROM loose GROUP BY ward => SMALL_GROUP",
        "SELECT ward, regr_slope(cost, age) FROM loose GROUP BY ward => SMALL_GROUP",
        "SELECT ward, stddev(cost), covar_pop(cost, age) FROM loose GROUP BY ward => SMALL_GROUP",
        "SELECT ward, stddev(weight) FROM loose GROUP BY ward => SMALL_GROUP",
        // ten people of team 5, one fewer than a variance needs by the usual terms
        "SELECT stddev(cost) FROM patients WHERE team = 5 AND age >= 53 => SMALL_GROUP",
        "SELECT stddev(cost) FILTER (WHERE team = 5 AND age >= 53) FROM patients => SMALL_GROUP"
      })
  void functionsAndFreedom_thatTheOwnerDoesNotGrant_areRefused(String sql, RefusalCode code) {
    assertThatThrownBy(() -> port.sql(sql))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal().code()).isEqualTo(code));
  }

  @Test
  void functionsAndFreedom_thatTheOwnerGrants_areReleased() {
    assertThat(port.sql("SELECT count(*), avg(cost) FROM counted")).hasSize(1);
    assertThat(port.sql("SELECT avg(cost) FROM patients WHERE team = 5 AND age >= 53")).hasSize(1);
    assertThat(port.sql("SELECT ward, stddev(cost) FROM loose GROUP BY ward")).hasSize(5);
  }

  @Test
  void alternatives_areChosenForTheAnswerAsAWhole() {
    // 100 people a group, one of whom dominates: the first alternative
    assertThat(port.sql("SELECT sex, sum(income) FROM either GROUP BY sex")).hasSize(2);
    // 50 a ward, nobody dominates: the second
    assertThat(port.sql("SELECT team % 4, sum(cost) FROM either GROUP BY team % 4")).hasSize(4);
    // 50 a ward and dominated: neither, even though most groups meet the second
    assertThat(refusal(Port.ADA, "SELECT team % 4, sum(income) FROM either GROUP BY team % 4"))
        .contains("none of whom dominates a sum by p(10); or at least 60 distinct patient_id");
  }

  @Test
  void rule_forOnePrincipal_isForNobodyElse() {
    String sql = "SELECT ward, sum(cost) FROM either GROUP BY ward";
    assertThat(port.as(Port.LEE, sql)).hasSize(5);
    assertThat(refusal(Port.ADA, sql)).contains("SMALL_GROUP");
    assertThat(refusal(Port.OLGA, sql)).contains("SMALL_GROUP");
  }

  @Test
  void dominatedGroup_whereThePolicySuppresses_isLeftOutWithOthersThatCoverIt() {
    assertThat(port.sql("SELECT team, sum(income) FROM shares_thinned GROUP BY team ORDER BY team"))
        .as("one person has nearly all of any rest that she is in")
        .isEmpty();
    assertThat(port.sql("SELECT team, sum(cost) FROM shares_thinned GROUP BY team")).hasSize(8);
  }

  private static String refusal(Principal principal, String sql) {
    try {
      port.as(principal, sql);
    } catch (RefusedException e) {
      return e.refusal().text();
    }
    throw new AssertionError("released: " + sql);
  }
}
