package io.sallyport.spark.turn;

import io.sallyport.policy.settings.Limits;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.classic.SparkSession;

/** Turns, pools and time, together: everything that is run for a principal is run through here. */
public final class FairShare implements AutoCloseable {

  private final Turns turns;
  private final TimeLimit time;
  private final Planning planning;
  private final Preemption preemption;

  public FairShare(Limits limits) {
    Duration longest = Duration.ofSeconds(limits.secondsPerQuery());
    this.turns =
        new Turns(
            limits.runningPerPrincipal(), limits.running(), longest, "limit.seconds-per-query");
    this.time = new TimeLimit(longest);
    this.preemption = new Preemption(turns);
    this.planning = new Planning(limits.running(), Duration.ofSeconds(limits.secondsPerAnalysis()));
  }

  /** Builds and analyses a plan for a principal; nothing of it runs. */
  public <T> T plan(SparkSession session, String principal, Supplier<T> work) {
    return planning.plan(session, principal, work);
  }

  /**
   * Runs something for a principal, on this thread.
   *
   * @param governed whether it may read governed data
   */
  public <T> T run(SparkContext context, String principal, boolean governed, Supplier<T> work) {
    preemption.of(context);
    return turns.inTurn(
        principal,
        () -> Pools.inPool(context, principal, () -> time.within(context, governed, work)));
  }

  @Override
  public void close() {
    time.close();
    planning.close();
    preemption.close();
  }
}
