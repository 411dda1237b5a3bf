package io.sallyport.connect.server.attack;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.callUDF;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.connect.server.Governed;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.Refused;
import io.sallyport.policy.decision.RefusalCode;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hostile analyst with the stock client: every road to one person's values, and its refusal. */
@Governed
class QueryAttackTest {

  private final SparkSession ada;
  private final Dataset<Row> people;
  private final Dataset<Row> visits;

  QueryAttackTest(GovernedServer server) {
    this.ada = server.session("ada");
    this.people = ada.table("people");
    this.visits = ada.table("visits");
  }

  @AfterEach
  void stop() {
    ada.stop();
  }

  @Test
  void filterToOnePerson_thenSum() {
    refused(RefusalCode.PREDICATE_NOT_ALLOWED, people.filter("id = 7").agg(sum("income")));
    refused(
        RefusalCode.PREDICATE_NOT_ALLOWED, people.filter(col("id").equalTo(7)).groupBy().count());
    refused(
        RefusalCode.SMALL_GROUP,
        people.filter("age = 27 and income between 1258 and 1260").agg(sum("income")));
  }

  @Test
  void everybodyButFew_isAsSmallAsTheFew() {
    refused(RefusalCode.SMALL_GROUP, people.filter("city <> 'Smallville'").agg(sum("income")));
  }

  @Test
  void smallGroups_whereTheWholeResultAsks() {
    refused(RefusalCode.SMALL_GROUP, people.groupBy("city").agg(avg("income")));
  }

  @Test
  void nobodyAndFew_readTheSame() {
    String nobody = text(people.filter("city = 'Nowhere'").agg(sum("income")));
    String few = text(people.filter("city = 'Smallville'").agg(sum("income")));
    // but for the question's own condition
    assertThat(nobody).contains("'Nowhere'").isEqualTo(few.replace("'Smallville'", "'Nowhere'"));
  }

  @Test
  void functionsThatShowOneValue() {
    for (Column function :
        List.of(
            max("name"),
            min("income"),
            first("name"),
            collect_list("name"),
            expr("median(income)"),
            expr("bool_or(income > 5990)"),
            expr("approx_count_distinct(id)"),
            expr("hll_sketch_agg(name)"))) {
      refused(RefusalCode.AGG_NOT_ALLOWED, people.agg(function));
    }
    refused(RefusalCode.SMALL_GROUP, people.agg(count_distinct(col("income"))));
  }

  @Test
  void conditionsInsideAnAggregate() {
    refused(
        RefusalCode.PREDICATE_NOT_ALLOWED,
        people.agg(sum(when(col("id").equalTo(7), col("income")).otherwise(0))));
    for (Column few :
        List.of(
            sum(when(col("city").equalTo("Smallville"), col("income")).otherwise(0)),
            expr("sum(income * int(city = 'Smallville'))"),
            expr("count(*) FILTER (WHERE city = 'Smallville')"),
            expr("count_if(city <> 'Smallville')"))) {
      assertThatThrownBy(() -> people.agg(few).collectAsList())
          .hasMessageStartingWith("[SALLYPORT.");
    }
  }

  @Test
  void ownRows_doNotPadAGroup() {
    Dataset<Row> few = people.filter("city = 'Smallville'").select("city", "income");
    Dataset<Row> own = ada.range(1000).select(lit("Smallville").as("city"), lit(0.0).as("income"));
    refused(RefusalCode.AGG_NOT_ALLOWED, few.union(own).groupBy("city").agg(sum("income")));
    refused(RefusalCode.SMALL_GROUP, people.union(people).groupBy("city").count());
    refused(
        RefusalCode.UNIT_AMBIGUOUS,
        people
            .filter("city = 'Smallville'")
            .crossJoin(ada.range(100).toDF("n"))
            .agg(sum("income")));
  }

  @Test
  void ownRows_doNotProbeForAPerson() {
    StructType type = new StructType().add("id", DataTypes.LongType);
    Dataset<Row> target = ada.createDataFrame(List.of(RowFactory.create(7L)), type);
    refused(
        RefusalCode.KEY_NOT_ALLOWED,
        people
            .join(target, people.col("id").equalTo(target.col("id")), "left_semi")
            .agg(sum("income")));
    refused(
        RefusalCode.UNIT_LOST,
        target
            .join(people, target.col("id").equalTo(people.col("id")), "left_semi")
            .groupBy()
            .count());
  }

  @Test
  void otherPeoplesRows_doNotHideOne() {
    Dataset<Row> other = people.toDF("i", "n", "c", "a", "w");
    refused(
        RefusalCode.UNIT_AMBIGUOUS,
        people.crossJoin(other).filter("c = 'Smallville'").agg(sum("w")));
    refused(
        RefusalCode.UNIT_AMBIGUOUS,
        people.join(visits, people.col("age").equalTo(visits.col("day"))).agg(sum("income")));
  }

  @Test
  void windowsAndEagerOperators() {
    refused(
        RefusalCode.RELATION_NOT_ALLOWED,
        people.select(max("income").over(Window.partitionBy("id"))));
    Refused.by(RefusalCode.RAW_OUTPUT, () -> people.show());
    Refused.by(RefusalCode.RAW_OUTPUT, () -> people.first());
    Refused.by(RefusalCode.RAW_OUTPUT, () -> people.limit(1).collectAsList());
    for (ThrowingCallable eager :
        List.<ThrowingCallable>of(
            () -> people.transpose().collectAsList(),
            () -> people.groupBy("city").pivot("name").count().schema(),
            () -> people.stat().approxQuantile("income", new double[] {0.5}, 0.0),
            () -> people.stat().crosstab("city", "age").count(),
            () -> people.stat().freqItems(new String[] {"name"}).collectAsList(),
            () -> people.describe().collectAsList(),
            () -> people.tail(1),
            () -> people.sample(0.1).collectAsList(),
            () -> people.observe("o", max("income")).groupBy("age").count().collectAsList())) {
      assertThatThrownBy(eager)
          .message()
          .matches("(?s)\\[SALLYPORT\\.((RELATION|AGG)_NOT_ALLOWED|NONDETERMINISTIC)\\] .*");
    }
  }

  @Test
  void code_isRefused() {
    UDF1<Long, Long> code = x -> x;
    refused(
        RefusalCode.UDF_NOT_ALLOWED, people.select(udf(code, DataTypes.LongType).apply(col("id"))));
    refused(
        RefusalCode.FUNCTION_NOT_ALLOWED,
        people.select(callUDF("reflect", lit("java.lang.System"))));
    refused(RefusalCode.FUNCTION_NOT_ALLOWED, people.select(array(col("name"))));
    refused(RefusalCode.NONDETERMINISTIC, people.filter(rand().lt(0.5)).groupBy().count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parquet.`people`",
        "text.`/etc/hostname`",
        "hidden",
        "spark_catalog.default.hidden",
        "global_temp.x",
        "system.information_schema.tables"
      })
  void tablesThatNoPolicyNames(String name) {
    refused(RefusalCode.SOURCE_NOT_ALLOWED, ada.table(name));
    Refused.by(
        RefusalCode.SOURCE_NOT_ALLOWED,
        () -> ada.sql("SELECT count(*) FROM " + name).collectAsList());
  }

  @Test
  void filesAndOtherSources() {
    Refused.by(
        RefusalCode.SOURCE_NOT_ALLOWED, () -> ada.read().text("/etc/hostname").collectAsList());
    Refused.by(
        RefusalCode.SOURCE_NOT_ALLOWED,
        () -> ada.read().format("jdbc").option("url", "jdbc:h2:mem:x").load().collectAsList());
  }

  @Test
  void sqlThatIsNoQuery() {
    for (String command :
        List.of(
            "DROP TABLE cities",
            "CREATE VIEW v AS SELECT * FROM people",
            "INSERT INTO cities SELECT * FROM cities",
            "CACHE TABLE people",
            "ADD JAR '/x.jar'",
            "SHOW CREATE TABLE people",
            "EXPLAIN SELECT * FROM people",
            "BEGIN SELECT 1; END")) {
      Refused.by(RefusalCode.COMMAND_NOT_ALLOWED, () -> ada.sql(command));
    }
    Refused.by(RefusalCode.CONF_NOT_ALLOWED, () -> ada.sql("SET spark.sql.ansi.enabled=true"));
    Refused.by(
        RefusalCode.FUNCTION_NOT_ALLOWED,
        () ->
            ada.sql("SELECT IDENTIFIER('ref' || 'lect')('java.lang.System', 'getProperty', 'x')"));
    Refused.by(
        RefusalCode.FUNCTION_NOT_ALLOWED,
        () -> ada.sql("SELECT system.builtin.reflect('java.lang.System', 'getProperty', 'x')"));
  }

  @Test
  void writes_areRefused() {
    Refused.by(
        RefusalCode.COMMAND_NOT_ALLOWED,
        () -> visits.groupBy("day").count().write().saveAsTable("t" + UUID.randomUUID()));
    Refused.by(
        RefusalCode.COMMAND_NOT_ALLOWED,
        () -> visits.groupBy("day").count().createOrReplaceGlobalTempView("v"));
  }

  @Test
  void aCastThatFails_quotesNothing() {
    assertThat(
            visits
                .join(people, people.col("id").equalTo(visits.col("person")))
                .filter("cast(city as int) is null")
                .agg(count(lit(1)))
                .collectAsList())
        .containsExactly(RowFactory.create(4000L));
    Refused.by(
        RefusalCode.MAY_FAIL, () -> people.agg(expr("sum(raise_error(name))")).collectAsList());
  }

  private static void refused(RefusalCode code, Dataset<Row> question) {
    Refused.by(code, question::collectAsList);
  }

  private static String text(Dataset<Row> question) {
    return Refused.by(RefusalCode.SMALL_GROUP, question::collectAsList).getMessage();
  }
}
