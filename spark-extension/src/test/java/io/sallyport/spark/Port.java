package io.sallyport.spark;

import io.sallyport.policy.audit.AuditEntry;
import io.sallyport.policy.audit.AuditLog;
import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.policy.settings.Settings;
import io.sallyport.spark.seal.SealRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;

/** A whole sallyport on a local Spark, without gRPC: a hospital's frames and an analyst. */
public final class Port implements AutoCloseable {

  static final Principal ADA = new Principal("ada", Role.ANALYST);
  static final Principal LEE = new Principal("dr-lee", Role.ANALYST);
  static final Principal OLGA = new Principal("olga", Role.OWNER);

  private final SparkSession base;
  private final SparkSession owners;
  private final Installation installation;
  private final KeptRecords audit = new KeptRecords();
  private SparkSession analyst;

  private Port(SparkSession base, SparkSession owners, Map<String, String> settings) {
    this.base = base;
    this.owners = owners;
    this.installation = Installation.install(Settings.load(settings), audit);
    installation.requireReady(base);
    this.analyst = base.newSession();
  }

  /** Starts Spark, writes the hospital's tables and installs the policies. */
  static Port open(Path directory, Map<String, String> more) {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("port")
            .set("spark.sql.extensions", SallyportExtensions.class.getName())
            .set("spark.ui.enabled", "false")
            .set("spark.sql.shuffle.partitions", "2")
            .set("spark.sql.warehouse.dir", directory.resolve("warehouse").toString());
    PinnedConfs.values().forEach(conf::set);
    SparkSession base =
        new org.apache.spark.sql.classic.SparkSession.Builder().config(conf).getOrCreate();
    SparkSession owners = SealRules.internalSessions().open(base);
    HospitalData.write(owners, directory);
    Map<String, String> settings = new HashMap<>(HospitalData.policies(directory));
    settings.putAll(more);
    return new Port(base, owners, settings);
  }

  SparkSession analystSession() {
    return analyst;
  }

  void newAnalystSession() {
    analyst = base.newSession();
  }

  SparkSession base() {
    return base;
  }

  GovernedQueries queries() {
    return installation.queries();
  }

  List<AuditRecord> audited() {
    return audit.records;
  }

  Asking asking(Principal principal) {
    return new Asking(principal, "00000000-0000-0000-0000-000000000001", "op");
  }

  /** What an analyst gets for SQL text. */
  List<Row> sql(String text) {
    return as(ADA, text);
  }

  List<Row> as(Principal principal, String text) {
    return collect(released(principal, text));
  }

  LogicalPlan released(Principal principal, String text) {
    Asking asking = asking(principal);
    return release(asking, () -> queries().query(analyst, text, asking));
  }

  LogicalPlan release(Asking asking, Supplier<LogicalPlan> parsed) {
    return queries().release(analyst, parsed, asking);
  }

  List<Row> collect(LogicalPlan plan) {
    return Dataset.ofRows(analyst, plan).collectAsList();
  }

  /** What Spark itself answers, on the raw tables. */
  List<Row> plain(String text) {
    return owners.sql(text).collectAsList();
  }

  @Override
  public void close() {
    installation.uninstall();
    base.stop();
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
  }

  private static final class KeptRecords implements AuditLog {
    private final List<AuditRecord> records = new ArrayList<>();

    @Override
    public void append(AuditRecord record) {
      records.add(record);
    }

    @Override
    public List<AuditEntry> read(int limit) {
      List<AuditEntry> entries = new ArrayList<>();
      for (int i = 0; i < records.size(); i++) {
        entries.add(new AuditEntry(i + 1, records.get(i), "0".repeat(64), "0".repeat(64)));
      }
      return entries;
    }

    @Override
    public void close() {}
  }
}
