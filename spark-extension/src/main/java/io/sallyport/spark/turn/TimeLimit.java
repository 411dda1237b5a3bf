package io.sallyport.spark.turn;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.scala.SchedulerTasks;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkStatusTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long one question may take. At the limit all its Spark jobs are called off, and those that it
 * still starts. What the driver itself does ends when it next starts a job, or by itself: that it
 * is bounded is admission's affair. Thread-safe.
 */
public final class TimeLimit implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TimeLimit.class);

  /** What runs on this thread, as far as time goes. */
  private static final ThreadLocal<Running> CURRENT = new ThreadLocal<>();

  private static final class Running {
    private volatile boolean over;
    private volatile boolean hadCores;
  }

  private final Duration limit;
  private final ScheduledExecutorService clock;

  public TimeLimit(Duration limit) {
    this.limit = limit;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "sallyport-time-limit");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Whether the question of this thread has had its time. */
  public static boolean isOver() {
    Running running = CURRENT.get();
    return running != null && running.over;
  }

  /**
   * Whether the question of this thread had its time, and had no part in that it was not enough:
   * none of its tasks was given a core.
   */
  public static boolean isOverUnserved() {
    Running running = CURRENT.get();
    return running != null && running.over && !running.hadCores;
  }

  /**
   * Starts nothing more for a question that has had its time.
   *
   * @throws OverTimeException when it has
   */
  public static void require() {
    if (isOver()) {
      throw new OverTimeException();
    }
  }

  /**
   * Does something on this thread, within the limit.
   *
   * @param governed whether that it takes so long may tell of governed data
   * @throws RefusedException LIMIT_EXCEEDED when it takes too long and tells nothing
   * @throws OverTimeException when it takes too long and may tell something
   */
  public <T> T within(SparkContext context, boolean governed, Supplier<T> work) {
    String tag = "sallyport-question-" + UUID.randomUUID();
    Running running = new Running();
    Running before = CURRENT.get();
    ScheduledFuture<?> end =
        clock.scheduleWithFixedDelay(
            () -> callOff(context, tag, running),
            limit.toMillis(),
            TimeUnit.SECONDS.toMillis(1),
            TimeUnit.MILLISECONDS);
    CURRENT.set(running);
    context.addJobTag(tag);
    try {
      return work.get();
    } catch (RefusedException e) {
      throw e;
    } catch (Throwable e) { // Spark's own, about jobs that were called off
      if (!running.over) {
        throw e;
      }
      throw governed ? new OverTimeException(e) : tooLong();
    } finally {
      end.cancel(false);
      context.removeJobTag(tag);
      CURRENT.set(before);
    }
  }

  /** Is called again and again until the work has ended, so nothing may be thrown. */
  private static void callOff(SparkContext context, String tag, Running running) {
    try {
      running.hadCores |= !context.isStopped() && hasBegun(context, tag);
      running.over = true;
      if (!context.isStopped()) {
        context.cancelJobsWithTag(tag, "limit.seconds-per-query");
      }
    } catch (RuntimeException e) { // the next time may be better
      running.over = true;
      LOG.warn("A query that has had its time is not called off yet", e);
    }
  }

  /** Whether some task of it was ever given a core, also one that was told to stop again. */
  private static boolean hasBegun(SparkContext context, String tag) {
    SparkStatusTracker tracker = context.statusTracker();
    return Arrays.stream(tracker.getJobIdsForTag(tag))
        .mapToObj(job -> Scala.optional(tracker.getJobInfo(job)))
        .flatMap(Optional::stream)
        .flatMapToInt(job -> Arrays.stream(job.stageIds()))
        .anyMatch(stage -> SchedulerTasks.hasBegun(context, stage));
  }

  private RefusedException tooLong() {
    return RefusedException.of(
        RefusalCode.LIMIT_EXCEEDED,
        "the question takes more than %d seconds (limit.seconds-per-query)"
            .formatted(limit.toSeconds()),
        "fewer rows, or a smaller part of the question");
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
