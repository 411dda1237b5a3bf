package io.sallyport.dp.loss;

import java.io.Serializable;
import java.util.function.Function;

/**
 * What one release costs, in the definition that its mechanism satisfies natively.
 *
 * <p>All three speak of add/remove neighbours: two inputs that differ by all rows of one privacy
 * unit. Immutable and thread-safe.
 */
public sealed interface PrivacyLoss extends Serializable {

  /** Pure differential privacy: P(S) <= e^epsilon Q(S) for every event S. */
  record Pure(Epsilon epsilon) implements PrivacyLoss {}

  /** Approximate differential privacy: P(S) <= e^epsilon Q(S) + delta for every event S. */
  record Approximate(Epsilon epsilon, Delta delta) implements PrivacyLoss {}

  /**
   * Concentrated differential privacy: the order-a Renyi divergence is at most rho a, all a > 1.
   */
  record Concentrated(Rho rho) implements PrivacyLoss {}

  /** Exactly one of the functions is applied; a new case breaks every caller at compile time. */
  default <R> R fold(
      Function<Pure, R> pure,
      Function<Approximate, R> approximate,
      Function<Concentrated, R> concentrated) {
    if (this instanceof Pure p) {
      return pure.apply(p);
    } else if (this instanceof Approximate a) {
      return approximate.apply(a);
    }
    return concentrated.apply((Concentrated) this);
  }
}
