package io.sallyport.spark;

import io.sallyport.policy.audit.AuditEntry;
import io.sallyport.policy.audit.AuditLog;
import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.settings.Settings;
import io.sallyport.spark.answer.DurableState;
import io.sallyport.spark.answer.Explanation;
import io.sallyport.spark.answer.Procedures;
import io.sallyport.spark.seal.SealRules;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
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
  static final Principal OTTO = new Principal("otto", Role.OWNER);

  private static final PlanBytes NO_STORED_PLANS =
      stored -> {
        throw new AssertionError("No plan is stored here");
      };

  private final SparkSession base;
  private final SparkSession owners;
  private final Map<String, String> settings;
  private final Installation installation;
  private final DurableState durable;
  private final KeptRecords audit = new KeptRecords();
  private SparkSession analyst;

  private Port(SparkSession base, SparkSession owners, Map<String, String> settings) {
    this.base = base;
    this.owners = owners;
    this.settings = settings;
    Settings loaded = Settings.load(settings);
    this.durable = DurableState.open(loaded, new Configuration(), Clock.systemUTC());
    this.installation = ready(base, loaded, audit, durable);
    this.analyst = base.newSession();
  }

  /** Installed and ready; what does not become ready is no longer installed. */
  private static Installation ready(
      SparkSession base, Settings settings, AuditLog audit, DurableState durable) {
    Installation made = null;
    try {
      made = Installation.install(settings, audit, durable, () -> settings);
      made.requireReady(base);
      return made;
    } catch (RuntimeException | Error e) {
      if (made != null) {
        made.uninstall();
      }
      durable.close();
      throw e;
    }
  }

  /** Starts Spark, writes the hospital's tables and installs the policies. */
  static Port open(Path directory, Map<String, String> more) {
    return open(directory, more, Map.of());
  }

  /** The same without compiling code for each query, for many small ones. */
  static Port openInterpreting(Path directory) {
    return openInterpreting(directory, Map.of());
  }

  /** The same with more settings. */
  static Port openInterpreting(Path directory, Map<String, String> more) {
    return openInterpreting(directory, more, Map.of());
  }

  /** The same on a Spark with more confs. */
  static Port openInterpreting(
      Path directory, Map<String, String> more, Map<String, String> spark) {
    Map<String, String> confs = interpreting();
    confs.putAll(spark);
    return open(directory, more, confs);
  }

  /** Other tables, written before their policies are installed, in the place of the hospital's. */
  public static Port openInterpreting(
      Path directory, Map<String, String> policies, Consumer<SparkSession> tables) {
    Map<String, String> settings = new HashMap<>(policies);
    settings.put("spark.sallyport.principals", HospitalData.principals(directory).toString());
    return open(directory, settings, interpreting(), tables);
  }

  private static Map<String, String> interpreting() {
    Map<String, String> confs = new HashMap<>();
    confs.put("spark.sql.codegen.wholeStage", "false");
    confs.put("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    confs.put("spark.default.parallelism", "1");
    confs.put("spark.sql.shuffle.partitions", "1");
    return confs;
  }

  static Port open(Path directory, Map<String, String> more, Map<String, String> spark) {
    Map<String, String> settings = new HashMap<>(HospitalData.policies(directory));
    settings.putAll(more);
    return open(directory, settings, spark, session -> HospitalData.write(session, directory));
  }

  private static Port open(
      Path directory,
      Map<String, String> policies,
      Map<String, String> spark,
      Consumer<SparkSession> tables) {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("port")
            .set("spark.sql.extensions", SallyportExtensions.class.getName())
            .set("spark.ui.enabled", "false")
            .set("spark.sql.shuffle.partitions", "2")
            .set("spark.sql.warehouse.dir", directory.resolve("warehouse").toString());
    PinnedConfs.values().forEach(conf::set);
    spark.forEach(conf::set);
    SparkSession base =
        new org.apache.spark.sql.classic.SparkSession.Builder().config(conf).getOrCreate();
    Map<String, String> settings = new HashMap<>();
    settings.put("spark.sallyport.store", directory.resolve("store").toString());
    // Tests refuse hundreds of questions in a minute, and look at the record of each.
    settings.put("spark.sallyport.limit.recorded-per-minute", "100000");
    settings.putAll(policies);
    try {
      SparkSession owners = SealRules.internalSessions().open(base);
      tables.accept(owners);
      return new Port(base, owners, settings);
    } catch (RuntimeException | Error e) {
      stop(base); // or every later class would find this Spark
      throw e;
    }
  }

  /** The same policies over the same store, as when a server starts again; this one has ended. */
  Port restarted() {
    end();
    return new Port(base, owners, settings);
  }

  SparkSession analystSession() {
    return analyst;
  }

  public void newAnalystSession() {
    analyst = base.newSession();
  }

  SparkSession base() {
    return base;
  }

  /** The session of the raw tables. */
  public SparkSession owners() {
    return owners;
  }

  GovernedQueries queries() {
    return installation.queries();
  }

  HandleQueries handles() {
    return installation.handles();
  }

  Installation installation() {
    return installation;
  }

  /** {@code CALL sallyport...} by somebody. */
  ApprovalRequest call(Principal principal, String text) {
    return done(principal, text).decided().orElseThrow();
  }

  /** The same of a procedure that need not be about a request. */
  Procedures.Done done(Principal principal, String text) {
    return queries().command(analyst, text, asking(principal), NO_STORED_PLANS).orElseThrow();
  }

  List<AuditRecord> audited() {
    return audit.records;
  }

  Asking asking(Principal principal) {
    return new Asking(principal, "00000000-0000-0000-0000-000000000001", "op");
  }

  /** A refusal without the cells of its question, which depend on the question alone. */
  static String withoutCells(String refusal) {
    return refusal.replaceAll(", by its cells: .*?\\. Policy", ". Policy");
  }

  /** What an analyst gets for SQL text. */
  public List<Row> sql(String text) {
    return as(ADA, text);
  }

  List<Row> as(Principal principal, String text) {
    return collect(released(principal, text));
  }

  LogicalPlan released(Principal principal, String text) {
    Asking asking = asking(principal);
    return release(asking, () -> queries().query(text, asking, NO_STORED_PLANS));
  }

  /** What ada would learn of SQL text before asking it. */
  List<Explanation> explain(String text) {
    Asking asking = asking(ADA);
    Supplier<LogicalPlan> parsed = () -> queries().query(text, asking, NO_STORED_PLANS);
    return handles().explain(analyst, new Asked(parsed, id -> new byte[0], ""), asking);
  }

  LogicalPlan release(Asking asking, Supplier<LogicalPlan> parsed) {
    return queries().release(analyst, new Asked(parsed, id -> new byte[0], ""), asking);
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
    end();
    stop(base);
  }

  private static void stop(SparkSession base) {
    base.stop();
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
  }

  private void end() {
    installation.uninstall();
    durable.close();
  }

  private static final class KeptRecords implements AuditLog {
    private final List<AuditRecord> records = new ArrayList<>();

    @Override
    public void append(AuditRecord record) {
      records.add(record);
    }

    @Override
    public List<AuditEntry> read(int limit, Predicate<AuditRecord> wanted) {
      List<AuditEntry> entries = new ArrayList<>();
      for (int i = 0; i < records.size(); i++) {
        if (wanted.test(records.get(i))) {
          entries.add(new AuditEntry(i + 1, records.get(i), "0".repeat(64), "0".repeat(64)));
        }
      }
      return entries;
    }

    @Override
    public void close() {}
  }
}
