package io.sallyport.examples.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/** 10 million visits of a million users under a thousand keys, the same at every run. */
final class VisitsTable {

  private static final long ROWS = 10_000_000;
  private static final int USERS = 1_000_000;
  private static final int KEYS = 1_000;
  private static final int SEED = 42;

  private static final String[] VISITS = {
    "cast(floor(" + uniform(1) + " * " + USERS + ") as bigint) AS user_id",
    "cast(floor(" + uniform(2) + " * " + uniform(2) + " * " + KEYS + ") as int) AS key",
    "round(" + uniform(3) + " * 100, 2) AS spend"
  };

  private VisitsTable() {}

  /** Writes the table unless it is there. A session of its own, because ours are sealed. */
  static void writeTo(Path folder) {
    write(folder, ROWS, VISITS, frame -> frame);
  }

  /** The first of them, in one file. */
  static void writeSome(Path folder, long rows) {
    write(folder, rows, VISITS, frame -> frame.coalesce(1));
  }

  /** A column {@code x} of numbers, in one file. */
  static void writeNumbers(Path folder, long rows) {
    write(folder, rows, new String[] {"id AS x"}, frame -> frame.coalesce(1));
  }

  private static void write(
      Path folder, long rows, String[] columns, UnaryOperator<Dataset<Row>> files) {
    if (Files.exists(folder.resolve("_SUCCESS"))) {
      return;
    }
    try (SparkSession spark =
        new SparkSession.Builder()
            .appName("Visits")
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .getOrCreate()) {
      files
          .apply(spark.range(0, rows).selectExpr(columns))
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
