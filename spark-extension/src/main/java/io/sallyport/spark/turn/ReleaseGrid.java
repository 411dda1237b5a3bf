package io.sallyport.spark.turn;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * When it is told what became of a question: after a whole multiple of a step, so that how long it
 * took tells no more than how many steps. A refusal waits as an answer does.
 */
final class ReleaseGrid {

  private final long step;

  /**
   * @param step more than nothing
   */
  ReleaseGrid(Duration step) {
    this.step = step.toNanos();
  }

  /** Does something on this thread, and returns when its time has come. */
  <T> T run(Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      await(left(System.nanoTime() - start));
    }
  }

  /** How many nanoseconds are left when so many have passed. */
  long left(long passed) {
    return Math.floorMod(-passed, step);
  }

  /** Whoever calls the question off is not told earlier either. */
  private static void await(long nanos) {
    long end = System.nanoTime() + nanos;
    boolean interrupted = false;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      try {
        TimeUnit.NANOSECONDS.sleep(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
