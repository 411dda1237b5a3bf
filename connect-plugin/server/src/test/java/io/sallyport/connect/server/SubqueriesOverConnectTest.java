package io.sallyport.connect.server;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.RefusalCode;
import java.util.List;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SubqueryExpression.SubqueryType;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** {@code df.scalar()}: the verdicts of the same subqueries in SQL text. */
@Governed
final class SubqueriesOverConnectTest {

  private final GovernedServer server;
  private final SparkSession ada;
  private final Dataset<Row> studied;
  private final Dataset<Row> people;

  SubqueriesOverConnectTest(GovernedServer server) {
    this.server = server;
    this.ada = server.session("ada");
    this.studied = ada.table("studied");
    this.people = ada.table("people");
  }

  @Test
  void aValueOfARelease_mayStandInAColumn_andInAFilter() {
    Column average = studied.agg(avg("cost")).scalar();
    double alone = studied.agg(avg("cost")).collectAsList().get(0).getDouble(0);
    String paid = budget();

    Row row = ada.range(1).select(average.as("a"), average.plus(1).as("b")).collectAsList().get(0);

    assertThat(row.getDouble(0)).isEqualTo(alone);
    assertThat(row.getDouble(1)).isEqualTo(alone + 1);
    assertThat(ada.sql("SELECT (SELECT avg(cost) FROM studied) AS a").collectAsList())
        .as("one release, however it is asked")
        .containsExactly(RowFactory.create(alone));
    assertThat(budget()).isEqualTo(paid);
    Dataset<Row> above = studied.filter(col("cost").gt(average)).agg(count(lit(1)).as("n"));
    long counted = above.collectAsList().get(0).getLong(0);
    assertThat(counted).isBetween(1500L, 2500L);
    assertThat(above.schema().fieldNames()).containsExactly("n");
    String again = budget();
    assertThat(above.collectAsList().get(0).getLong(0)).isEqualTo(counted);
    assertThat(budget()).isEqualTo(again).isNotEqualTo(paid);
  }

  @Test
  void stored_itsNumbersMeetNoOthers() {
    Column average = studied.agg(avg("cost")).scalar();
    Dataset<Row> question = ada.range(1).select(average.as("a"));
    String id = OwnClient.collect(question);

    List<Row> rows = question.collectAsList();
    assertThat(OwnClient.fetch(ada, id)).isEqualTo(rows);
    assertThat(ada.table("results." + id).withColumn("b", average).collectAsList())
        .containsExactly(RowFactory.create(rows.get(0).get(0), rows.get(0).get(0)));
  }

  @Test
  void exactly_itObeysTheThresholds() {
    Column average = people.agg(avg("income")).scalar();
    double exact =
        server
            .owner()
            .read()
            .parquet(server.directory().resolve("people").toString())
            .agg(avg("income"))
            .collectAsList()
            .get(0)
            .getDouble(0);

    assertThat(ada.range(1).select(average).collectAsList().get(0).getDouble(0)).isEqualTo(exact);
    Dataset<Row> few = people.filter("city = 'Smallville'");
    for (Column value : List.of(few.agg(avg("income")).scalar(), few.agg(sum("age")).scalar())) {
      Refused.by(RefusalCode.SMALL_GROUP, () -> ada.range(1).select(value).collectAsList());
      Refused.by(
          RefusalCode.SMALL_GROUP,
          () -> people.groupBy("city").count().withColumn("v", value).collectAsList());
    }
    Refused.by(
        RefusalCode.AGG_NOT_ALLOWED,
        () -> ada.range(1).select(people.agg(max("income")).scalar()).collectAsList());
  }

  @Test
  void rowsOfPeople_areNoValues() {
    for (Dataset<Row> rows :
        List.of(
            people.select("income"),
            people.filter("id = 7").select("income"),
            people.groupBy("city").agg(avg("income")).select("avg(income)"))) {
      Refused.by(
          RefusalCode.RELATION_NOT_ALLOWED,
          () -> ada.range(1).select(rows.scalar()).filter("false").collectAsList());
    }
    Refused.by(
        RefusalCode.RAW_OUTPUT,
        () -> ada.range(1).select(people.select("income").limit(1).scalar()).collectAsList());
    Refused.by(
        RefusalCode.PREDICATE_NOT_ALLOWED,
        () -> ada.range(1).filter(people.filter("id = 7").exists()).collectAsList());
  }

  @Test
  void isinAndExists_areTheJoinsThatTheyAreInSqlText() {
    Dataset<Row> visits = ada.table("visits");
    Dataset<Row> costly = visits.filter("cost > 60").select("person");
    long exact =
        ada.sql(
                "SELECT count(*) FROM people WHERE id IN (SELECT person FROM visits WHERE cost > 60)")
            .collectAsList()
            .get(0)
            .getLong(0);

    assertThat(people.filter(col("id").isin(costly)).count()).isEqualTo(exact);
    assertThat(exact).isBetween(10L, 990L);
    assertThat(people.filter(col("city").isin(ada.table("cities").select("city"))).count())
        .isEqualTo(1000);
    assertThat(people.filter(ada.table("cities").exists()).count()).isEqualTo(1000);
  }

  @Test
  void whatDependsOnTheRowAround_isAJoin_andFollowsItsRules() {
    Column each = studied.filter("person = id").agg(avg("cost")).scalar();

    Refused.by(
        RefusalCode.UNIT_AMBIGUOUS,
        () -> people.filter(col("income").gt(each)).agg(count(lit(1))).collectAsList());
  }

  @Test
  void frames_thatAreNone_areNoneInASubqueryEither() {
    Refused.by(
        RefusalCode.SOURCE_NOT_ALLOWED,
        () -> ada.range(1).select(ada.table("hidden").agg(count(lit(1))).scalar()).collectAsList());
  }

  /** Not one that the stock client sends: a number without any relation. */
  @Test
  void aNumberOfNothing_isRefused() {
    Expression.Builder subquery = Expression.newBuilder();
    subquery
        .getSubqueryExpressionBuilder()
        .setPlanId(5)
        .setSubqueryType(SubqueryType.SUBQUERY_TYPE_SCALAR);
    Relation.Builder plan = Relation.newBuilder();
    plan.getProjectBuilder().setInput(Requests.range()).addExpressions(subquery);
    try (RawClient bob = server.raw("bob")) {
      Refused.with(
          RefusalCode.PARAM_INVALID,
          bob.failure(stub -> stub.executePlan(Requests.execute(Requests.id(), plan.build()))));
      Refused.with(
          RefusalCode.PARAM_INVALID,
          bob.failure(stub -> stub.analyzePlan(Requests.schema(Requests.id(), plan.build()))));
    }
  }

  private String budget() {
    return ada.table("sallyport.budgets").orderBy("account").collectAsList().toString();
  }
}
