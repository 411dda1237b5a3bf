package io.sallyport.connect.server.gate;

import io.sallyport.spark.OperatorLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the gate does by itself, once a second, as long as Sallyport is installed. */
final class Upkeep implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "sallyport-gate");
            thread.setDaemon(true);
            return thread;
          });

  /** Begins with works, each of which is done whatever became of the others. */
  void start(List<Runnable> works) {
    Future<?> unused = // ends with the executor
        executor.scheduleWithFixedDelay(
            () -> works.forEach(Upkeep::quietly), 1, 1, TimeUnit.SECONDS);
  }

  /** Does something once, later; not at all when the upkeep has ended. */
  void later(Duration delay, Runnable work) {
    try {
      Future<?> unused = // ends with the executor
          executor.schedule(() -> quietly(work), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Sallyport is being taken out", e);
    }
  }

  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | LinkageError e) { // the next time may be better
      LOG.error("The gate's upkeep failed: {}", e.getClass().getName());
      OperatorLog.trouble("The gate's upkeep failed", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
