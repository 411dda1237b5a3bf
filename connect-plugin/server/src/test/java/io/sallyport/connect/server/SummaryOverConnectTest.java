package io.sallyport.connect.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sallyport.connect.protocol.Request;
import io.sallyport.policy.decision.RefusalCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** {@code describe} and {@code summary} of a stock client. */
@Governed
final class SummaryOverConnectTest {

  private final GovernedServer server;
  private final SparkSession ada;

  SummaryOverConnectTest(GovernedServer server) {
    this.server = server;
    this.ada = server.session("ada");
  }

  @Test
  void describe_isAnsweredWithNoise_inSparksShape() {
    Dataset<Row> described = ada.table("studied").describe("cost");

    List<Row> rows = described.collectAsList();

    Dataset<Row> exact = raw("visits").describe("cost");
    assertThat(described.schema()).isEqualTo(exact.schema());
    assertThat(rows).isNotEqualTo(exact.collectAsList());
    assertThat(names(rows)).containsExactly("count", "mean", "stddev", "min", "max");
    assertThat(number(rows, 0)).isBetween(3600.0, 4400.0);
    assertThat(number(rows, 1)).isBetween(45.0, 65.0);
    assertThat(number(rows, 3)).isBetween(0.0, 54.0);
    assertThat(number(rows, 4)).isBetween(54.0, 100.0);
  }

  @Test
  void summary_isPaidOnce_andARepeatIsFree() {
    String before = budget(ada);
    Dataset<Row> summary = ada.table("studied").filter("cost > 20").select("cost").summary();

    List<Row> first = summary.collectAsList();
    String paid = budget(ada);

    assertThat(paid).isNotEqualTo(before);
    assertThat(names(first))
        .containsExactly("count", "mean", "stddev", "min", "25%", "50%", "75%", "max");
    assertThat(number(first, 4)).isLessThanOrEqualTo(number(first, 5));
    assertThat(number(first, 5)).isLessThanOrEqualTo(number(first, 6));
    SparkSession later = server.session("ada");
    assertThat(later.table("studied").filter("cost > 20").select("cost").summary().collectAsList())
        .isEqualTo(first);
    assertThat(summary.collectAsList()).isEqualTo(first);
    assertThat(budget(later)).isEqualTo(paid);
  }

  @Test
  void inALongerPlan_itIsAReleaseLikeAnyOther() {
    Dataset<Row> described = ada.table("studied").describe("cost");
    List<Row> rows = described.collectAsList();
    String paid = budget(ada);

    assertThat(described.filter(described.col("summary").equalTo("mean")).collectAsList())
        .containsExactly(rows.get(1));
    List<Row> twice = new ArrayList<>(rows);
    twice.addAll(rows);
    assertThat(described.union(described).collectAsList()).isEqualTo(twice);
    assertThat(described.union(ada.table("studied").describe("cost")).collectAsList())
        .isEqualTo(twice);
    assertThat(
            described
                .join(described.withColumnRenamed("cost", "again"), "summary")
                .filter("cost = again")
                .collectAsList())
        .hasSize(5);
    assertThat(described.describe("cost").filter("summary = 'count'").collectAsList())
        .containsExactly(RowFactory.create("count", "5"));
    described.show();
    assertThat(budget(ada)).isEqualTo(paid);
  }

  @Test
  void whatItCosts_isExplained_free() {
    String before = budget(ada);
    Dataset<Row> question = ada.table("studied").filter("cost > 33").describe("cost");

    List<Row> lines = OwnClient.call(ada, Request.ExplainPrivacy.of(OwnClient.relation(question)));

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).<String>getAs("verdict")).isEqualTo("RELEASE");
    assertThat(lines.get(0).<String>getAs("obligation")).contains("price: epsilon 1");
    assertThat(budget(ada)).isEqualTo(before);
  }

  @Test
  void stored_itIsAFrame_besideItsOwnQuestion() {
    Dataset<Row> studied = ada.table("studied");
    Dataset<Row> question = studied.filter(studied.col("cost").gt(44)).describe("cost");
    String id = OwnClient.collect(question);
    List<Row> rows = question.collectAsList();

    assertThat(OwnClient.fetch(ada, id)).isEqualTo(rows);
    Dataset<Row> stored = ada.table("results." + id);
    assertThat(stored.collectAsList()).isEqualTo(rows);
    assertThat(
            stored
                .join(question, stored.col("summary").equalTo(question.col("summary")))
                .filter(stored.col("cost").equalTo(question.col("cost")))
                .collectAsList())
        .hasSize(5);
  }

  @Test
  void missingBounds_areNamed_andNothingIsCharged() {
    String before = budget(ada);

    Throwable refused =
        Refused.by(
            RefusalCode.MISSING_BOUNDS, () -> ada.table("studied").describe().collectAsList());

    assertThat(refused).hasMessageContaining("day").hasMessageContaining("column.<name>.lower");
    assertThat(budget(ada)).isEqualTo(before);
    assertThat(ada.table("studied").describe().schema().fieldNames())
        .as("the schema is public")
        .containsExactly("summary", "person", "day", "cost");
  }

  @Test
  void hostileArguments_areRefused() {
    Dataset<Row> studied = ada.table("studied");
    for (String name : List.of("foo", "150%", "-5%", "25%) FROM people --", "NaN%")) {
      Refused.by(RefusalCode.PARAM_INVALID, () -> studied.summary("count", name).collectAsList());
    }
    for (String column : List.of("none", "`cost", "people.age", "cost) FROM people --")) {
      Refused.by(RefusalCode.PARAM_INVALID, () -> studied.describe(column).collectAsList());
    }
    String[] many = new String[129];
    Arrays.fill(many, "mean");
    Refused.by(RefusalCode.LIMIT_EXCEEDED, () -> studied.summary(many).collectAsList());
    assertThat(studied.select("cost").summary("mean", "mean", "MEAN").collectAsList()).hasSize(3);
  }

  @Test
  void ofPublicTables_andOwnRows_itIsSparksOwn() {
    assertThat(ada.table("cities").describe().collectAsList())
        .isEqualTo(server.owner().table("cities").describe().collectAsList());
    StructType type =
        new StructType()
            .add("a.b", DataTypes.DoubleType)
            .add("text", DataTypes.StringType)
            .add("flag", DataTypes.BooleanType);
    List<Row> rows =
        List.of(
            RowFactory.create(1.5, "7", true),
            RowFactory.create(null, "x", false),
            RowFactory.create(4.0, null, null));
    assertThat(ada.createDataFrame(rows, type).summary().collectAsList())
        .isEqualTo(
            server
                .owner()
                .createDataFrame(rows, type)
                .toDF("ab", "text", "flag")
                .summary()
                .collectAsList());
    assertThat(ada.createDataFrame(rows, type).describe("`a.b`").schema().fieldNames())
        .containsExactly("summary", "a.b");
  }

  @Test
  void underThresholds_theExtremesAreRefused_andMomentsAreNot() {
    Dataset<Row> people = ada.table("people");

    Refused.by(RefusalCode.AGG_NOT_ALLOWED, () -> people.describe("age").collectAsList());
    Refused.by(RefusalCode.AGG_NOT_ALLOWED, () -> people.select("age").summary().collectAsList());
    List<Row> answer = people.select("age").summary("count", "mean").collectAsList();
    assertThat(number(answer, 0)).isEqualTo(1000.0);
    Refused.by(
        RefusalCode.SMALL_GROUP,
        () -> people.filter("city = 'Smallville'").select("age").summary("mean").collectAsList());
  }

  @Test
  void beforeOwners_itIsTheExactTable() {
    Dataset<Row> described = ada.table("asked").describe("age", "income");

    OwnClient.procedure(server.session("olga"), "approve", OwnClient.pending(described));

    List<Row> exact = raw("people").describe("age", "income").collectAsList();
    List<Row> rows = described.collectAsList();
    assertThat(names(rows)).isEqualTo(names(exact));
    for (int row : new int[] {0, 3, 4}) {
      assertThat(rows.get(row)).isEqualTo(exact.get(row));
    }
    assertThat(number(rows, 1)).isCloseTo(number(exact, 1), within(1e-6));
  }

  private Dataset<Row> raw(String name) {
    return server.owner().read().parquet(server.directory().resolve(name).toString());
  }

  private static List<String> names(List<Row> rows) {
    return rows.stream().map(row -> row.getString(0)).toList();
  }

  private static double number(List<Row> rows, int row) {
    return Double.parseDouble(rows.get(row).getString(1));
  }

  private static String budget(SparkSession session) {
    return session.table("sallyport.budgets").orderBy("account").collectAsList().toString();
  }
}
