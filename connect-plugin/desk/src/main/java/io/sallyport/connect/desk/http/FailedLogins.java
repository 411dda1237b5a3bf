package io.sallyport.connect.desk.http;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long a failing login waits for its answer: twice as long each time, by the address that it
 * comes from. What succeeds is never slowed. Remembers a bounded number of addresses. Safe for
 * threads.
 */
final class FailedLogins {
  private static final int REMEMBERED = 10_000;
  private static final int FREE = 3;
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

  private record Failures(int count, Instant last) {}

  private final Clock clock;
  private final Map<InetAddress, Failures> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Failures> eldest) {
          return size() > REMEMBERED;
        }
      };

  FailedLogins(Clock clock) {
    this.clock = clock;
  }

  /** One more; how long its answer waits. */
  synchronized Duration failed(InetAddress address) {
    Instant now = clock.instant();
    Failures before = known.get(address);
    int count =
        before == null || before.last().plus(FORGOTTEN).isBefore(now) ? 1 : before.count() + 1;
    known.put(address, new Failures(count, now));
    if (count <= FREE) {
      return Duration.ZERO;
    }
    Duration wait = FIRST.multipliedBy(1L << Math.min(20, count - FREE - 1));
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }
}
