package io.sallyport.spark.turn;

import io.sallyport.policy.settings.Limits;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/** Turns, pools and time, together: everything that is run for a principal is run through here. */
public final class FairShare implements AutoCloseable {

  private final Turns turns;
  private final TimeLimit time;

  public FairShare(Limits limits) {
    Duration longest = Duration.ofSeconds(limits.secondsPerQuery());
    this.turns = new Turns(limits.runningPerPrincipal(), limits.running(), longest);
    this.time = new TimeLimit(longest);
  }

  /**
   * Runs something for a principal, on this thread.
   *
   * @param governed whether it may read governed data
   */
  public <T> T run(SparkContext context, String principal, boolean governed, Supplier<T> work) {
    return turns.inTurn(
        principal,
        () -> Pools.inPool(context, principal, () -> time.within(context, governed, work)));
  }

  @Override
  public void close() {
    time.close();
  }
}
