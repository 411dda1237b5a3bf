package io.sallyport.spark.weather;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.policy.audit.AuditLog;
import io.sallyport.policy.audit.FileAuditLog;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.settings.Settings;
import io.sallyport.spark.Asked;
import io.sallyport.spark.Asking;
import io.sallyport.spark.Installation;
import io.sallyport.spark.PinnedConfs;
import io.sallyport.spark.PlanBytes;
import io.sallyport.spark.SallyportExtensions;
import io.sallyport.spark.answer.DurableState;
import io.sallyport.spark.answer.Handle;
import io.sallyport.spark.seal.SealRules;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;

/** A whole server, without gRPC: its durable state is in a directory that outlives it. */
final class ClinicServer implements AutoCloseable {
  private final SparkSession base;
  private final DurableState durable;
  private final AuditLog audit;
  private final Installation installation;

  private ClinicServer(
      SparkSession base, DurableState durable, AuditLog audit, Installation installation) {
    this.base = base;
    this.durable = durable;
    this.audit = audit;
    this.installation = installation;
  }

  /** A Spark that starts as fast as one can. */
  static SparkSession spark(Path directory, int cores) {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[" + cores + "]")
            .setAppName("clinic")
            .set("spark.sql.extensions", SallyportExtensions.class.getName())
            .set("spark.ui.enabled", "false")
            .set("spark.sql.shuffle.partitions", "1")
            .set("spark.sql.codegen.wholeStage", "false")
            .set("spark.sql.codegen.factoryMode", "NO_CODEGEN") // compiling takes most of a start
            .set("spark.sql.warehouse.dir", directory.resolve("warehouse").toString());
    PinnedConfs.values().forEach(conf::set);
    SparkSession base =
        new org.apache.spark.sql.classic.SparkSession.Builder().config(conf).getOrCreate();
    Clinic.write(SealRules.internalSessions().open(base), directory);
    return base;
  }

  /** Serves from a directory. */
  static ClinicServer open(SparkSession base, Path directory, Map<String, String> more) {
    Map<String, String> keys = new HashMap<>(Clinic.settings(directory));
    keys.putAll(more);
    Settings settings = Settings.load(keys);
    DurableState durable = DurableState.open(settings, new Configuration(), Clock.systemUTC());
    return open(base, settings, durable, FileAuditLog.open(audit(directory)));
  }

  /** Serves from what is open already. */
  static ClinicServer open(
      SparkSession base, Settings settings, DurableState durable, AuditLog audit) {
    Installation installation = Installation.install(settings, audit, durable, () -> settings);
    try {
      installation.requireReady(base);
    } catch (RuntimeException | Error e) {
      installation.uninstall();
      throw e;
    }
    return new ClinicServer(base, durable, audit, installation);
  }

  static Path audit(Path directory) {
    return directory.resolve("store").resolve("audit");
  }

  SparkSession session() {
    return base.newSession();
  }

  DurableState durable() {
    return durable;
  }

  AuditLog audit() {
    return audit;
  }

  /** The rows of a query. */
  List<Row> ask(SparkSession session, String sql, Asking asking) {
    return rows(session, installation.queries().release(session, asked(sql, asking), asking));
  }

  Handle collect(SparkSession session, String sql, Asking asking) {
    return installation.handles().collect(session, asked(sql, asking), asking);
  }

  /** The rows of a stored result. */
  List<Row> fetch(SparkSession session, String artifact, Asking asking) {
    return rows(
        session, installation.handles().fetch(session, artifact, "", asking, plans(asking)));
  }

  /** {@code CALL sallyport.<what>}. */
  ApprovalRequest call(String what, Asking asking) {
    return installation
        .queries()
        .command(session(), "CALL sallyport." + what, asking, plans(asking))
        .orElseThrow()
        .decided()
        .orElseThrow();
  }

  static Asking asking(Principal principal, String operation) {
    return new Asking(principal, "00000000-0000-0000-0000-000000000001", operation);
  }

  private Asked asked(String sql, Asking asking) {
    byte[] bytes = sql.getBytes(UTF_8);
    return new Asked(() -> plans(asking).plan(bytes), id -> bytes, "");
  }

  private PlanBytes plans(Asking asking) {
    return stored -> installation.queries().query(new String(stored, UTF_8), asking, plans(asking));
  }

  private static List<Row> rows(SparkSession session, LogicalPlan plan) {
    return Dataset.ofRows(session, plan).collectAsList();
  }

  /** Stops serving; Spark goes on. */
  void stop() {
    installation.uninstall();
    durable.close();
    audit.close();
  }

  @Override
  public void close() {
    stop();
    base.stop();
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
  }
}
