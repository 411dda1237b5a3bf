package io.sallyport.connect.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Asks again and again, less and less often, until there is an answer or the time is over. */
final class Patience {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  /** Waits. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration pause) throws InterruptedException;
  }

  private final Clock clock;
  private final Sleeper sleeper;

  Patience(Clock clock, Sleeper sleeper) {
    this.clock = clock;
    this.sleeper = sleeper;
  }

  static Patience real() {
    return new Patience(Clock.systemUTC(), pause -> Thread.sleep(pause.toMillis()));
  }

  /** The last status: one that is not pending, or the one at the end of the time. */
  ApprovalStatus await(Duration atMost, Supplier<ApprovalStatus> status)
      throws InterruptedException {
    Instant end = clock.instant().plus(atMost);
    Duration pause = FIRST_PAUSE;
    while (true) {
      ApprovalStatus now = status.get();
      Duration left = Duration.between(clock.instant(), end);
      if (!now.waitsForOwner() || left.isNegative() || left.isZero()) {
        return now;
      }
      sleeper.sleep(shorter(pause, left));
      pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
