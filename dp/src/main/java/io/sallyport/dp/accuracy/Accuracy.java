package io.sallyport.dp.accuracy;

import io.sallyport.dp.Require;
import io.sallyport.dp.sampling.NoiseDistribution;

/**
 * The error that noise brings to an estimate, in the estimate's unit.
 *
 * <p>Clamping and dropped contributions come on top; they depend on data and are not told here.
 * Immutable and thread-safe.
 *
 * @param standardDeviation of the noise, or an upper bound
 * @param halfWidth95 the error stays within this with probability at least 0.95
 */
public record Accuracy(double standardDeviation, double halfWidth95) {
  /** One minus the confidence. */
  public static final double MISS = 0.05;

  /** Checks the ranges; throws {@link IllegalArgumentException} outside them. */
  public Accuracy {
    Require.that(standardDeviation >= 0, "standard deviation must be >= 0", standardDeviation);
    Require.that(halfWidth95 >= 0, "half-width must be >= 0", halfWidth95);
  }

  /** The accuracy of a value on a grid of this step, released with {@code noise}. */
  public static Accuracy of(NoiseDistribution noise, double step) {
    return new Accuracy(noise.standardDeviation() * step, halfWidth(noise, MISS) * step);
  }

  /**
   * A number of steps that |noise| exceeds with probability at most {@code miss}.
   *
   * @param miss between 0 and 1, both excluded
   */
  public static double halfWidth(NoiseDistribution noise, double miss) {
    return noise.quantileSteps(miss / 2) - 1;
  }
}
