package io.sallyport.spark.record;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Keeps the record from being flooded: within a minute each principal has a number of records of
 * each kind; further ones are counted, and their number is on record when the minute is over. Safe
 * for threads.
 */
final class EachMinute {

  /** Where numbers go. */
  interface Sink {

    /** Within the minute the principal had so many more of the kind, of each sort. */
    void further(
        Whose whose, Instant minute, SortedMap<String, Integer> counts, List<String> frames);
  }

  /**
   * @param kind what became of it
   */
  record Whose(String principal, String kind) {}

  private static final class Counted {
    private int recorded;
    private final SortedMap<String, Integer> further = new TreeMap<>();
    private final SortedSet<String> frames = new TreeSet<>();
  }

  private final int most;
  private final Sink sink;
  private final Clock clock;
  private final Map<Whose, Counted> counts = new HashMap<>();
  private Instant minute = Instant.EPOCH;

  /**
   * @param most how many there are of their own, of each kind
   */
  EachMinute(int most, Sink sink, Clock clock) {
    this.most = most;
    this.sink = sink;
    this.clock = clock;
  }

  /**
   * Records, or counts.
   *
   * @param sort counted by
   * @param frames that it concerns
   * @param record writes a record of its own
   */
  void record(Whose whose, String sort, Supplier<List<String>> frames, Runnable record) {
    if (takes(whose, sort, frames)) {
      record.run();
    }
  }

  private synchronized boolean takes(Whose whose, String sort, Supplier<List<String>> frames) {
    sweep();
    Counted own = counts.computeIfAbsent(whose, key -> new Counted());
    if (own.recorded < most) {
      own.recorded++;
      return true;
    }
    own.further.merge(sort, 1, Integer::sum);
    own.frames.addAll(frames.get());
    return false;
  }

  /** Writes what is to be written once a minute is over. */
  synchronized void sweep() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    if (!now.equals(minute)) {
      flush();
      minute = now;
    }
  }

  /** Writes what was counted so far. */
  synchronized void flush() {
    counts.forEach(
        (whose, counted) -> {
          if (!counted.further.isEmpty()) {
            sink.further(whose, minute, counted.further, List.copyOf(counted.frames));
          }
        });
    counts.clear();
  }
}
