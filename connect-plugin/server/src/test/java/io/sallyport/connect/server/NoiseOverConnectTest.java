package io.sallyport.connect.server;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.release.NoiseWish;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Differentially private answers for a stock client, with all that lies between. */
@Governed
final class NoiseOverConnectTest {

  private final GovernedServer server;

  NoiseOverConnectTest(GovernedServer server) {
    this.server = server;
  }

  @Test
  void explainingIsFree_andTellsThePrice() {
    SparkSession ada = server.session("ada");
    String before = budget(ada);

    List<Row> lines =
        ada.sql(
                "EXPLAIN PRIVACY SELECT day, count(*), avg(cost) FROM studied WHERE cost > 1 GROUP BY day")
            .collectAsList();

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).<String>getAs("frame")).isEqualTo("studied");
    assertThat(lines.get(0).<String>getAs("verdict")).isEqualTo("RELEASE");
    assertThat(lines.get(0).<String>getAs("obligation"))
        .contains("price: epsilon 1", "95 % within", "all 7 declared groups are shown", "left: ");
    assertThat(budget(ada)).isEqualTo(before);
  }

  @Test
  void whatIsRefused_isExplainedToo_andCommandsAreNot() {
    SparkSession ada = server.session("ada");

    List<Row> lines = ada.sql("explain privacy\nSELECT * FROM studied").collectAsList();
    assertThat(lines).extracting(row -> row.<String>getAs("verdict")).containsOnly("REFUSE");
    assertThat(ada.sql("EXPLAIN PRIVACY SELECT 1").collectAsList()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EXPLAIN PRIVACY DROP TABLE cities",
        "EXPLAIN PRIVACY EXPLAIN PRIVACY SELECT 1",
        "EXPLAIN PRIVACY CALL sallyport.approve('r-1')",
        "EXPLAIN PRIVACY",
        "EXPLAIN SELECT * FROM studied",
      })
  void onlyQueriesAreExplained(String text) {
    Refused.by(
        RefusalCode.COMMAND_NOT_ALLOWED, () -> server.session("ada").sql(text).collectAsList());
  }

  @Test
  void theSameQuestion_isAnsweredTheSame_andPaidOnce() {
    SparkSession ada = server.session("ada");
    Dataset<Row> question =
        ada.table("studied").groupBy("day").agg(count(lit(1)), avg("cost")).orderBy("day");

    List<Row> first = question.collectAsList();
    String paid = budget(ada);

    assertThat(question.collectAsList()).isEqualTo(first).hasSize(7);
    SparkSession later = server.session("ada");
    assertThat(
            later
                .table("studied")
                .groupBy("day")
                .agg(count(lit(1)), avg("cost"))
                .orderBy("day")
                .collectAsList())
        .isEqualTo(first);
    assertThat(budget(later)).isEqualTo(paid);
  }

  @Test
  void intervals_areColumns_alsoOfTheSchema() {
    SparkSession ada = server.session("ada");
    ada.conf().set(NoiseWish.INTERVALS, "true");
    Dataset<Row> question = ada.table("studied").agg(count(lit(1)).as("n"), avg("cost").as("c"));

    Row row = question.collectAsList().get(0);

    assertThat(question.schema().fieldNames())
        .containsExactly("n", "c", "n_low", "n_high", "c_low", "c_high");
    assertThat(row.schema().fieldNames()).isEqualTo(question.schema().fieldNames());
    assertThat(row.<Double>getAs("c"))
        .isBetween(row.<Double>getAs("c_low"), row.<Double>getAs("c_high"));
  }

  @Test
  void handles_areFetchedWithIntervalsAndWithout_howeverTheyWereCollected() {
    SparkSession ada = server.session("ada");
    String query = "SELECT day, count(*) AS n FROM studied WHERE cost < 77 GROUP BY day ORDER BY 1";
    List<Row> plain = ada.sql(query).collectAsList();
    String narrow = OwnClient.collect(ada.sql(query));
    ada.conf().set(NoiseWish.INTERVALS, "true");
    List<Row> wide = ada.sql(query).collectAsList();
    String collected = OwnClient.collect(ada.sql(query));

    assertThat(OwnClient.fetch(ada, collected)).isEqualTo(wide);
    assertThat(OwnClient.fetch(ada, narrow)).isEqualTo(wide);
    ada.conf().unset(NoiseWish.INTERVALS);
    assertThat(OwnClient.fetch(ada, collected)).isEqualTo(plain);
    assertThat(OwnClient.fetch(ada, narrow)).isEqualTo(plain);
  }

  @Test
  void aWishForLess_costsLess() {
    SparkSession ada = server.session("ada");
    ada.conf().set(NoiseWish.EPSILON, "0.25");

    String words =
        ada.sql("EXPLAIN PRIVACY SELECT count(*) FROM studied")
            .collectAsList()
            .get(0)
            .getAs("obligation");

    assertThat(words).contains("price: epsilon 0.25");
  }

  @Test
  void dataFrames_mayRollUp_unpivot_andRankEachPersonsRows() {
    SparkSession ada = server.session("ada");
    Dataset<Row> studied = ada.table("studied");

    assertThat(studied.rollup("day").agg(count(lit(1)).as("n")).collectAsList()).isNotEmpty();
    assertThat(studied.cube("day").agg(count(lit(1)).as("n")).collectAsList()).isNotEmpty();
    Column rank = row_number().over(Window.partitionBy("person").orderBy("cost"));
    assertThat(
            studied
                .withColumn("rank", rank)
                .filter("rank = 1")
                .agg(count(lit(1)))
                .collectAsList()
                .get(0)
                .getLong(0))
        .isBetween(900L, 1100L);
    Column[] ids = {col("person")};
    Column[] values = {col("cost"), col("day").cast("double")};
    assertThat(
            studied
                .unpivot(ids, values, "name", "value")
                .groupBy("name")
                .agg(count(lit(1)).as("n"))
                .collectAsList())
        .hasSize(2);
  }

  /**
   * An audit from end to end: what leaves the server has the noise that was announced, no less. The
   * answer's distance from the truth is at most 95 times of 100 within the announced width, and its
   * variance is that of the announced noise.
   */
  @Test
  void theNoiseOfAnswers_isTheOneThatWasAnnounced() {
    SparkSession ada = server.session("ada");
    List<Double> errors = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      // Another question each time, about the same rows: it is drawn anew.
      long answer =
          ada.sql("SELECT count(*) FROM studied WHERE cost < " + (1000 + i))
              .collectAsList()
              .get(0)
              .getLong(0);
      errors.add(answer - 4000.0);
    }

    double variance = errors.stream().mapToDouble(e -> e * e).average().orElseThrow();
    // A count of at most 4 rows of each at epsilon 1: discrete Laplace of scale 4, variance 32.
    // Of 40 draws the mean square is below 8 or above 120 once in a million times.
    assertThat(variance).isBetween(8.0, 120.0);
    assertThat(errors.stream().distinct().count()).as("drawn anew each time").isGreaterThan(5);
  }

  private static String budget(SparkSession session) {
    return session.table("sallyport.budgets").orderBy("account").collectAsList().toString();
  }
}
