package io.sallyport.dp.selection;

import io.sallyport.dp.Require;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.sampling.DiscreteLaplace;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sampling.NoiseDistribution;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * Optimal selection when no count is shown: keep a key iff n + X &gt; k, with X discrete Laplace
 * noise truncated to [-k, k].
 *
 * <p>Guarantee: (epsilon, delta)-DP for all keys together under add/remove of one privacy unit that
 * brings at most L0 keys, each key being (epsilon / L0, delta / L0)-DP. No strategy keeps a key
 * more often at the (epsilon, delta) that this one really has; k is an integer, so the delta really
 * spent is up to a factor e^(epsilon / L0) below the delta charged. Keys with more than 2 k units
 * are always kept. Drawn exactly, in integers. Immutable and thread-safe. Source: [Desfontaines,
 * Voss, Gipson, Mandayam 22, Theorem 2 and section 4], arXiv:2006.03684.
 */
public final class TruncatedGeometricSelection implements PartitionSelection {
  private static final long serialVersionUID = 1L;

  /** The errors of the logarithms and exponentials below, against the spender. */
  private static final double PAD = 1e-9;

  private final DiscreteLaplace noise;
  private final long k;
  private final PrivacyLoss loss;

  private TruncatedGeometricSelection(DiscreteLaplace noise, long k, PrivacyLoss loss) {
    this.noise = noise;
    this.k = k;
    this.loss = loss;
  }

  /** A strategy for units that bring at most {@code groupsPerUnit} keys. */
  public static TruncatedGeometricSelection of(long groupsPerUnit, Epsilon epsilon, Delta delta) {
    Require.between("groups per unit", groupsPerUnit, 1, 1L << 31);
    Require.that(!epsilon.isZero(), "epsilon must be > 0 to select partitions", epsilon);
    BigDecimal groups = BigDecimal.valueOf(groupsPerUnit);
    BigDecimal scale = groups.divide(epsilon.value(), new MathContext(40, RoundingMode.UP));
    if (!(NoiseDistribution.laplace(scale) instanceof DiscreteLaplace laplace)) {
      throw new IllegalArgumentException(
          "epsilon per group must be >= 2^-56. Provided value: " + epsilon);
    }
    double limit = delta.share(groupsPerUnit).lower();
    Require.that(limit > 0, "delta per group must be > 0 to select partitions", delta);
    long k = truncation(1 / laplace.parameter(), limit * (1 - PAD));
    return new TruncatedGeometricSelection(laplace, k, new PrivacyLoss.Approximate(epsilon, delta));
  }

  /** The smallest k with P(X = k) at most delta. */
  private static long truncation(double epsilon, double delta) {
    long high = 1;
    while (endMass(epsilon, high) > delta) {
      high *= 2;
    }
    long low = high / 2;
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (endMass(epsilon, middle) > delta) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** P(X = k) for noise truncated to [-k, k]. */
  private static double endMass(double epsilon, long k) {
    return Math.exp(-epsilon * k) * unitMass(epsilon, k);
  }

  /** P(X = 0): one over 1 + 2 (r + r^2 + ... + r^k) with r = e^-epsilon. */
  private static double unitMass(double epsilon, long k) {
    double sum = Math.exp(-epsilon) * Math.expm1(-epsilon * k) / Math.expm1(-epsilon);
    return 1 / (1 + 2 * sum);
  }

  @Override
  public boolean keeps(long units, EntropySource entropy) {
    if (units <= 0) {
      return false;
    }
    if (units > 2 * k) {
      return true;
    }
    long x;
    do {
      x = noise.sample(entropy);
    } while (Math.abs(x) > k);
    return units + x > k;
  }

  @Override
  public double keepProbability(long units) {
    if (units <= 0) {
      return 0;
    }
    if (units > 2 * k) {
      return 1;
    }
    if (units > k) {
      // P(X > k - n) = 1 - P(X >= n - k), by symmetry.
      return 1 - upper(units - k);
    }
    return upper(k + 1 - units);
  }

  /** P(X >= from) for 1 <= from <= k + 1. */
  private double upper(long from) {
    double epsilon = 1 / noise.parameter();
    double terms = Math.expm1(-epsilon * (k + 1 - from)) / Math.expm1(-epsilon);
    return Math.exp(-epsilon * from) * terms * unitMass(epsilon, k);
  }

  @Override
  public long threshold() {
    return k + 1;
  }

  /** The number of units from which a key is always kept. */
  public long certain() {
    return 2 * k + 1;
  }

  @Override
  public List<PrivacyLoss> losses() {
    return List.of(loss);
  }
}
