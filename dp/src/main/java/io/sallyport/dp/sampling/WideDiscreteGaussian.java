package io.sallyport.dp.sampling;

import io.sallyport.dp.distribution.NormalDistribution;
import java.math.BigInteger;

/**
 * The discrete Gaussian distribution of an integer variance that does not fit the 128-bit path.
 *
 * <p>Guarantee and assumptions as for {@link DiscreteGaussian}; Algorithm 3 of [CKS20] in big
 * integers, literally: a proposal y is accepted with probability exp(-(|y| t - sigma^2)^2 / (2 t^2
 * sigma^2)). Immutable and thread-safe.
 */
final class WideDiscreteGaussian implements NoiseDistribution {
  private static final long serialVersionUID = 1L;

  private final BigInteger variance;
  private final BigInteger t;
  private final WideDiscreteLaplace proposals;
  private final BigInteger denominator;

  WideDiscreteGaussian(BigInteger variance) {
    this.variance = variance;
    t = variance.sqrt().add(BigInteger.ONE);
    proposals = new WideDiscreteLaplace(t);
    denominator = t.multiply(t).multiply(variance).shiftLeft(1);
  }

  @Override
  public BigInteger perturb(BigInteger exact, EntropySource entropy) {
    while (true) {
      BigInteger proposal = proposals.sample(entropy);
      BigInteger distance = proposal.abs().multiply(t).subtract(variance);
      if (ExactBernoulli.expMinus(distance.multiply(distance), denominator, entropy)) {
        return exact.add(proposal);
      }
    }
  }

  @Override
  public double parameter() {
    return Math.sqrt(variance.doubleValue());
  }

  @Override
  public double standardDeviation() {
    return Math.sqrt(variance.doubleValue());
  }

  @Override
  public double upperTail(double steps) {
    double sigmas = (Math.ceil(steps) - 1) / standardDeviation();
    return NormalDistribution.survival(sigmas) * (1 + 0x1p-30);
  }

  @Override
  public String toString() {
    return "WideDiscreteGaussian[variance=" + variance + "]";
  }
}
