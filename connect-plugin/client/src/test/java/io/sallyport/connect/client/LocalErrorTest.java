package io.sallyport.connect.client;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.stddev;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sallyport.connect.client.local.LocalError;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans, right and wrong. The channel fails on any call, so every verdict here is a local one. */
final class LocalErrorTest {

  private static final Offline OFFLINE = Offline.silent();

  private static final RemoteLazyFrame STAYS =
      OFFLINE.frame(
          "hospital.stays",
          "stay_id BIGINT, patient BIGINT, ward STRING, days INT, cost DOUBLE, paid DECIMAL(10,2),"
              + " urgent BOOLEAN, admitted DATE, seen TIMESTAMP, tags ARRAY<STRING>,"
              + " prices MAP<STRING,DOUBLE>, home STRUCT<city: STRING, zip: INT>");

  private static final RemoteLazyFrame WARDS =
      OFFLINE.frame("hospital.wards", "ward STRING, beds INT, days STRING, opened DATE");

  /**
   * One plan.
   *
   * @param name what it does
   * @param plan builds it
   * @param error a part of the error's text, or empty when there is none
   */
  record Plan(String name, UnaryOperator<RemoteLazyFrame> plan, String error) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Plan fine(String name, UnaryOperator<RemoteLazyFrame> plan) {
    return new Plan(name, plan, "");
  }

  private static Plan wrong(String name, String error, UnaryOperator<RemoteLazyFrame> plan) {
    return new Plan(name, plan, error);
  }

  static List<Plan> columns() {
    return List.of(
        fine("select", f -> f.select("ward", "days")),
        fine("select, other case", f -> f.select("WARD")),
        fine("select *", f -> f.select("*").select("ward")),
        fine("select qualified", f -> f.select("stays.ward")),
        fine("select fully qualified", f -> f.select("hospital.stays.ward")),
        fine("select a field", f -> f.select("home.city")),
        fine("select quoted", f -> f.select("`ward`")),
        wrong("select unknown", "`wart`. Did you mean `ward`?", f -> f.select("wart")),
        wrong("select dropped", "`ward`", f -> f.drop("ward").select("ward")),
        wrong("select renamed", "`ward`", f -> f.withColumnRenamed("ward", "unit").select("ward")),
        fine("rename", f -> f.withColumnRenamed("ward", "unit").select("unit")),
        fine("rename unknown, as Spark", f -> f.withColumnRenamed("nothing", "unit")),
        fine("drop unknown, as Spark", f -> f.drop("nothing")),
        fine("alias", f -> f.as("s").select("s.ward")),
        wrong("alias replaces", "`nowhere.wart`", f -> f.as("s").select("nowhere.wart")),
        fine("new column", f -> f.withColumn("week", col("days").divide(7)).select("week")),
        wrong("new column of unknown", "`dayz`", f -> f.withColumn("w", col("dayz").divide(7))),
        fine(
            "lateral alias",
            f -> f.select(col("days").as("d"), col("d").multiply(2).as("twice")).select("twice")),
        fine("toDF", f -> f.select("ward", "days").toDF("a", "b").select("a")),
        wrong("toDF arity", "3 names for 2", f -> f.select("ward", "days").toDF("a", "b", "c")),
        fine("sort below a projection", f -> f.select("ward").orderBy("days")),
        wrong("sort by unknown", "`dayz`", f -> f.select("ward").orderBy("dayz")),
        fine("filter below a projection", f -> f.select("ward").filter("days > 3")),
        wrong("distinct, then unknown", "`x`", f -> f.distinct().select("x")),
        wrong("dropDuplicates of unknown", "`patent`", f -> f.dropDuplicates("patent")),
        wrong("twice the same name", "several", f -> f.crossJoin(WARDS).select("ward")));
  }

  static List<Plan> conditions() {
    return List.of(
        fine("filter", f -> f.filter(col("days").gt(3))),
        fine("filter by a boolean", f -> f.filter(col("urgent"))),
        fine("filter by text", f -> f.filter("days > 3 AND ward LIKE 'a%'")),
        fine("filter by null", f -> f.filter(lit(null))),
        wrong("filter by a number", "must be boolean", f -> f.filter(col("days"))),
        wrong("filter by text of a number", "must be boolean", f -> f.filter("days")),
        wrong("filter by arithmetic", "must be boolean", f -> f.filter(col("days").plus(1))),
        wrong("filter by unknown", "`dayz`", f -> f.filter(col("dayz").gt(3))),
        wrong("filter by text of unknown", "`dayz`", f -> f.filter("dayz > 3")),
        wrong("filter by no expression", "no expression", f -> f.filter("days >")),
        wrong("filter by two expressions", "no expression", f -> f.filter("days > 1; days > 2")),
        wrong("and of a number", "must be boolean", f -> f.filter(col("urgent").and(col("days")))),
        fine("case", f -> f.select(when(col("urgent"), 1).otherwise(0).as("u"))),
        wrong("case of a number", "must be boolean", f -> f.select(when(col("days"), 1))),
        wrong("number with date", "cannot be compared", f -> f.filter(col("days").gt(col("seen")))),
        wrong(
            "number with array",
            "cannot be compared",
            f -> f.filter(col("days").equalTo(col("tags")))),
        fine("number with number's text", f -> f.filter(col("days").equalTo("3"))),
        wrong("number with other text", "and is none", f -> f.filter(col("days").gt("three"))),
        wrong("in with other text", "and is none", f -> f.filter(col("days").isin("1", "two"))),
        fine("date with date's text", f -> f.filter(col("admitted").geq("2024-02-29"))),
        wrong("date with no date", "and is none", f -> f.filter(col("admitted").geq("soon"))),
        wrong("date with no such day", "none", f -> f.filter(col("admitted").geq("2023-02-29"))),
        fine("text with text", f -> f.filter(col("ward").equalTo("A1"))),
        fine("lambda", f -> f.select(transform(col("tags"), t -> upper(t)).as("t"))),
        fine("lambda as text", f -> f.select(expr("transform(tags, t -> upper(t)) AS t"))));
  }

  static List<Plan> numbers() {
    return List.of(
        fine("arithmetic", f -> f.select(col("days").multiply(col("cost")).as("x"))),
        wrong("text times number", "must be a number", f -> f.select(col("ward").multiply(2))),
        fine("cast times number", f -> f.select(col("ward").cast("double").multiply(2))),
        wrong("boolean plus number", "must be", f -> f.select(col("urgent").plus(1))),
        wrong("date times number", "must be a number", f -> f.select(col("admitted").multiply(2))),
        fine("date minus date", f -> f.select(col("admitted").minus(col("admitted")))),
        wrong("array plus number", "must be", f -> f.select(col("tags").plus(1))),
        wrong(
            "minus of text",
            "must be a number",
            f -> f.select(org.apache.spark.sql.functions.negate(col("ward")))),
        fine("sum", f -> f.groupBy("ward").agg(sum("days"), avg("cost"), max("admitted"))),
        fine("sum of decimal", f -> f.agg(sum("paid").as("p")).filter(col("p").gt(1))),
        wrong("sum of text", "must be a number", f -> f.agg(sum("ward"))),
        wrong("sum of boolean", "must be a number", f -> f.agg(sum("urgent"))),
        wrong("avg of date", "must be a number", f -> f.groupBy("ward").avg("admitted")),
        wrong("stddev of text", "must be a number", f -> f.agg(stddev("ward"))),
        wrong("min of a map", "ordered", f -> f.agg(min("prices"))),
        wrong("sort by a map", "no order", f -> f.orderBy("prices")),
        fine("year", f -> f.groupBy(year(col("admitted")).as("y")).count().filter("y > 2000")),
        wrong(
            "sum of the sum's text",
            "must be",
            f -> f.select(upper(col("ward")).as("u")).agg(sum("u"))));
  }

  static List<Plan> groups() {
    return List.of(
        fine("count", f -> f.groupBy("ward").count().filter(col("count").gt(10))),
        fine("made-up name", f -> f.groupBy("ward").sum("days").select("ward", "sum(days)")),
        fine("made-up name, quoted", f -> f.groupBy("ward").sum("days").select("`sum(days)`")),
        fine("name that only Spark knows", f -> f.agg(sum(col("days").plus(1))).select("what")),
        wrong("key unknown", "`wart`", f -> f.groupBy("wart").count()),
        wrong("measure unknown", "`dayz`", f -> f.groupBy("ward").sum("dayz")),
        wrong("measured away", "`days`", f -> f.groupBy("ward").count().select("days")),
        fine("sort by the key", f -> f.groupBy("ward").count().orderBy(col("count").desc())),
        wrong("count of unknown", "`x`", f -> f.agg(count(col("x")))),
        wrong("limit", "at least 0", f -> f.limit(-1)),
        wrong("offset", "at least 0", f -> f.offset(-1)),
        fine("limit and offset", f -> f.limit(3).offset(1)));
  }

  static List<Plan> pairs() {
    return List.of(
        fine("join using", f -> f.join(WARDS, "ward").select("ward", "beds")),
        wrong("join using unknown", "`beds`", f -> f.join(WARDS, "beds")),
        wrong("join using other types", "on the right", f -> f.join(DATED, "days")),
        wrong("join type", "join type 'sideways'", f -> f.join(WARDS, List.of("ward"), "sideways")),
        fine("join on", f -> f.join(WARDS, f.col("ward").equalTo(WARDS.col("ward")))),
        fine(
            "join on, then a side's column",
            f -> f.join(WARDS, f.col("ward").equalTo(WARDS.col("ward"))).select(f.col("ward"))),
        wrong("join on a name of both", "several", f -> f.join(WARDS, col("ward").equalTo("a"))),
        wrong("join on a number", "must be boolean", f -> f.join(WARDS, col("beds"))),
        wrong("join on unknown", "`bedz`", f -> f.join(WARDS, col("bedz").gt(1))),
        fine(
            "self join",
            f -> f.as("a").join(f.as("b"), col("a.patient").equalTo(col("b.patient")))),
        fine("semi join", f -> f.join(WARDS, List.of("ward"), "left_semi").select("days")),
        wrong(
            "semi join drops",
            "`beds`",
            f -> f.join(WARDS, List.of("ward"), "left_semi").select("beds")),
        fine("union", f -> f.select("ward").union(WARDS.select("ward"))),
        wrong("union arity", "12 columns, the other 4", f -> f.union(WARDS)),
        wrong("union types", "on one side", f -> f.select("days").union(WARDS.select("opened"))),
        fine(
            "union by name",
            f -> f.select("days", "ward").unionByName(WARDS.select("ward", "days"))),
        wrong(
            "union by name, missing",
            "`beds`",
            f -> f.select("ward").unionByName(WARDS.select("ward", "beds"))),
        wrong(
            "col of unknown",
            "`wart`. Did you mean `ward`?",
            f -> f.filter(f.col("wart").equalTo("a"))));
  }

  private static final RemoteLazyFrame DATED = OFFLINE.frame("dated", "days DATE");

  @ParameterizedTest
  @MethodSource({"columns", "conditions", "numbers", "groups", "pairs"})
  void plan_isWrongHere_orNotAtAll(Plan plan) {
    if (plan.error().isEmpty()) {
      assertThat(plan.plan().apply(STAYS)).isNotNull();
    } else {
      assertThatExceptionOfType(LocalError.class)
          .isThrownBy(() -> plan.plan().apply(STAYS))
          .withMessageContaining(plan.error());
    }
  }

  @Test
  void error_namesTheOperator() {
    assertThatExceptionOfType(LocalError.class)
        .isThrownBy(() -> STAYS.withColumns(Map.of("x", col("nothing"))))
        .satisfies(error -> assertThat(error.operator()).isEqualTo("withColumns"));
  }

  @Test
  void framesOfTwoSessions_areNotCombined() {
    RemoteLazyFrame other = Offline.silent().frame("wards", "ward STRING");

    assertThatExceptionOfType(LocalError.class)
        .isThrownBy(() -> STAYS.join(other, "ward"))
        .withMessageContaining("two sessions");
    assertThatExceptionOfType(LocalError.class).isThrownBy(() -> STAYS.crossJoin(other));
    assertThatExceptionOfType(LocalError.class).isThrownBy(() -> STAYS.select("ward").union(other));
    assertThatExceptionOfType(LocalError.class)
        .isThrownBy(() -> STAYS.select("ward").unionByName(other));
  }
}
