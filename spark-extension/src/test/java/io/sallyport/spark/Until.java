package io.sallyport.spark;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting in tests for what happens on other threads. */
public final class Until {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Until() {}

  /** Looks again and again; fails when it does not hold within a minute. */
  public static void until(BooleanSupplier condition) {
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(20);
          }
        });
  }
}
