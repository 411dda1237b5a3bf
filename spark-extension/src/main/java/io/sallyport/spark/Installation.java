package io.sallyport.spark;

import io.sallyport.policy.audit.AuditLog;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.ledger.CarriedOver;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Principals;
import io.sallyport.policy.principal.Role;
import io.sallyport.policy.settings.Settings;
import io.sallyport.spark.answer.Answers;
import io.sallyport.spark.answer.DurableState;
import io.sallyport.spark.answer.Explanations;
import io.sallyport.spark.answer.Handles;
import io.sallyport.spark.answer.OwnerDesk;
import io.sallyport.spark.answer.Procedures;
import io.sallyport.spark.answer.Rejudge;
import io.sallyport.spark.answer.RequestTables;
import io.sallyport.spark.answer.Review;
import io.sallyport.spark.answer.StoreCheck;
import io.sallyport.spark.answer.Sweeper;
import io.sallyport.spark.record.AuditTrail;
import io.sallyport.spark.release.OpenedPort;
import io.sallyport.spark.turn.FairShare;
import io.sallyport.spark.view.Views;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.spark.sql.classic.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sallyport as installed in this JVM: the one place where parts meet that Spark instantiates by
 * class name. The driver plugin installs it, once; extensions, interceptor and Connect plugins find
 * it here.
 *
 * <p>It serves nobody before {@link #requireReady} has passed. Thread-safe.
 */
public final class Installation {

  private static final AtomicReference<Installation> CURRENT = new AtomicReference<>();

  private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

  private final Settings settings;
  private final AtomicReference<Principals> principals;
  private final AuditLog audit;
  private final DurableState durable;
  private final AuditTrail trail;
  private final Rejudge rejudge;
  private final AtomicReference<OpenedPort> opened = new AtomicReference<>();
  private final GovernedQueries queries;
  private final HandleQueries handles;
  private final SessionQueries sessions;
  private final DeskQueries desk;
  private final Housekeeping housekeeping;
  private final FairShare share;
  private final Health health;
  private final Queue<Runnable> closers = new ConcurrentLinkedQueue<>();
  private SparkSession family;

  private Installation(
      Settings settings, AuditLog audit, DurableState durable, Supplier<Settings> reload) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.principals = new AtomicReference<>(settings.principals());
    this.audit = Objects.requireNonNull(audit, "audit");
    this.durable = durable;
    this.trail =
        new AuditTrail(
            audit,
            this::policies,
            durable.clock(),
            settings.limits().recordedPerMinute(),
            durable.notifier()::probed);
    this.rejudge = new Rejudge(durable);
    this.share = new FairShare(settings.limits());
    Questioning questioning = new Questioning(trail, this::opened, share);
    Answers answers = new Answers(durable, this::principals);
    OwnerDesk desk = new OwnerDesk(durable, trail, () -> opened().policies());
    this.queries =
        new GovernedQueries(
            trail,
            this::opened,
            questioning,
            durable,
            new RequestTables(durable, this::policies),
            answers,
            new Procedures(desk),
            Views.mostBytes(settings.limits()));
    Handles stored = new Handles(durable, answers);
    this.handles =
        new HandleQueries(
            trail, questioning, stored, new Explanations(durable), desk, this::opened);
    this.sessions =
        new SessionQueries(trail, this::opened, questioning, stored, new Views(settings.limits()));
    this.desk =
        new DeskQueries(
            trail,
            desk,
            new Review(durable, desk, this::policies),
            this::opened,
            this::policyProblem);
    this.housekeeping = new Housekeeping(reload, this::takeUp, new Sweeper(durable));
    this.health = new Health(audit, durable, () -> opened.get() != null);
  }

  /**
   * Installs Sallyport in this JVM.
   *
   * @param reload reads the settings again, for policies that change while the server runs
   * @throws IllegalStateException when it is installed already, or the store has lost what the
   *     audit log knows of
   */
  public static Installation install(
      Settings settings, AuditLog audit, DurableState durable, Supplier<Settings> reload) {
    StoreCheck.requireComplete(durable.desk(), audit);
    Installation installation = new Installation(settings, audit, durable, reload);
    if (!CURRENT.compareAndSet(null, installation)) {
      installation.health.close();
      throw new IllegalStateException("Sallyport is already installed in this JVM");
    }
    return installation;
  }

  /** Takes this installation out of the JVM, when its SparkContext stops. */
  public void uninstall() {
    housekeeping.close();
    share.close();
    health.close();
    closers.forEach(Runnable::run);
    trail.flush();
    CURRENT.compareAndSet(this, null);
  }

  /** What is to be done before the record is closed, when this installation is taken out. */
  public void whenUninstalled(Runnable work) {
    closers.add(work);
  }

  public static Optional<Installation> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** The settings of start-up; of them only policies and principals may change later. */
  public Settings settings() {
    return settings;
  }

  /** The people whom the gate recognises from now on. */
  public Principals principals() {
    return principals.get();
  }

  public AuditLog audit() {
    return audit;
  }

  /** Whether it lives, and can answer. */
  public Health health() {
    return health;
  }

  /** What was asked, what became of it, and what runs: numbers without data. */
  public Measures measures() {
    return new Measures(trail.counts(), share, durable);
  }

  /** Whatever this thread still starts by itself is in the pool of who asks. */
  public void join(SparkSession session, Asking asking) {
    share.join(session.sparkContext(), asking.principal().name());
  }

  /**
   * Looks at what a principal sent, in its turn and as part of its hour.
   *
   * @param most how long it may wait for its turn, if the limit is not shorter
   * @throws RefusedException LIMIT_EXCEEDED when the turn does not come, or the hour is used up
   */
  public <T> T admit(Principal principal, Duration most, Supplier<T> work) {
    return share.admit(principal.name(), most, work);
  }

  public GovernedQueries queries() {
    return queries;
  }

  public SessionQueries sessions() {
    return sessions;
  }

  public HandleQueries handles() {
    return handles;
  }

  public DeskQueries desk() {
    return desk;
  }

  private String policyProblem() {
    return housekeeping.problem();
  }

  /**
   * Opens the chamber and proves that the seal holds in the given session's family: our extension
   * is applied, every pinned conf is in force, every frame is there with the columns its policy
   * names, and a sealed leaf fails to plan. Cheap once it has passed.
   *
   * @throws IllegalStateException saying what is missing or broken
   */
  public void requireReady(SparkSession anySession) {
    if (opened.get() != null) {
      return;
    }
    synchronized (this) {
      if (opened.get() == null) {
        family = anySession;
        OpenedPort port = OpenedPort.open(anySession, settings, audit);
        carryBudgetsOver(port);
        rejudge.all(port.policies());
        opened.set(port);
        StartupReport.of(settings, port.policies(), family.sparkContext().conf())
            .forEach(LOG::info);
        housekeeping.start(settings.durable().reload());
      }
    }
  }

  /**
   * Puts changed principals and policies in force: for every question that is asked from now on,
   * and for requests that are still open. Anything else that changed in the settings waits for a
   * restart.
   *
   * @throws IllegalStateException when the changed frames cannot be opened; nothing changes then
   */
  public synchronized void takeUp(Settings fresh) {
    takeUp(fresh.principals());
    OpenedPort before = opened();
    if (fresh.policies().version().equals(before.policies().version())) {
      return;
    }
    OpenedPort after = OpenedPort.open(family, fresh, audit);
    carryBudgetsOver(after);
    trail.policy(
        operator(),
        "policy version %s follows %s"
            .formatted(after.policies().version(), before.policies().version()),
        List.of());
    opened.set(after);
    StartupReport.ofPolicies(after.policies()).forEach(LOG::info);
    rejudge.all(after.policies());
  }

  /** Taking somebody's access away does not wait for policies that may be broken. */
  private void takeUp(Principals fresh) {
    Principals before = principals.getAndSet(fresh);
    List<String> ended = fresh.changedFrom(before);
    List<String> begun = before.changedFrom(fresh);
    if (!ended.isEmpty() || !begun.isEmpty()) {
      trail.policy(
          operator(),
          "principals: in force no more are the credentials of %s; in force from now on are those of %s"
              .formatted(ended, begun),
          List.of());
    }
  }

  /** New names bring no budget back; owners read in their audit record what carries over. */
  private void carryBudgetsOver(OpenedPort port) {
    for (CarriedOver carried : durable.ledger().takeUp(port.policies(), port.paths())) {
      LOG.warn("Budgets: {}", carried.text());
      trail.policy(operator(), carried.text(), List.of(carried.frame().value()));
    }
  }

  private static Asking operator() {
    return new Asking(new Principal("operator", Role.OWNER), "", "");
  }

  private PolicySet policies() {
    OpenedPort port = opened.get();
    return port == null ? settings.policies() : port.policies();
  }

  private OpenedPort opened() {
    OpenedPort port = opened.get();
    if (port == null) {
      throw new IllegalStateException("Sallyport is not ready: its self-test has not passed");
    }
    return port;
  }
}
