package io.sallyport.spark;

import io.sallyport.policy.audit.AuditLog;
import io.sallyport.policy.settings.Settings;
import io.sallyport.spark.release.OpenedPort;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Sallyport as installed in this JVM: the one place where parts meet that Spark instantiates by
 * class name. The driver plugin installs it, once; extensions, interceptor and Connect plugins find
 * it here.
 *
 * <p>It serves nobody before {@link #requireReady} has passed. Thread-safe.
 */
public final class Installation {

  private static final AtomicReference<Installation> CURRENT = new AtomicReference<>();

  private final Settings settings;
  private final AuditLog audit;
  private final AtomicReference<OpenedPort> opened = new AtomicReference<>();
  private final GovernedQueries queries;

  private Installation(Settings settings, AuditLog audit, Clock clock) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.audit = Objects.requireNonNull(audit, "audit");
    AuditTrail trail = new AuditTrail(audit, settings.policies(), clock);
    this.queries = new GovernedQueries(trail, this::opened);
  }

  /**
   * Installs Sallyport in this JVM.
   *
   * @throws IllegalStateException when it is installed already
   */
  public static Installation install(Settings settings, AuditLog audit) {
    Installation installation = new Installation(settings, audit, Clock.systemUTC());
    if (!CURRENT.compareAndSet(null, installation)) {
      throw new IllegalStateException("Sallyport is already installed in this JVM");
    }
    return installation;
  }

  /** Takes this installation out of the JVM, when its SparkContext stops. */
  public void uninstall() {
    CURRENT.compareAndSet(this, null);
  }

  public static Optional<Installation> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  public Settings settings() {
    return settings;
  }

  public AuditLog audit() {
    return audit;
  }

  public GovernedQueries queries() {
    return queries;
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
        opened.set(OpenedPort.open(anySession, settings, audit));
      }
    }
  }

  private OpenedPort opened() {
    OpenedPort port = opened.get();
    if (port == null) {
      throw new IllegalStateException("Sallyport is not ready: its self-test has not passed");
    }
    return port;
  }
}
