package io.sallyport.connect.server.gate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long a failing login waits for its answer: twice as long each time, by the address it comes
 * from together with the beginning of its token, and by the address alone.
 *
 * <p>What succeeds is never asked here, and therefore never slowed: whoever has a token gets in,
 * whatever their neighbours behind the same address do. Remembers a bounded number of addresses.
 * Safe for threads.
 */
final class FailedLogins {

  private static final int REMEMBERED = 10_000;

  /** Somebody mistypes a token, or a program has an old one. */
  private static final int FREE = 3;

  /** A whole institute may be behind one address. */
  private static final int FREE_BY_ADDRESS = 20;

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

  private record Failures(int count, Instant last) {}

  private final Clock clock;
  private final Map<String, Failures> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > REMEMBERED;
        }
      };

  FailedLogins(Clock clock) {
    this.clock = clock;
  }

  /**
   * Counts one more failure, and tells how long its answer is to wait.
   *
   * @param beginning the first characters of what was given as a token; empty when nothing was
   */
  synchronized Duration failed(String address, String beginning) {
    Duration here = delay(count(address + " " + beginning) - FREE);
    Duration all = delay(count(address) - FREE_BY_ADDRESS);
    return here.compareTo(all) > 0 ? here : all;
  }

  private int count(String key) {
    Instant now = clock.instant();
    Failures before = known.get(key);
    boolean isFresh = before != null && before.last().plus(FORGOTTEN).isAfter(now);
    Failures after = new Failures(isFresh ? before.count() + 1 : 1, now);
    known.put(key, after);
    return after.count();
  }

  private static Duration delay(int excess) {
    if (excess <= 0) {
      return Duration.ZERO;
    }
    Duration delay = FIRST.multipliedBy(1L << Math.min(excess - 1, 20));
    return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
  }
}
