package io.sallyport.dp.sampling;

import io.sallyport.dp.distribution.NormalDistribution;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The discrete Gaussian distribution P(x) = c exp(-x^2 / (2 sigma^2)) on the integers.
 *
 * <p>Guarantee: independent noise on each coordinate of an integer query of L2 sensitivity D gives
 * D^2 / (2 sigma^2)-zCDP under add/remove of one privacy unit [CKS20, Theorem 14]. Samples are
 * exact: Algorithm 3 of [CKS20], proposals from the discrete Laplace distribution of integer scale
 * t, with sigma^2 written as t m / w for integers m and w = 2^j, so that a proposal y is accepted
 * with probability exp(-(w |y| - m)^2 / (2 t m w)). The quotient is computed in 128-bit fixed point
 * with a known error; a coin that falls inside the error (2^-50 each) is settled in big integers.
 * Immutable and thread-safe.
 */
public final class DiscreteGaussian implements NoiseDistribution {
  private static final long serialVersionUID = 1L;

  /** Beyond this variance {@link WideDiscreteGaussian} takes over. */
  static final BigDecimal LARGEST_VARIANCE = new BigDecimal(BigInteger.ONE.shiftLeft(100));

  /** Below this variance every sample is zero but with probability e^-(2^23). */
  private static final BigDecimal SMALLEST_VARIANCE =
      BigDecimal.ONE.divide(new BigDecimal(BigInteger.ONE.shiftLeft(24)));

  /** Bits of m: sigma^2 is rounded up by at most a factor 1 + 2^-24. */
  private static final int RATIO_BITS = 25;

  private final DiscreteLaplace proposals;
  private final AcceptStep accept;
  private final double variance;

  private DiscreteGaussian(long t, BigInteger m, int logW) {
    proposals = DiscreteLaplace.ofInteger(t);
    accept = new AcceptStep(t, m.longValueExact(), logW);
    variance = (double) t * m.doubleValue() * Math.scalb(1.0, -logW);
  }

  /** The distribution with a representable variance that is not below {@code asked}. */
  static DiscreteGaussian atLeast(BigDecimal asked) {
    BigDecimal target = asked.max(SMALLEST_VARIANCE);
    BigInteger root = target.setScale(0, RoundingMode.FLOOR).toBigIntegerExact().sqrt();
    long t = root.longValueExact() + 1;
    int logW = Math.max(0, RATIO_BITS - exponent(target, t));
    BigInteger m =
        target
            .multiply(new BigDecimal(BigInteger.ONE.shiftLeft(logW)))
            .divide(BigDecimal.valueOf(t), 0, RoundingMode.CEILING)
            .toBigIntegerExact();
    return new DiscreteGaussian(t, m, logW);
  }

  private static int exponent(BigDecimal variance, long t) {
    return Math.getExponent(variance.doubleValue() / t);
  }

  /** One sample. */
  public long sample(EntropySource entropy) {
    while (true) {
      long proposal = proposals.sample(entropy);
      if (accept.test(Math.abs(proposal), entropy)) {
        return proposal;
      }
    }
  }

  @Override
  public long perturb(long exact, EntropySource entropy) {
    return DiscreteLaplace.saturatingSum(exact, sample(entropy));
  }

  @Override
  public BigInteger perturb(BigInteger exact, EntropySource entropy) {
    return exact.add(BigInteger.valueOf(sample(entropy)));
  }

  @Override
  public double parameter() {
    return Math.sqrt(variance);
  }

  /** An upper bound: the variance of the discrete Gaussian is at most sigma^2 [CKS20, Cor. 9]. */
  @Override
  public double standardDeviation() {
    return parameter();
  }

  /**
   * A decreasing mass at x is at most the integral over [x - 1, x]; the normaliser is at least 1.
   */
  @Override
  public double upperTail(double steps) {
    return NormalDistribution.survival((Math.ceil(steps) - 1) / parameter()) * (1 + 0x1p-30);
  }

  @Override
  public String toString() {
    return "DiscreteGaussian[sigma=" + parameter() + "]";
  }
}
