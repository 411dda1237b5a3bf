package io.sallyport.connect.server;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waits for what happens by itself. */
public final class Eventually {

  private static final Duration MOST = Duration.ofSeconds(60);

  private Eventually() {}

  /** Returns when the condition holds, or fails. */
  public static void is(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(MOST);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("It never came to be: " + what);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("The wait was interrupted", e);
    }
  }
}
