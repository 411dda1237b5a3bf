package io.sallyport.examples.tpcds;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * TPC-DS's 24 tables as Parquet. Customers are the people: of {@code customer}, and of what they
 * bought and brought back. All else is public.
 *
 * @param folder of all of them
 */
record TpcdsTables(Path folder) {

  /** The column of the customer in each table that is governed. */
  static final Map<String, String> UNITS =
      Map.of(
          "customer", "c_customer_sk",
          "store_sales", "ss_customer_sk",
          "store_returns", "sr_customer_sk",
          "catalog_sales", "cs_bill_customer_sk",
          "catalog_returns", "cr_returning_customer_sk",
          "web_sales", "ws_bill_customer_sk",
          "web_returns", "wr_returning_customer_sk");

  /** The primary keys of the specification. */
  static final Map<String, String> KEYS =
      Map.of(
          "store_sales", "ss_item_sk,ss_ticket_number",
          "store_returns", "sr_item_sk,sr_ticket_number",
          "catalog_sales", "cs_item_sk,cs_order_number",
          "catalog_returns", "cr_item_sk,cr_order_number",
          "web_sales", "ws_item_sk,ws_order_number",
          "web_returns", "wr_item_sk,wr_order_number");

  /** Writes generated rows. A session of its own, because ours are sealed. */
  void write(TpcdsSource source, Map<String, String> settings) {
    SparkSession.Builder builder =
        new SparkSession.Builder()
            .appName("TPC-DS")
            .master("local[2]")
            .config("spark.ui.enabled", false);
    settings.forEach(builder::config);
    Map<String, List<Row>> rows = new TpcdsRows(source).all();
    try (SparkSession spark = builder.getOrCreate()) {
      source.tables().forEach((table, columns) -> save(spark, table, columns, rows.get(table)));
    }
  }

  private void save(SparkSession spark, String table, StructType columns, List<Row> rows) {
    spark
        .createDataFrame(rows, columns)
        .coalesce(1)
        .write()
        .mode("overwrite")
        .parquet(folder(table).toString());
  }

  /** The folder of each table. */
  Map<String, Path> folders(TpcdsSource source) {
    Map<String, Path> folders = new TreeMap<>();
    source.tables().keySet().forEach(name -> folders.put(name, folder(name)));
    return folders;
  }

  private Path folder(String table) {
    return folder.toAbsolutePath().resolve(table);
  }
}
