package io.sallyport.dp.mechanism;

import io.sallyport.dp.Require;
import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sampling.NoiseDistribution;
import io.sallyport.dp.sensitivity.ContributionBounds;
import java.util.List;
import java.util.Optional;

/**
 * Clamping bounds bought from the budget: a noisy histogram over powers of two.
 *
 * <p>Guarantee: the budget's loss under add/remove of one privacy unit; the bins are public and the
 * rest is post-processing. Assumptions as for {@link BoundedMean}. The bounds are the outermost
 * bins whose noisy count reaches a threshold that the noise of an empty bin passes anywhere with
 * probability at most {@code failure}. Empty if no bin does: there are too few units. The bounds
 * are published with the result. Immutable and thread-safe. Source: [Wilson et al. 20, section
 * 5.1.1].
 */
public final class ApproximateBounds implements Mechanism {
  private static final int SMALLEST_EXPONENT = -64;
  private static final int LARGEST_EXPONENT = 1000;
  private static final int PER_SIGN = LARGEST_EXPONENT - SMALLEST_EXPONENT + 1;

  private final Count count;
  private final double threshold;

  private ApproximateBounds(Count count, double threshold) {
    this.count = count;
    this.threshold = threshold;
  }

  /** Bounds with all of {@code budget} and the given probability of a spurious bin. */
  public static ApproximateBounds of(
      ContributionBounds bounds, NoiseBudget budget, double failure) {
    Require.openUnit("failure probability", failure);
    Count count = Count.of(bounds, budget);
    NoiseDistribution noise = count.parts().get(0).noise();
    double threshold = noise.quantileSteps(failure / bins());
    return new ApproximateBounds(count, threshold);
  }

  /** The number of bins. */
  public static int bins() {
    return 2 * PER_SIGN;
  }

  /**
   * The bin of a present value: (2^(i-1), 2^i] for each i, mirrored for negative values. Tiny
   * values fall into the bin of 2^-64, huge ones into that of 2^1000.
   */
  public static int bin(double value) {
    double size = Math.abs(value);
    int exponent = size == 0 ? SMALLEST_EXPONENT : Math.getExponent(size);
    if (size > Math.scalb(1.0, exponent)) {
      exponent++;
    }
    int offset = Math.max(SMALLEST_EXPONENT, Math.min(LARGEST_EXPONENT, exponent));
    offset -= SMALLEST_EXPONENT;
    return value < 0 ? PER_SIGN - 1 - offset : PER_SIGN + offset;
  }

  /** Bounds from the exact counts of all bins. */
  public Optional<Interval> release(long[] exact, EntropySource entropy) {
    Require.that(exact.length == bins(), "one count per bin", exact.length);
    long[] noisy = count.releaseAll(exact, entropy);
    int first = 0;
    while (first < noisy.length && noisy[first] < threshold) {
      first++;
    }
    if (first == noisy.length) {
      return Optional.empty();
    }
    int last = noisy.length - 1;
    while (noisy[last] < threshold) {
      last--;
    }
    return Optional.of(new Interval(lowerEnd(first), upperEnd(last)));
  }

  private static double lowerEnd(int bin) {
    if (bin < PER_SIGN) {
      return -Math.scalb(1.0, PER_SIGN - 1 - bin + SMALLEST_EXPONENT);
    }
    int offset = bin - PER_SIGN;
    return offset == 0 ? 0 : Math.scalb(1.0, offset - 1 + SMALLEST_EXPONENT);
  }

  /** By symmetry: bin b holds the negatives of bin 2 PER_SIGN - 1 - b. */
  private static double upperEnd(int bin) {
    return 0.0 - lowerEnd(2 * PER_SIGN - 1 - bin);
  }

  @Override
  public List<NoisyRelease> parts() {
    return count.parts();
  }
}
