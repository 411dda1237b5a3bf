package io.sallyport.examples.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.classic.SparkSession;

/** 10 million visits of a million users under a thousand keys, the same at every run. */
final class VisitsTable {

  private static final long ROWS = 10_000_000;
  private static final int USERS = 1_000_000;
  private static final int KEYS = 1_000;
  private static final int SEED = 42;

  private VisitsTable() {}

  /** Writes the table unless it is there. A session of its own, because ours are sealed. */
  static void writeTo(Path folder) {
    if (Files.exists(folder.resolve("_SUCCESS"))) {
      return;
    }
    try (SparkSession spark =
        new SparkSession.Builder()
            .appName("Visits")
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .getOrCreate()) {
      spark
          .range(0, ROWS)
          .selectExpr(
              "cast(floor(" + uniform(1) + " * " + USERS + ") as bigint) AS user_id",
              "cast(floor(" + uniform(2) + " * " + uniform(2) + " * " + KEYS + ") as int) AS key",
              "round(" + uniform(3) + " * 100, 2) AS spend")
          .write()
          .mode("overwrite")
          .parquet(folder.toString());
    }
  }

  private static String uniform(int column) {
    return "(shiftrightunsigned(xxhash64(id, "
        + column
        + "L, "
        + SEED
        + "L), 11) * 1.1102230246251565E-16D)";
  }
}
