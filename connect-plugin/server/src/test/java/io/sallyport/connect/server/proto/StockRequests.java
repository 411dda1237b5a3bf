package io.sallyport.connect.server.proto;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.stddev;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkproject.connect.protobuf.Message;

/** What an analyst does with the stock client, by name, and the requests that come of it. */
final class StockRequests {

  static final StructType COLUMNS =
      new StructType()
          .add("text", "string")
          .add("small", "tinyint")
          .add("short", "smallint")
          .add("number", "int")
          .add("long", "bigint")
          .add("single", "float")
          .add("real", "double")
          .add("flag", "boolean")
          .add("day", "date")
          .add("cost", "decimal(10,2)")
          .add("at", "timestamp")
          .add("local", "timestamp_ntz");

  private static final Map<String, List<Message>> ALL = capture();

  private StockRequests() {}

  /** Every request, of whatever call. */
  static List<Message> all() {
    return ALL.values().stream().flatMap(List::stream).toList();
  }

  /** The names of what is admitted. */
  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  static List<Message> of(String name) {
    return ALL.get(name);
  }

  /** The executions and analyses among the requests of an action. */
  static List<Message> plans(String name) {
    return of(name).stream()
        .filter(sent -> sent instanceof ExecutePlanRequest || sent instanceof AnalyzePlanRequest)
        .toList();
  }

  static ExecutePlanRequest execution(String name) {
    return (ExecutePlanRequest) plans(name).get(0);
  }

  private static Map<String, List<Message>> capture() {
    try (StockClient client = new StockClient()) {
      Map<String, List<Message>> all = new LinkedHashMap<>();
      actions(client.session())
          .forEach(
              (name, result) -> all.put(name, client.sent(() -> result.get().collectAsList())));
      Dataset<Row> stays = client.session().table("stays");
      all.put("show", client.sent(() -> stays.groupBy("k").count().show()));
      all.put("show all", client.sent(() -> stays.groupBy("k").count().show(5, false)));
      all.put("count", client.sent(stays::count));
      all.put("first", client.sent(stays::first));
      all.put("take", client.sent(() -> stays.take(3)));
      all.put("isEmpty", client.sent(stays::isEmpty));
      all.put("schema", client.sent(() -> client.session().table("other").printSchema()));
      all.put("version", client.sent(() -> client.session().version()));
      return all;
    }
  }

  private interface Query {
    Dataset<?> get();
  }

  private static Map<String, Query> actions(SparkSession session) {
    Dataset<Row> stays = session.table("stays");
    Map<String, Query> actions = new LinkedHashMap<>();
    actions.put("table", () -> session.table("hospital.stays"));
    actions.put("read table", () -> session.read().table("stays"));
    actions.put("select", () -> stays.select("a", "b"));
    actions.put("select columns", () -> stays.select(columns(stays)));
    actions.put("filter text", () -> stays.filter("a > 1"));
    actions.put("filter column", () -> stays.filter(col("a").gt(1).and(col("b").isin("x", "y"))));
    actions.put("withColumn", () -> stays.withColumn("x", col("a").cast("double")));
    actions.put("withColumnRenamed", () -> stays.withColumnRenamed("x", "y"));
    actions.put("drop", () -> stays.drop("y").drop(col("z")));
    actions.put("join using", () -> stays.join(session.table("q"), "id"));
    actions.put("join expression", () -> joined(stays, session.table("q")));
    actions.put("cross join", () -> stays.crossJoin(session.table("q")));
    actions.put("union", () -> stays.union(stays));
    actions.put("unionByName", () -> stays.unionByName(stays));
    actions.put("aggregate", () -> stays.groupBy("k").agg(avg("a"), measures()));
    actions.put("group count", () -> stays.groupBy(col("k")).count());
    actions.put("orderBy", () -> stays.orderBy(col("a").desc(), col("b")).limit(3).offset(1));
    actions.put("sql", () -> session.sql("SELECT 1 FROM q"));
    actions.put("local rows", () -> session.createDataFrame(rows(), COLUMNS));
    actions.put("no local rows", () -> session.createDataFrame(List.of(), COLUMNS));
    actions.put("range", () -> session.range(1, 10, 2, 3).as("r").toDF("x"));
    actions.put("alias", () -> stays.as("p").select("p.a"));
    actions.put("distinct", stays::distinct);
    actions.put("dropDuplicates", () -> stays.dropDuplicates("a"));
    actions.put("subquery", () -> stays.filter(col("a").gt(average(session))));
    actions.put("subqueries", () -> stays.select(average(session), average(session).plus(1)));
    actions.put("describe", () -> stays.select("a", "b").describe("a", "`b.c`"));
    actions.put("describe all", stays::describe);
    actions.put("sample", () -> stays.sample(0.1));
    actions.put("sample with replacement", () -> stays.sample(true, 2.5, 7));
    actions.put("randomSplit", () -> stays.randomSplit(new double[] {0.7, 0.2, 0.1})[2]);
    actions.put("crosstab", () -> stays.stat().crosstab("a", "b"));
    actions.put("summary", () -> stays.summary("count", "MEAN", "12.5%").filter("summary = 'x'"));
    actions.put("selectExpr", () -> stays.selectExpr("a + 1 AS b"));
    return actions;
  }

  private static org.apache.spark.sql.Column[] columns(Dataset<Row> stays) {
    return new org.apache.spark.sql.Column[] {
      col("*"),
      stays.col("c"),
      col("a").plus(1).as("d"),
      expr("a + 1"),
      lit(1.5),
      lit("x"),
      lit(null),
      lit(true),
      lit((byte) 1),
      lit((short) 1),
      lit(1L),
      lit(1f),
      lit(new BigDecimal("1.20")),
      lit(Date.valueOf("2020-01-01")),
      lit(Instant.EPOCH),
      lit(LocalDateTime.of(2020, 1, 1, 0, 0)),
      when(col("a").gt(1), 2).otherwise(3),
      col("a").try_cast("int"),
      col("a").cast(DataTypes.createDecimalType(10, 2)),
      col("a").isNotNull()
    };
  }

  private static org.apache.spark.sql.Column average(SparkSession session) {
    return session.table("other").agg(avg("b")).scalar();
  }

  private static Dataset<Row> joined(Dataset<Row> stays, Dataset<Row> other) {
    return stays.join(other, stays.col("id").equalTo(other.col("id")), "left");
  }

  private static org.apache.spark.sql.Column[] measures() {
    return new org.apache.spark.sql.Column[] {
      sum("b").alias("s"), count("c"), countDistinct("d"), stddev("e"), count(lit(1)), count("*")
    };
  }

  private static List<Row> rows() {
    return List.of(
        RowFactory.create(
            "x\u00e9",
            (byte) 1,
            (short) 2,
            3,
            4L,
            5f,
            6d,
            true,
            Date.valueOf("2020-01-01"),
            new BigDecimal("-1.25"),
            new Timestamp(0),
            LocalDateTime.of(2020, 1, 1, 0, 0)),
        RowFactory.create(null, null, null, null, null, null, null, null, null, null, null, null),
        RowFactory.create(
            "",
            (byte) -1,
            (short) -2,
            -3,
            -4L,
            Float.NaN,
            -6d,
            false,
            Date.valueOf("1969-12-31"),
            new BigDecimal("99999999.99"),
            new Timestamp(-1),
            LocalDateTime.of(1, 1, 1, 0, 0)));
  }
}
