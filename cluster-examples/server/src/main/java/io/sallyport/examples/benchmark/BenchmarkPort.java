package io.sallyport.examples.benchmark;

import io.sallyport.connect.server.plugin.SallyportPlugin;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.spark.Asked;
import io.sallyport.spark.Asking;
import io.sallyport.spark.BoundViews;
import io.sallyport.spark.Installation;
import io.sallyport.spark.PlanBytes;
import io.sallyport.spark.answer.Explanation;
import io.sallyport.spark.seal.SealRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;

/** Sallyport in this JVM under some policies, without a network, and plain Spark beside it. */
public final class BenchmarkPort implements AutoCloseable {

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
   * Starts Spark under some policies.
   *
   * @param store the directory of what is recorded
   * @param settings keys as in a Spark configuration
   * @param catalogue Parquet files that are tables of Spark's catalogue, by name
   */
  public static BenchmarkPort open(
      Path store, Map<String, String> settings, Map<String, Path> catalogue) {
    SparkSession.Builder builder =
        new SparkSession.Builder()
            .appName("Sallyport benchmark")
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 8)
            .config("spark.plugins", SallyportPlugin.class.getName())
            .config("spark.sallyport.store", store.toString());
    settings.forEach(builder::config);
    SparkSession analyst = builder.getOrCreate();
    // Any other session is sealed, also against files without a policy.
    SparkSession plain = SealRules.internalSessions().open(analyst);
    catalogue.forEach(
        (name, folder) ->
            plain.sql(
                "CREATE TABLE %s USING parquet LOCATION '%s'".formatted(name, folder.toUri())));
    installation().requireReady(analyst);
    return new BenchmarkPort(analyst, plain);
  }

  static Installation installation() {
    return Installation.current().orElseThrow();
  }

  SparkSession analyst() {
    return analyst;
  }

  /** Says how the next questions are to be answered, as an analyst does in a session. */
  public void wish(String key, String value) {
    analyst.conf().set(key, value);
  }

  /**
   * From opening tables to rows on the driver, as without Sallyport.
   *
   * @param tables the folder of each table's Parquet files, by name
   */
  public List<Row> plain(Map<String, Path> tables, String sql) {
    tables.forEach(
        (name, folder) -> plain.read().parquet(folder.toString()).createOrReplaceTempView(name));
    return plain.sql(sql).collectAsList();
  }

  /** The same as an analyst's query goes; the chamber opens the tables anew for each question. */
  public List<Row> governed(String sql) {
    return governed(asked(sql), ASKING);
  }

  /** The same of somebody else, and of what was built already. */
  List<Row> governed(Principal principal, Dataset<Row> question) {
    Asked asked = new Asked(question::logicalPlan, id -> new byte[0], "");
    return governed(asked, new Asking(principal, "benchmark", ""));
  }

  private List<Row> governed(Asked asked, Asking asking) {
    LogicalPlan released = installation().queries().release(analyst, asked, asking);
    return Dataset.ofRows(analyst, released).collectAsList();
  }

  /** A table as an analyst gets it: columns without rows. */
  Dataset<Row> frame(String name) {
    return Dataset.ofRows(
        analyst, installation().queries().frame(name, ASKING, NO_STORED_PLANS, BoundViews.NONE));
  }

  /** What would become of an analyst's query; nothing runs. */
  public List<Explanation> explain(String sql) {
    return installation().handles().explain(analyst, asked(sql), ASKING);
  }

  private static Asked asked(String sql) {
    return new Asked(
        () -> installation().queries().query(sql, ASKING, NO_STORED_PLANS), id -> new byte[0], "");
  }

  @Override
  public void close() {
    analyst.stop();
  }
}
