package io.sallyport.dp.mechanism;

import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sensitivity.CentredQuantizer;
import io.sallyport.dp.sensitivity.ContributionBounds;
import java.math.BigInteger;
import java.util.List;

/**
 * Mean and population variance of clamped values, from (count, centred sum, sum of squares).
 *
 * <p>Guarantee: the budget's loss for all three together, under add/remove of one privacy unit.
 * Assumptions as for {@link BoundedMean}. The variance is clamped to [0, width^2 / 4], the largest
 * that the bounds allow. Immutable and thread-safe.
 */
public final class BoundedVariance implements Mechanism {
  private final CentredQuantizer quantizer;
  private final PackedVector vector;

  private BoundedVariance(CentredQuantizer quantizer, PackedVector vector) {
    this.quantizer = quantizer;
    this.vector = vector;
  }

  /** A variance over {@code row} with all of {@code budget}. */
  public static BoundedVariance of(Interval row, ContributionBounds bounds, NoiseBudget budget) {
    CentredQuantizer quantizer = CentredQuantizer.over(row);
    long unit = quantizer.unit();
    return new BoundedVariance(quantizer, PackedVector.of(budget, bounds, 1, unit, unit * unit));
  }

  /** Takes a row's value to centred steps; sum these and their squares. */
  public CentredQuantizer quantizer() {
    return quantizer;
  }

  /** One group's noisy count, mean and variance. */
  public Estimate release(
      long count, BigInteger centredSteps, BigInteger squaredSteps, EntropySource entropy) {
    double[] noisy = vector.release(entropy, BigInteger.valueOf(count), centredSteps, squaredSteps);
    double unit = quantizer.unit();
    double n = Math.max(1, noisy[0]);
    double first = Math.max(-1, Math.min(1, noisy[1] / unit / n));
    double second = noisy[2] / unit / unit / n;
    Interval row = quantizer.bounds();
    double half = row.halfWidth();
    double variance = Math.max(0, Math.min(1, second - first * first)) * half * half;
    return new Estimate(noisy[0], row.clamp(row.midpoint() + half * first), variance);
  }

  @Override
  public List<NoisyRelease> parts() {
    return vector.parts();
  }

  /**
   * Three estimates from one release.
   *
   * @param count may be negative
   * @param mean inside the bounds
   * @param variance of the population, between 0 and a quarter of the squared width
   */
  public record Estimate(double count, double mean, double variance) {
    /** The square root of the variance. */
    public double standardDeviation() {
      return Math.sqrt(variance);
    }
  }
}
