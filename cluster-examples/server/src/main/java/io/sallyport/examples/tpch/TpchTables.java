package io.sallyport.examples.tpch;

import static org.apache.spark.sql.functions.col;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchColumnType;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * TPC-H's eight tables as Parquet, the same at every run. {@code lineitem} has one column more, the
 * customer of its order: its owner publishes it so.
 *
 * @param folder of all of them
 * @param scale 1 is 6 million items of 150 thousand customers
 */
record TpchTables(Path folder, double scale) {

  static final List<String> GOVERNED = List.of("customer", "orders", "lineitem");
  static final List<String> PUBLIC = List.of("part", "partsupp", "supplier", "nation", "region");

  /** So many parts of each table at scale 1. */
  private static final int MOST_PARTS = 8;

  /** The folder of each table. */
  Map<String, Path> folders() {
    Map<String, Path> folders = new LinkedHashMap<>();
    GOVERNED.forEach(name -> folders.put(name, folder(name)));
    PUBLIC.forEach(name -> folders.put(name, folder(name)));
    return folders;
  }

  Path folder(String table) {
    return folder.toAbsolutePath().resolve(table);
  }

  /**
   * Writes the tables unless they are there. A session of its own, because ours are sealed.
   *
   * @param settings more of Spark's
   */
  void write(Map<String, String> settings) {
    if (Files.exists(folder("region").resolve("_SUCCESS"))) {
      return;
    }
    SparkSession.Builder builder =
        new SparkSession.Builder()
            .appName("TPC-H")
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", parts());
    settings.forEach(builder::config);
    try (SparkSession spark = builder.getOrCreate()) {
      Dataset<Row> orders = generated(spark, TpchTable.ORDERS);
      Dataset<Row> customers = orders.select("o_orderkey", "o_custkey");
      save(generated(spark, TpchTable.CUSTOMER), "customer");
      save(orders, "orders");
      save(
          generated(spark, TpchTable.LINE_ITEM)
              .join(customers, col("l_orderkey").equalTo(col("o_orderkey")))
              .drop("o_orderkey")
              .withColumnRenamed("o_custkey", "l_custkey"),
          "lineitem");
      save(generated(spark, TpchTable.PART), "part");
      save(generated(spark, TpchTable.PART_SUPPLIER), "partsupp");
      save(generated(spark, TpchTable.SUPPLIER), "supplier");
      save(generated(spark, TpchTable.NATION), "nation");
      save(generated(spark, TpchTable.REGION), "region");
    }
  }

  private int parts() {
    return Math.max(1, (int) Math.min(MOST_PARTS, MOST_PARTS * scale));
  }

  private void save(Dataset<Row> rows, String table) {
    rows.write().mode("overwrite").parquet(folder(table).toString());
  }

  private Dataset<Row> generated(SparkSession spark, TpchTable<?> table) {
    String name = table.getTableName();
    int parts = List.of("nation", "region").contains(name) ? 1 : parts();
    double size = scale;
    FlatMapFunction<Long, Row> rows =
        part -> {
          // The table itself cannot be sent to a task; its name can.
          List<TpchColumn<TpchEntity>> columns = columns(TpchTable.getTable(name));
          return StreamSupport.stream(
                  Generators.of(name, size, part.intValue() + 1, parts).spliterator(), false)
              .map(entity -> row(columns, entity))
              .iterator();
        };
    return spark
        .range(0, parts, 1, parts)
        .as(Encoders.LONG())
        .flatMap(rows, Encoders.row(schema(columns(table))));
  }

  @SuppressWarnings("unchecked") // the columns of a table are of the table's rows
  private static List<TpchColumn<TpchEntity>> columns(TpchTable<?> table) {
    return ((TpchTable<TpchEntity>) table).getColumns();
  }

  private static StructType schema(List<TpchColumn<TpchEntity>> columns) {
    StructType schema = new StructType();
    for (TpchColumn<TpchEntity> column : columns) {
      schema = schema.add(column.getColumnName(), type(column.getType()));
    }
    return schema;
  }

  private static DataType type(TpchColumnType type) {
    return switch (type.getBase()) {
      case INTEGER -> DataTypes.IntegerType;
      case IDENTIFIER -> DataTypes.LongType;
      case DATE -> DataTypes.DateType;
      case DOUBLE -> DataTypes.DoubleType;
      case VARCHAR -> DataTypes.StringType;
    };
  }

  private static Row row(List<TpchColumn<TpchEntity>> columns, TpchEntity entity) {
    return RowFactory.create(columns.stream().map(c -> value(c, entity)).toArray());
  }

  private static Object value(TpchColumn<TpchEntity> column, TpchEntity entity) {
    return switch (column.getType().getBase()) {
      case INTEGER -> column.getInteger(entity);
      case IDENTIFIER -> column.getIdentifier(entity);
      case DATE -> Date.valueOf(LocalDate.ofEpochDay(column.getDate(entity)));
      case DOUBLE -> column.getDouble(entity);
      case VARCHAR -> column.getString(entity);
    };
  }
}
