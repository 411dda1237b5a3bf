package io.sallyport.spark.turn;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.util.Utils;

/**
 * Building and analysing plans, which nothing can stop once it has begun: on threads of their own,
 * one plan of a principal at a time, and no longer waited for than the limit. What takes longer
 * keeps its principal's place until it has ended in truth; so there are never more threads than
 * places. What a plan takes, to its true end, is part of its principal's hour. Thread-safe.
 */
public final class Planning implements AutoCloseable {

  /** Whether this thread is one that plans: what is part of a plan has the plan's place. */
  private static final ThreadLocal<Boolean> PLANS = ThreadLocal.withInitial(() -> false);

  private final Turns turns;
  private final Duration longest;
  private final TimePerHour hour;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "sallyport-planning");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Nothing is planned yet.
   *
   * @param all plans at once, of all principals
   * @param longest how long somebody waits for a plan, and how long for its turn
   * @param hour where what it takes is counted
   */
  Planning(int all, Duration longest, TimePerHour hour) {
    this.turns = new Turns(1, all, longest, "limit.seconds-per-analysis");
    this.longest = longest;
    this.hour = hour;
  }

  /**
   * Plans for a principal, in a session, when its turn has come.
   *
   * @throws RefusedException LIMIT_EXCEEDED when it takes too long, its turn does not come, or the
   *     principal has had its hour
   * @throws CancellationException when this thread is interrupted meanwhile
   */
  public <T> T plan(SparkSession session, String principal, Supplier<T> work) {
    if (PLANS.get()) {
      return work.get();
    }
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Properties properties = properties(session);
    Turns.Turn turn = turns.take(principal);
    Future<T> planned;
    try {
      hour.require(principal);
      planned =
          threads.submit(
              () -> {
                try {
                  return hour.counted(principal, () -> here(session, loader, properties, work));
                } finally {
                  turn.close();
                }
              });
    } catch (RuntimeException | Error e) { // no time is left, no thread, or the server ends
      turn.close();
      throw e;
    }
    return awaited(planned);
  }

  /** Whose plans are built at this moment. */
  Set<String> principals() {
    return turns.principals();
  }

  /** What Spark knows of a thread: its pool, its tags and whose operation it is. */
  private static Properties properties(SparkSession session) {
    return Utils.cloneProperties(session.sparkContext().getLocalProperties());
  }

  private static <T> T here(
      SparkSession session, ClassLoader loader, Properties properties, Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader own = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    PLANS.set(true);
    session.sparkContext().setLocalProperties(properties);
    try {
      return session.withActive(Scala.function(work));
    } finally {
      PLANS.set(false);
      session.sparkContext().setLocalProperties(new Properties());
      thread.setContextClassLoader(own);
    }
  }

  /** An interrupt ends the waiting, not the work: what it is about may be a file or the store. */
  private <T> T awaited(Future<T> planned) {
    try {
      return planned.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw tooLong();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted while a plan was analysed");
    } catch (ExecutionException e) {
      throw Planning.<RuntimeException>same(e.getCause());
    }
  }

  /** What went wrong, as if it had on this thread; Spark's exceptions may be checked ones. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E same(Throwable cause) throws E {
    throw (E) cause;
  }

  private RefusedException tooLong() {
    return RefusedException.of(
        RefusalCode.LIMIT_EXCEEDED,
        "reading and analysing the question takes more than %d seconds (limit.seconds-per-analysis)"
            .formatted(longest.toSeconds()),
        "a shorter question, or one with fewer steps");
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
