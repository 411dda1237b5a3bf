package io.sallyport.spark.turn;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * How many questions run at once, of one principal and of all. More of them wait. A place that
 * becomes free goes to whoever has fewest running, and among those to who has waited longest, so
 * nobody waits behind all that one principal sends. Thread-safe.
 */
public final class Turns {

  /** A place that somebody has. To be closed once. */
  interface Turn extends AutoCloseable {

    @Override
    void close();
  }

  /** One that waits or runs. */
  private static final class Place {
    private final String principal;
    private boolean mayRun;

    Place(String principal) {
      this.principal = principal;
    }
  }

  private final int perPrincipal;
  private final int all;
  private final Duration longest;
  private final String limit;
  private final List<Place> waiting = new ArrayList<>();
  private final Map<String, Integer> running = new HashMap<>();
  private int runningInAll;

  /**
   * A queue without anybody in it.
   *
   * @param perPrincipal questions of one principal that run at once
   * @param all questions that run at once
   * @param longest how long a question may wait
   * @param limit the name of the limit that says so
   */
  public Turns(int perPrincipal, int all, Duration longest, String limit) {
    this.perPrincipal = perPrincipal;
    this.all = all;
    this.longest = longest;
    this.limit = limit;
  }

  /**
   * Does something when its turn has come.
   *
   * @throws RefusedException LIMIT_EXCEEDED when it does not come
   * @throws CancellationException when the thread is interrupted while it waits
   */
  public <T> T inTurn(String principal, Supplier<T> work) {
    return inTurn(principal, longest, work);
  }

  /**
   * The same for somebody who does not wait longer than this either.
   *
   * @throws RefusedException LIMIT_EXCEEDED when the turn does not come
   * @throws CancellationException when the thread is interrupted while it waits
   */
  <T> T inTurn(String principal, Duration most, Supplier<T> work) {
    Turn turn = take(principal, most.compareTo(longest) < 0 ? most : longest);
    try {
      return work.get();
    } finally {
      turn.close();
    }
  }

  /** How many wait. */
  synchronized int waiting() {
    return waiting.size();
  }

  /** How many run. */
  synchronized int running() {
    return runningInAll;
  }

  /**
   * Waits for a turn, and has it until it is closed, by whatever thread.
   *
   * @throws RefusedException LIMIT_EXCEEDED when it does not come
   * @throws CancellationException when the thread is interrupted while it waits
   */
  Turn take(String principal) {
    return take(principal, longest);
  }

  private Turn take(String principal, Duration most) {
    Place place = new Place(principal);
    enter(place, most);
    return () -> leave(place);
  }

  /** Whoever has something that runs. */
  synchronized Set<String> principals() {
    return Set.copyOf(running.keySet());
  }

  private synchronized void enter(Place place, Duration most) {
    waiting.add(place);
    admit();
    long end = System.nanoTime() + most.toNanos();
    while (!place.mayRun) {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (left <= 0) {
        waiting.remove(place);
        throw tooLong(most);
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        giveUp(place);
        throw new CancellationException("Interrupted while waiting for a turn");
      }
    }
  }

  /** A place may have been given in the very moment it is given up. */
  private void giveUp(Place place) {
    if (place.mayRun) {
      leave(place);
    } else {
      waiting.remove(place);
    }
  }

  private synchronized void leave(Place place) {
    running.merge(place.principal, -1, Integer::sum);
    running.remove(place.principal, 0);
    runningInAll--;
    admit();
  }

  private void admit() {
    while (runningInAll < all) {
      Place next = next();
      if (next == null) {
        return;
      }
      waiting.remove(next);
      next.mayRun = true;
      running.merge(next.principal, 1, Integer::sum);
      runningInAll++;
      notifyAll();
    }
  }

  private Place next() {
    Place next = null;
    for (Place place : waiting) {
      int own = runningOf(place);
      if (own < perPrincipal && (next == null || own < runningOf(next))) {
        next = place;
      }
    }
    return next;
  }

  private int runningOf(Place place) {
    return running.getOrDefault(place.principal, 0);
  }

  private RefusedException tooLong(Duration waited) {
    return RefusedException.of(
        RefusalCode.LIMIT_EXCEEDED,
        "the question waited %d seconds for others that run (%s)"
            .formatted(waited.toSeconds(), limit),
        "the same question when fewer run");
  }
}
