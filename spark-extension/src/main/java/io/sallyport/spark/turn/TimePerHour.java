package io.sallyport.spark.turn;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * How long what each principal asked took within the last hour: reading it, planning it and running
 * it, whatever became of it, waiting not counted. The hour moves in steps of five minutes. Work
 * counts when it ends in truth. Thread-safe.
 */
final class TimePerHour {

  private static final Duration STEP = Duration.ofMinutes(5);

  private static final int STEPS = 12;

  private final Duration most;
  private final Clock clock;
  private final Map<String, TreeMap<Long, Duration>> took = new HashMap<>();

  /**
   * @param most what all work for one principal within an hour may take together
   */
  TimePerHour(Duration most, Clock clock) {
    this.most = most;
    this.clock = clock;
  }

  /** Does something for a principal, and counts how long it takes. */
  <T> T counted(String principal, Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      count(principal, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  /**
   * Asks whether a principal has time left.
   *
   * @throws RefusedException LIMIT_EXCEEDED when there is none
   */
  synchronized void require(String principal) {
    if (ofLastHour(principal).compareTo(most) >= 0) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "what you asked in the last hour took %d seconds together (limit.seconds-per-hour)"
              .formatted(most.toSeconds()),
          "the same later; the hour moves on in steps of five minutes");
    }
  }

  private synchronized void count(String principal, Duration one) {
    took.computeIfAbsent(principal, who -> new TreeMap<>()).merge(step(), one, Duration::plus);
  }

  private Duration ofLastHour(String principal) {
    forget();
    return took.getOrDefault(principal, new TreeMap<>()).values().stream()
        .reduce(Duration.ZERO, Duration::plus);
  }

  private void forget() {
    long first = step() - STEPS;
    Iterator<TreeMap<Long, Duration>> all = took.values().iterator();
    while (all.hasNext()) {
      TreeMap<Long, Duration> one = all.next();
      one.headMap(first, true).clear();
      if (one.isEmpty()) {
        all.remove();
      }
    }
  }

  private long step() {
    return Instant.now(clock).getEpochSecond() / STEP.toSeconds();
  }
}
