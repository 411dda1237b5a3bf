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
 * each kind; further ones are counted, and their numbers are on record when the minute is over at
 * the latest. Safe for threads.
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
    private int all;
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
    if (hasRoom(whose)) {
      record.run();
      taken(whose);
    } else {
      count(whose, sort, frames);
    }
  }

  private synchronized boolean hasRoom(Whose whose) {
    sweep();
    return counts.computeIfAbsent(whose, key -> new Counted()).recorded < most;
  }

  /** What could not be kept was none. */
  private synchronized void taken(Whose whose) {
    counts.computeIfAbsent(whose, key -> new Counted()).recorded++;
  }

  /** The first, second, fourth, eighth one and so on are written at once: a crash hides no more. */
  private synchronized void count(Whose whose, String sort, Supplier<List<String>> frames) {
    Counted own = counts.computeIfAbsent(whose, key -> new Counted());
    own.further.merge(sort, 1, Integer::sum);
    own.frames.addAll(frames.get());
    own.all++;
    if (Integer.bitCount(own.all) == 1) {
      write(whose, own);
    }
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
            write(whose, counted);
          }
        });
    counts.clear();
  }

  private void write(Whose whose, Counted counted) {
    sink.further(whose, minute, new TreeMap<>(counted.further), List.copyOf(counted.frames));
    counted.further.clear();
    counted.frames.clear();
  }
}
