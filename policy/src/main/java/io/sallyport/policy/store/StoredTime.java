package io.sallyport.policy.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The precision of times that both databases hold. */
public final class StoredTime {
  private StoredTime() {}

  /** The time as it is read again after it was stored. */
  public static Instant toMicros(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }
}
