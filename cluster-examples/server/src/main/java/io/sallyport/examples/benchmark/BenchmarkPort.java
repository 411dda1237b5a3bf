package io.sallyport.examples.benchmark;

import io.sallyport.connect.server.plugin.SallyportPlugin;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.spark.Asked;
import io.sallyport.spark.Asking;
import io.sallyport.spark.Installation;
import io.sallyport.spark.PlanBytes;
import io.sallyport.spark.seal.SealRules;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;

/** Sallyport in this JVM, over the table {@code visits} under two policies, and plain Spark. */
final class BenchmarkPort implements AutoCloseable {

  static final Asking ASKING = new Asking(new Principal("ada", Role.ANALYST), "benchmark", "");

  /** No plan is stored here. */
  static final PlanBytes NO_STORED_PLANS =
      stored -> {
        throw new AssertionError("No plan is stored here");
      };

  private final SparkSession analyst;
  private final SparkSession plain;

  private BenchmarkPort(SparkSession analyst, SparkSession plain) {
    this.analyst = analyst;
    this.plain = plain;
  }

  /**
   * The frames {@code visits_by_row} and {@code visits_by_user} over one table, and the same with
   * noise as {@code noisy_by_row} and {@code noisy_by_user}.
   */
  static BenchmarkPort open(Path table, Path store) {
    SparkSession.Builder builder =
        new SparkSession.Builder()
            .appName("Sallyport benchmark")
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 8)
            .config("spark.plugins", SallyportPlugin.class.getName())
            // A hundred operators one below the other are deeper than the usual limit.
            .config("spark.sallyport.limit.plan-depth", 1000)
            .config("spark.sallyport.store", store.toString());
    frame(builder, table, "visits_by_row", "row");
    frame(builder, table, "visits_by_user", "user_id");
    noisy(builder, table, "noisy_by_row", "row");
    noisy(builder, table, "noisy_by_user", "user_id");
    SparkSession analyst = builder.getOrCreate();
    installation().requireReady(analyst);
    // Any other session is sealed, also against files without a policy.
    return new BenchmarkPort(analyst, SealRules.internalSessions().open(analyst));
  }

  private static void noisy(SparkSession.Builder builder, Path table, String name, String unit) {
    frame(builder, table, name, unit);
    String prefix = "spark.sallyport.frame." + name + ".";
    builder
        .config(prefix + "automatic", "dp(epsilon = 1, delta = 1e-8, groups = 5, rows = 3)")
        .config(prefix + "unit-space", name)
        .config(prefix + "column.spend.lower", "0")
        .config(prefix + "column.spend.upper", "100")
        .config("spark.sallyport.budget." + name + ".epsilon", "100000")
        .config("spark.sallyport.budget." + name + ".delta", "0.01");
  }

  private static void frame(SparkSession.Builder builder, Path table, String name, String unit) {
    String prefix = "spark.sallyport.frame." + name + ".";
    builder
        .config(prefix + "path", table.toString())
        .config(prefix + "format", "parquet")
        .config(prefix + "privacy-unit", unit);
  }

  static Installation installation() {
    return Installation.current().orElseThrow();
  }

  SparkSession analyst() {
    return analyst;
  }

  /** From opening the table to rows on the driver, as without Sallyport. */
  List<Row> plain(Path table, String sql) {
    plain.read().parquet(table.toString()).createOrReplaceTempView("visits");
    return plain.sql(sql).collectAsList();
  }

  /** The same as an analyst's query goes; the chamber opens the table anew for each question. */
  List<Row> governed(String sql) {
    LogicalPlan released =
        installation()
            .queries()
            .release(
                analyst,
                new Asked(
                    () -> installation().queries().query(sql, ASKING, NO_STORED_PLANS),
                    id -> new byte[0],
                    ""),
                ASKING);
    return Dataset.ofRows(analyst, released).collectAsList();
  }

  @Override
  public void close() {
    analyst.stop();
  }
}
