package io.sallyport.connect.server.gate;

import io.sallyport.policy.settings.Limits;
import io.sallyport.policy.settings.Settings;
import java.util.Map;

/** Small limits, read as an operator sets them. */
final class SomeLimits {

  private SomeLimits() {}

  /** Two sessions and two operations a person, three in all; idle is 10 minutes. */
  static Limits small() {
    return Settings.load(
            Map.of(
                "spark.sallyport.limit.sessions-per-principal", "2",
                "spark.sallyport.limit.sessions", "3",
                "spark.sallyport.limit.operations-per-principal", "2",
                "spark.sallyport.limit.operations", "3"))
        .limits();
  }
}
