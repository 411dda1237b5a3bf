package io.sallyport.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;

/**
 * A noisy answer of very many groups in this JVM, driver and executor in one: asked, sorted, kept,
 * computed on, read to the end and asked for again. Prints how long each took, and fails when rows
 * are missing. Arguments: how many groups, and a directory.
 */
public final class TenMillionGroups {

  private static final String QUESTION =
      "SELECT g, count(*) AS n, sum(spend) AS s FROM big.spends GROUP BY g";

  private TenMillionGroups() {}

  /** Two people in each group, each in one: with this budget nearly all groups are shown. */
  public static void main(String[] arguments) throws Exception {
    long groups = Long.parseLong(arguments[0]);
    Path directory = Files.createTempDirectory(Path.of(arguments[1]), "groups");
    timed("write " + 2 * groups + " rows", () -> write(groups, directory));
    try (Port port = Port.open(directory, settings(directory), confs(directory))) {
      LogicalPlan released = timed("release", () -> port.released(Port.ADA, QUESTION));
      List<Row> top =
          timed(
              "having, order by, limit",
              () ->
                  Dataset.ofRows(port.analystSession(), released)
                      .where("n > 1")
                      .orderBy("s", "g")
                      .limit(3)
                      .collectAsList());
      long rows = timed("all rows, one after the other", () -> read(port, released));
      long again = timed("released before", () -> read(port, port.released(Port.ADA, QUESTION)));
      System.out.println("rows " + rows + ", again " + again + ", the first " + top);
      long heap = Runtime.getRuntime().maxMemory() >> 20;
      System.out.println("in a heap of " + heap + " MiB");
      if (rows < groups * 9 / 10 || again != rows) {
        throw new AssertionError("Rows are missing");
      }
    }
  }

  private static Map<String, String> settings(Path directory) {
    Map<String, String> keys = new HashMap<>();
    String frame = "spark.sallyport.frame.big.spends.";
    keys.put(frame + "path", directory.resolve("big").toString());
    keys.put(frame + "format", "parquet");
    keys.put(frame + "privacy-unit", "person");
    keys.put(frame + "unique-unit", "true");
    keys.put(frame + "unit-space", "big");
    keys.put(frame + "automatic", "dp(epsilon = 100, delta = 0.001)");
    keys.put(frame + "column.spend.lower", "0");
    keys.put(frame + "column.spend.upper", "100");
    keys.put("spark.sallyport.budget.big.epsilon", "1000000");
    keys.put("spark.sallyport.budget.big.delta", "0.1");
    keys.put("spark.sallyport.limit.result-rows", "20000000");
    keys.put("spark.sallyport.limit.result-bytes", "4000000000");
    keys.put("spark.sallyport.limit.artifact-bytes-per-principal", Long.toString(1L << 36));
    return keys;
  }

  private static Map<String, String> confs(Path directory) {
    return Map.of(
        "spark.sql.shuffle.partitions",
        "64",
        "spark.local.dir",
        directory.resolve("local").toString());
  }

  private static Path write(long groups, Path directory) {
    Path table = directory.resolve("big");
    SparkSession spark =
        new SparkSession.Builder()
            .master("local[2]")
            .appName("groups")
            .config("spark.ui.enabled", false)
            .getOrCreate();
    spark
        .sql(
            "SELECT id AS person, concat('the group of number ', lpad(CAST(id % "
                + groups
                + " AS STRING), 12, '0')) AS g, CAST(id % 97 AS DOUBLE) AS spend FROM range("
                + 2 * groups
                + ")")
        .write()
        .parquet(table.toString());
    spark.stop();
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
    return table;
  }

  private static long read(Port port, LogicalPlan released) {
    Iterator<Row> rows = Dataset.ofRows(port.analystSession(), released).toLocalIterator();
    long count = 0;
    while (rows.hasNext()) {
      rows.next();
      count++;
    }
    return count;
  }

  private interface Work<T> {
    T done() throws Exception;
  }

  private static <T> T timed(String what, Work<T> work) throws Exception {
    long start = System.nanoTime();
    T done = work.done();
    System.out.printf("%s: %.1f s%n", what, (System.nanoTime() - start) / 1e9);
    return done;
  }
}
