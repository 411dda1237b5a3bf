package io.sallyport.connect.desk.http;

import io.sallyport.connect.desk.DeskRefusal;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Reads of stored results, one at a time: a result may be large, and several in memory at once are
 * more than the desk may take from questions. Safe for threads.
 */
final class OneReading {
  private static final int PATIENCE_SECONDS = 20;

  private final Semaphore free = new Semaphore(1, true);

  /** Does what reads a result, when nobody else does. */
  <T> T alone(Supplier<T> work) {
    acquire();
    try {
      return work.get();
    } finally {
      free.release();
    }
  }

  private void acquire() {
    try {
      if (free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new DeskRefusal(DeskRefusal.Kind.BUSY, "Others read large results at the moment");
  }
}
