package io.sallyport.connect.desk.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

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

  /** Further ones go on record together, as strangers' calls do. */
  private static final int MOST_KINDS = 100;

  private static final String OTHERS = "the desk turned away somebody, from further addresses";
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

  private record Failures(int count, Instant last) {}

  private final Clock clock;
  private final Map<String, Failures> known = new LastUsed<>(REMEMBERED);
  private final Map<String, Failures> kinds = new LastUsed<>(REMEMBERED);

  FailedLogins(Clock clock) {
    this.clock = clock;
  }

  /** One more; how long its answer waits. */
  synchronized Duration failed(InetAddress address) {
    int count = count(known, network(address));
    if (count <= FREE) {
      return Duration.ZERO;
    }
    Duration wait = FIRST.multipliedBy(1L << Math.min(20, count - FREE - 1));
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }

  /** What to put on record about one more failure; empty when it needs no record. */
  synchronized Optional<String> toRecord(String what, InetAddress address) {
    Instant now = clock.instant();
    String kind = what + ", from " + network(address);
    if (!kinds.containsKey(kind) && kinds.size() >= MOST_KINDS) {
      kinds.values().removeIf(failures -> failures.last().plus(FORGOTTEN).isBefore(now));
      kind = kinds.size() >= MOST_KINDS ? OTHERS : kind;
    }
    int count = count(kinds, kind);
    if (Integer.bitCount(count) != 1) {
      return Optional.empty();
    }
    return Optional.of(count == 1 ? kind : kind + ", " + count + " times by now");
  }

  /** Of IPv6 the first 64 bits, of which everybody who has one address has all. */
  static String network(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    byte[] bytes = address.getAddress();
    StringBuilder prefix = new StringBuilder();
    for (int i = 0; i < 8; i += 2) {
      prefix
          .append(Integer.toHexString(((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff)))
          .append(':');
    }
    return prefix.append(":/64").toString();
  }

  private int count(Map<String, Failures> failures, String key) {
    Instant now = clock.instant();
    Failures before = failures.get(key);
    int count =
        before == null || before.last().plus(FORGOTTEN).isBefore(now) ? 1 : before.count() + 1;
    failures.put(key, new Failures(count, now));
    return count;
  }
}
