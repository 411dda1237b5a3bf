package io.sallyport.spark;

import io.sallyport.policy.audit.AuditLog;
import io.sallyport.spark.answer.DurableState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * Whether this server lives, and whether it can answer questions. Looked at once a second on a
 * thread of its own: whoever asks is told what was found last, so asking costs nothing and waits
 * for nobody, and a record or a store that was away comes back without a question. Thread-safe.
 */
public final class Health implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Health.class);
  private static final long PERIOD_SECONDS = 1;

  /** A look takes no longer, unless something hangs. */
  private static final Duration STALE = Duration.ofSeconds(20);

  private record Found(List<String> problems, long nanoTime) {}

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "sallyport-health");
            thread.setDaemon(true);
            return thread;
          });
  private final AuditLog audit;
  private final DurableState durable;
  private final Supplier<Boolean> opened;
  private volatile Found found = new Found(List.of("It has just been started"), System.nanoTime());

  /**
   * Begins to look.
   *
   * @param opened whether the self-test has passed
   */
  Health(AuditLog audit, DurableState durable, Supplier<Boolean> opened) {
    this.audit = audit;
    this.durable = durable;
    this.opened = opened;
    Future<?> unused = // ends with the executor
        executor.scheduleWithFixedDelay(this::look, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /** Why it had better be started anew; empty when it lives. */
  public Optional<String> dead() {
    return opened.get() && !isSparkUp()
        ? Optional.of("The SparkContext has stopped")
        : Optional.empty();
  }

  /**
   * Why it cannot answer questions now; empty when it can. Constant words: whoever asks may be
   * anybody, and names of files and databases stand in the log.
   */
  public List<String> problems() {
    Found last = found;
    if (System.nanoTime() - last.nanoTime() > STALE.toNanos()) {
      return List.of(
          "Looking after record and store takes more than %d seconds".formatted(STALE.toSeconds()));
    }
    return last.problems();
  }

  private void look() {
    try {
      List<String> problems = new ArrayList<>();
      dead().ifPresent(problems::add);
      if (!opened.get()) {
        problems.add("The self-test has not passed yet");
      }
      List<String> reasons = new ArrayList<>();
      trouble(audit.problem(), "The audit log cannot be written", problems, reasons);
      trouble(durable.problem(), "The store does not answer", problems, reasons);
      changed(found.problems(), problems, reasons);
      found = new Found(List.copyOf(problems), System.nanoTime());
    } catch (RuntimeException e) { // the next look may be better
      OperatorLog.trouble("The server's health cannot be looked at", e);
      found = new Found(List.of("The server's health cannot be looked at"), System.nanoTime());
    }
  }

  private static void trouble(
      Optional<String> reason, String words, List<String> problems, List<String> reasons) {
    if (reason.isPresent()) {
      problems.add(words + "; the server's log says why");
      reasons.add(reason.get());
    }
  }

  private static void changed(List<String> before, List<String> now, List<String> reasons) {
    if (before.equals(now)) {
      return;
    }
    if (now.isEmpty()) {
      LOG.info("Ready");
    } else {
      List<String> all = new ArrayList<>(now);
      all.addAll(reasons);
      LOG.warn("Not ready: {}", String.join("; ", all));
    }
  }

  private static boolean isSparkUp() {
    Option<SparkContext> context = SparkContext$.MODULE$.getActive();
    return context.isDefined() && !context.get().isStopped();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
