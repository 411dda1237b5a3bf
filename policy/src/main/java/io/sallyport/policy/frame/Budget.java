package io.sallyport.policy.frame;

import static java.util.Objects.requireNonNull;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import java.time.Duration;
import java.util.Optional;

/**
 * How much may be spent on one account.
 *
 * @param epsilon together with delta: all releases charged to it are (epsilon, delta)-private
 * @param delta 0 admits releases without a delta only
 * @param window how far back what was spent counts; empty counts for ever
 */
public record Budget(Epsilon epsilon, Delta delta, Optional<Duration> window) {
  public Budget {
    requireNonNull(epsilon, "epsilon");
    requireNonNull(delta, "delta");
    requireNonNull(window, "window");
  }
}
