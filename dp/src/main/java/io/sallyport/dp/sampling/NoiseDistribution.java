package io.sallyport.dp.sampling;

import io.sallyport.dp.Require;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A distribution of integer noise, symmetric around zero, drawn exactly.
 *
 * <p>Parameters are those asked for or slightly larger, never smaller: rounding a scale up adds
 * noise, which only strengthens the guarantee. Implementations are immutable and thread-safe; the
 * source given to them is not.
 */
public sealed interface NoiseDistribution extends Serializable
    permits DiscreteLaplace, DiscreteGaussian, WideDiscreteLaplace, WideDiscreteGaussian {

  /** {@code exact} plus noise, exactly. */
  BigInteger perturb(BigInteger exact, EntropySource entropy);

  /**
   * {@code exact} plus noise, clamped to the range of {@code long}. The clamp applies to the noisy
   * value and is post-processing.
   */
  default long perturb(long exact, EntropySource entropy) {
    BigInteger noisy = perturb(BigInteger.valueOf(exact), entropy);
    if (noisy.bitLength() < Long.SIZE) {
      return noisy.longValue();
    }
    return noisy.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  /** Sigma of Gaussian noise, or the scale of Laplace noise, in grid steps to double precision. */
  double parameter();

  /** True for Gaussian, false for Laplace noise. */
  default boolean isGaussian() {
    return this instanceof DiscreteGaussian || this instanceof WideDiscreteGaussian;
  }

  /** The standard deviation, in grid steps, to double precision. */
  double standardDeviation();

  /**
   * An upper bound on the probability that the noise is {@code >= steps}, for {@code steps >= 1}.
   */
  double upperTail(double steps);

  /**
   * A whole number of steps, at least 1, that the noise reaches with probability at most {@code
   * probability}; the smallest such number up to 2^53, and within one part in 2^50 above.
   */
  default double quantileSteps(double probability) {
    Require.openUnit("probability", probability);
    double high = 1;
    while (upperTail(high) > probability) {
      high *= 2;
    }
    double low = Math.floor(high / 2);
    while (high - low > Math.max(1, high * 0x1p-50)) {
      double middle = Math.floor(low + (high - low) / 2);
      if (upperTail(middle) > probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * The discrete Laplace distribution P(x) ~ exp(-|x| / scale) of at least this scale.
   *
   * @param scale in grid steps, &gt; 0 and below 2^200
   */
  static NoiseDistribution laplace(BigDecimal scale) {
    checkSize("scale", scale);
    if (scale.compareTo(DiscreteLaplace.LARGEST_SCALE) <= 0) {
      return DiscreteLaplace.atLeast(scale);
    }
    return new WideDiscreteLaplace(scale.setScale(0, RoundingMode.CEILING).toBigIntegerExact());
  }

  /**
   * The discrete Gaussian distribution P(x) ~ exp(-x^2 / (2 variance)) of at least this variance.
   *
   * @param variance the parameter sigma^2 in squared grid steps, &gt; 0 and below 2^200
   */
  static NoiseDistribution gaussian(BigDecimal variance) {
    checkSize("variance", variance);
    if (variance.compareTo(DiscreteGaussian.LARGEST_VARIANCE) <= 0) {
      return DiscreteGaussian.atLeast(variance);
    }
    return new WideDiscreteGaussian(variance.setScale(0, RoundingMode.CEILING).toBigIntegerExact());
  }

  private static void checkSize(String name, BigDecimal value) {
    Require.that(value.signum() > 0, name + " must be > 0", value);
    BigDecimal limit = new BigDecimal(BigInteger.ONE.shiftLeft(200));
    Require.that(value.compareTo(limit) <= 0, name + " must be <= 2^200", value);
  }
}
