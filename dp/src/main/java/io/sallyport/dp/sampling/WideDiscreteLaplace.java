package io.sallyport.dp.sampling;

import java.math.BigInteger;

/**
 * The discrete Laplace distribution of an integer scale that does not fit the 64-bit path.
 *
 * <p>Guarantee and assumptions as for {@link DiscreteLaplace}; Algorithm 2 of [CKS20] in big
 * integers. Immutable and thread-safe.
 */
final class WideDiscreteLaplace implements NoiseDistribution {
  private static final long serialVersionUID = 1L;

  private final BigInteger scale;

  WideDiscreteLaplace(BigInteger scale) {
    this.scale = scale;
  }

  BigInteger sample(EntropySource entropy) {
    while (true) {
      BigInteger fraction;
      do {
        fraction = ExactBernoulli.below(scale, entropy);
      } while (!ExactBernoulli.expMinus(fraction, scale, entropy));
      BigInteger whole = BigInteger.valueOf(ExpGeometric.sample(entropy));
      BigInteger magnitude = fraction.add(scale.multiply(whole));
      boolean negative = entropy.nextLong() < 0;
      if (magnitude.signum() != 0 || !negative) {
        return negative ? magnitude.negate() : magnitude;
      }
    }
  }

  @Override
  public BigInteger perturb(BigInteger exact, EntropySource entropy) {
    return exact.add(sample(entropy));
  }

  @Override
  public double parameter() {
    return scale.doubleValue();
  }

  @Override
  public double standardDeviation() {
    return Math.sqrt(2) * scale.doubleValue();
  }

  @Override
  public double upperTail(double steps) {
    double inverse = 1 / scale.doubleValue();
    return Math.exp(-Math.ceil(steps) * inverse) / (1 + Math.exp(-inverse)) * (1 + 0x1p-40);
  }

  @Override
  public String toString() {
    return "WideDiscreteLaplace[scale=" + scale + "]";
  }
}
