package io.sallyport.spark.turn;

import io.sallyport.policy.settings.Limits;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.classic.SparkSession;

/** Turns, pools and time, together: everything that is run for a principal is run through here. */
public final class FairShare implements AutoCloseable {

  private final Turns turns;
  private final TimeLimit time;
  private final LongAdder nanos = new LongAdder();
  private final TimePerHour hour;
  private final ReleaseGrid grid;
  private final Turns admissions;
  private final Planning planning;
  private final Preemption preemption;

  public FairShare(Limits limits) {
    Duration longest = Duration.ofSeconds(limits.secondsPerQuery());
    this.turns =
        new Turns(
            limits.runningPerPrincipal(), limits.running(), longest, "limit.seconds-per-query");
    this.time = new TimeLimit(longest);
    this.hour = new TimePerHour(Duration.ofSeconds(limits.secondsPerHour()), Clock.systemUTC());
    this.grid = new ReleaseGrid(Duration.ofMillis(limits.releaseGridMillis()));
    Duration analysis = Duration.ofSeconds(limits.secondsPerAnalysis());
    this.admissions = new Turns(1, limits.running(), analysis, "limit.seconds-per-analysis");
    this.planning = new Planning(limits.running(), analysis, hour);
    this.preemption = new Preemption(this::atWork);
  }

  /**
   * Looks at what a principal sent, on this thread, before it is a plan: one request of a principal
   * at a time. The work waits for nothing else.
   *
   * @param most how long it may wait for its turn, if the limit is not shorter
   */
  public <T> T admit(String principal, Duration most, Supplier<T> work) {
    return admissions.inTurn(
        principal,
        most,
        () -> {
          hour.require(principal);
          return hour.counted(principal, work);
        });
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
    hour.require(principal);
    return turns.inTurn(
        principal,
        () ->
            measured(
                () ->
                    hour.counted(
                        principal,
                        () -> onGrid(governed, () -> within(context, principal, governed, work)))));
  }

  private <T> T within(SparkContext context, String principal, boolean governed, Supplier<T> work) {
    return Pools.inPool(context, principal, () -> time.within(context, governed, work));
  }

  private <T> T onGrid(boolean governed, Supplier<T> work) {
    return governed ? grid.run(work) : work.get();
  }

  private Set<String> atWork() {
    Set<String> principals = new HashSet<>(turns.principals());
    principals.addAll(planning.principals());
    principals.addAll(admissions.principals());
    return principals;
  }

  /** Whatever this thread still starts by itself is in the principal's pool. */
  public void join(SparkContext context, String principal) {
    Pools.join(context, principal);
  }

  /** How many wait for their turn at this moment. */
  public int waiting() {
    return turns.waiting();
  }

  /** How many run at this moment. */
  public int running() {
    return turns.running();
  }

  /** How long all that has ended took together, without waiting. */
  public Duration took() {
    return Duration.ofNanos(nanos.sum());
  }

  private <T> T measured(Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      nanos.add(System.nanoTime() - start);
    }
  }

  @Override
  public void close() {
    time.close();
    planning.close();
    preemption.close();
  }
}
