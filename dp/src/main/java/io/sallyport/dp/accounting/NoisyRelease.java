package io.sallyport.dp.accounting;

import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.loss.Rho;
import io.sallyport.dp.sampling.NoiseDistribution;
import io.sallyport.dp.sensitivity.Sensitivity;
import java.io.Serializable;

/**
 * An integer vector released with independent noise on each coordinate: all that an accountant
 * needs to know of an additive mechanism. Immutable and thread-safe.
 *
 * @param noise the distribution really drawn from, in grid steps
 * @param sensitivity of the vector, in the same steps
 */
public record NoisyRelease(NoiseDistribution noise, Sensitivity sensitivity)
    implements Serializable {

  /** What this release costs by the noise that is really drawn, rounded up. */
  public PrivacyLoss loss() {
    double parameter = parameter();
    if (isGaussian()) {
      double rho = sensitivity.l2Squared().doubleValue() / parameter / parameter / 2;
      return new PrivacyLoss.Concentrated(Rho.atLeast(rho * (1 + 0x1p-48)));
    }
    double epsilon = sensitivity.l1().doubleValue() / parameter;
    return new PrivacyLoss.Pure(Epsilon.atLeast(epsilon * (1 + 0x1p-48)));
  }

  /** True for Gaussian, false for Laplace noise. */
  public boolean isGaussian() {
    return noise.isGaussian();
  }

  /** Sigma of Gaussian noise or the scale of Laplace noise, in grid steps. */
  double parameter() {
    return noise.parameter();
  }
}
