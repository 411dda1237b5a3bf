package io.sallyport.connect.desk.http;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How long a failing login waits for its answer: twice as long each time, by the address that it
 * comes from. What succeeds is never slowed. Also which of many failures of one kind go on record:
 * the first, the second, the fourth, and so on, so that nobody fills the record. Remembers a
 * bounded number of addresses. Safe for threads.
 */
final class FailedLogins {
  private static final int REMEMBERED = 10_000;
  private static final int FREE = 3;
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

  private record Failures(int count, Instant last) {}

  private final Clock clock;
  private final Map<InetAddress, Failures> known = bounded();
  private final Map<String, Failures> kinds = bounded();

  private static <K> Map<K, Failures> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, Failures> eldest) {
        return size() > REMEMBERED;
      }
    };
  }

  FailedLogins(Clock clock) {
    this.clock = clock;
  }

  /** One more; how long its answer waits. */
  synchronized Duration failed(InetAddress address) {
    int count = count(known, address);
    if (count <= FREE) {
      return Duration.ZERO;
    }
    Duration wait = FIRST.multipliedBy(1L << Math.min(20, count - FREE - 1));
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }

  /** How many failures of this kind there were by now; empty for those that need no record. */
  synchronized OptionalInt toRecord(String kind) {
    int count = count(kinds, kind);
    return Integer.bitCount(count) == 1 ? OptionalInt.of(count) : OptionalInt.empty();
  }

  private <K> int count(Map<K, Failures> failures, K key) {
    Instant now = clock.instant();
    Failures before = failures.get(key);
    int count =
        before == null || before.last().plus(FORGOTTEN).isBefore(now) ? 1 : before.count() + 1;
    failures.put(key, new Failures(count, now));
    return count;
  }
}
