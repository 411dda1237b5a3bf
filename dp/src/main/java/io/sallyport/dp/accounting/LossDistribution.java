package io.sallyport.dp.accounting;

import io.sallyport.dp.Require;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import java.util.Optional;

/**
 * The privacy loss of a composition, discretised so that every answer is an upper bound.
 *
 * <p>Guarantee: the composed mechanisms are (epsilon, {@link #delta})-DP for every epsilon, under
 * add/remove of one privacy unit. Discretisation, truncated tails, wrap-around and the rounding
 * errors of the transform (bounded by {@code slack}) are all counted against the spender. Holds for
 * mechanisms chosen in advance. Immutable and thread-safe. Source: [DworkRothblum16], [KJH20],
 * [DoroshenkoEtAl22].
 */
public final class LossDistribution {
  /** Relative padding of epsilon for the rounding of the cell masses. */
  private static final double PAD = 1e-7;

  private final double step;
  private final long first;
  private final double[] mass;
  private final double certain;

  /** {@code mass[i]} belongs to the loss {@code (first + i) step}; {@code certain} to infinity. */
  LossDistribution(double step, long first, double[] mass, double certain) {
    this.step = step;
    this.first = first;
    this.mass = mass;
    this.certain = certain;
  }

  /** The smallest delta found for which the composition is (epsilon, delta)-DP; at most 1. */
  public double delta(Epsilon epsilon) {
    double limit = epsilon.lower() / (1 + PAD);
    double sum = 0;
    for (int i = mass.length - 1; i >= 0; i--) {
      double loss = (first + i) * step;
      if (loss <= limit) {
        break;
      }
      sum -= mass[i] * Math.expm1(limit - loss);
    }
    return Math.min(1, certain + sum);
  }

  /**
   * The smallest epsilon found for which the composition is (epsilon, delta)-DP; empty if delta is
   * below the mass at infinity, where this accountant has no answer.
   */
  public Optional<Epsilon> epsilon(Delta delta) {
    Require.that(!delta.isZero(), "delta must be > 0 for a loss distribution", delta);
    double target = delta.lower();
    if (certain >= target) {
      return Optional.empty();
    }
    double p = 0;
    // The mass under Q, scaled by e^(loss at the current grid point) so that it cannot underflow.
    double q = 0;
    double shrink = Math.exp(-step);
    for (int i = mass.length - 1; i >= 0; i--) {
      if (certain + p - q > target) {
        return Optional.of(charge((first + i) * step + excess(certain + p - target, q)));
      }
      p += mass[i];
      q = (q + mass[i]) * shrink;
    }
    return Optional.of(charge((first - 1) * step + excess(certain + p - target, q)));
  }

  /** Solves p - e^x q = 0 for x; minus infinity if even q = 0 would leave nothing to pay. */
  private static double excess(double p, double q) {
    return p > 0 ? Math.log(p / q) : Double.NEGATIVE_INFINITY;
  }

  private static Epsilon charge(double epsilon) {
    return Epsilon.atLeast(Math.max(0, epsilon) * (1 + PAD));
  }
}
