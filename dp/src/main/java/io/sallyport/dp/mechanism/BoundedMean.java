package io.sallyport.dp.mechanism;

import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sensitivity.CentredQuantizer;
import io.sallyport.dp.sensitivity.ContributionBounds;
import java.math.BigInteger;
import java.util.List;

/**
 * The mean of clamped values per group, from the packed vector (count, centred sum).
 *
 * <p>Guarantee: the budget's loss for count and mean together, under add/remove of one privacy
 * unit. Assumes at most {@code perGroup} rows in each of at most {@code groups} groups of a unit,
 * and that the count is of the same rows as the sum (rows with a value). The mean is clamped to the
 * bounds; with no rows it is noise around the midpoint. Immutable and thread-safe. Source: [LLSY16,
 * section 2.5] for centring; the joint release is [CKS20, Theorem 14].
 */
public final class BoundedMean implements Mechanism {
  private final CentredQuantizer quantizer;
  private final PackedVector vector;

  private BoundedMean(CentredQuantizer quantizer, PackedVector vector) {
    this.quantizer = quantizer;
    this.vector = vector;
  }

  /** A mean over {@code row} with all of {@code budget}. */
  public static BoundedMean of(Interval row, ContributionBounds bounds, NoiseBudget budget) {
    CentredQuantizer quantizer = CentredQuantizer.over(row);
    return new BoundedMean(quantizer, PackedVector.of(budget, bounds, 1, quantizer.unit()));
  }

  /** Takes a row's value to the centred steps that must be summed. */
  public CentredQuantizer quantizer() {
    return quantizer;
  }

  /** One group's noisy count and mean. */
  public Estimate release(long count, BigInteger centredSteps, EntropySource entropy) {
    double[] noisy = vector.release(entropy, BigInteger.valueOf(count), centredSteps);
    double centred = noisy[1] / quantizer.unit() / Math.max(1, noisy[0]);
    Interval row = quantizer.bounds();
    double mean = row.clamp(row.midpoint() + row.halfWidth() * centred);
    return new Estimate(noisy[0], mean);
  }

  @Override
  public List<NoisyRelease> parts() {
    return vector.parts();
  }

  /**
   * A noisy count and the mean computed from it.
   *
   * @param count may be negative
   * @param mean inside the bounds
   */
  public record Estimate(double count, double mean) {}
}
