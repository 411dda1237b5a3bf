package io.sallyport.policy.decision;

import static java.util.Objects.requireNonNull;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;

/**
 * What a rule dp(...) lets one question spend, and how much one person counts in its answer.
 *
 * @param epsilon the most that the question may cost, above 0
 * @param delta likewise; 0 means that no answer may have it
 * @param groups in how many groups one person counts at most (L0)
 * @param rows how many rows of one person count in a group at most (Linf)
 */
public record NoiseTerms(Epsilon epsilon, Delta delta, long groups, long rows) {

  /**
   * @throws IllegalArgumentException when epsilon is 0, or groups or rows are below 1
   */
  public NoiseTerms {
    requireNonNull(delta, "delta");
    if (epsilon.isZero()) {
      throw new IllegalArgumentException("epsilon must be above 0");
    }
    if (groups < 1 || rows < 1) {
      throw new IllegalArgumentException(
          "groups and rows must be at least 1. Provided values: " + groups + ", " + rows);
    }
  }

  /** The least of each: what satisfies both. */
  public NoiseTerms and(NoiseTerms other) {
    return new NoiseTerms(
        epsilon.compareTo(other.epsilon) <= 0 ? epsilon : other.epsilon,
        delta.compareTo(other.delta) <= 0 ? delta : other.delta,
        Math.min(groups, other.groups),
        Math.min(rows, other.rows));
  }

  /** Whether whatever keeps within these terms keeps within the other. */
  boolean implies(NoiseTerms other) {
    return and(other).equals(this);
  }
}
