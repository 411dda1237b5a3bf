package io.sallyport.spark;

import io.sallyport.policy.settings.Settings;
import io.sallyport.policy.settings.SettingsException;
import io.sallyport.spark.answer.Sweeper;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens by itself while a server runs: changed policies are taken up, and what has run out
 * is swept. A policy file that is broken changes nothing: the last good one stays in force, and the
 * operator's log says what is wrong.
 */
final class Housekeeping implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration SWEEP = Duration.ofMinutes(10);

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "sallyport-housekeeping");
            thread.setDaemon(true);
            return thread;
          });
  private final Supplier<Settings> load;
  private final Consumer<Settings> takeUp;
  private final Sweeper sweeper;
  private volatile String lastProblem = "";

  Housekeeping(Supplier<Settings> load, Consumer<Settings> takeUp, Sweeper sweeper) {
    this.load = load;
    this.takeUp = takeUp;
    this.sweeper = sweeper;
  }

  /** Why what is written now is not in force; empty when it is. */
  String problem() {
    return lastProblem;
  }

  /** Begins; no period means that policies are not read again. */
  void start(Duration reload) {
    every(SWEEP, Duration.ZERO, sweeper::sweep);
    if (!reload.isZero()) {
      every(reload, reload, this::reload);
    }
  }

  private void every(Duration period, Duration first, Runnable work) {
    Future<?> unused = // ends with the executor
        executor.scheduleWithFixedDelay(
            () -> quietly(work), first.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) { // the next time may be better
      LOG.error("Housekeeping failed: {}", e.getClass().getName());
      OperatorLog.trouble("Housekeeping failed", e);
    }
  }

  private void reload() {
    try {
      takeUp.accept(load.get());
      lastProblem = "";
    } catch (SettingsException | IllegalStateException e) {
      String problem = String.valueOf(e.getMessage());
      if (!problem.equals(lastProblem)) {
        LOG.error("The policies were not taken up; the former ones stay in force. {}", problem);
        lastProblem = problem;
      }
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
