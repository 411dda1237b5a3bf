package io.sallyport.dp.mechanism;

import io.sallyport.dp.Require;
import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.accounting.Zcdp;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.loss.Rho;
import io.sallyport.dp.sampling.NoiseDistribution;
import io.sallyport.dp.sensitivity.Sensitivity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * A grant turned into one kind of noise: epsilon for Laplace, rho for Gaussian.
 *
 * <p>Scales are exact quotients rounded up, so the loss of the noise drawn never exceeds the grant.
 * Immutable and thread-safe.
 */
public sealed interface NoiseBudget {

  /** Discrete Laplace noise of scale l1 / epsilon: pure epsilon-DP. */
  record Laplace(Epsilon epsilon) implements NoiseBudget {
    /** Refuses an empty budget. */
    public Laplace {
      Require.that(!epsilon.isZero(), "epsilon must be > 0", epsilon);
    }
  }

  /** Discrete Gaussian noise of variance l2^2 / (2 rho): rho-zCDP. */
  record Gaussian(Rho rho) implements NoiseBudget {
    /** Refuses an empty budget. */
    public Gaussian {
      Require.that(!rho.isZero(), "rho must be > 0", rho);
    }
  }

  /** Forty digits, rounded up: the noise is never smaller than the quotient. */
  MathContext UPWARDS = new MathContext(40, RoundingMode.UP);

  /** Laplace noise within {@code granted}; the delta of an approximate grant stays unspent. */
  static NoiseBudget laplace(PrivacyLoss granted) {
    return granted.fold(
        pure -> new Laplace(pure.epsilon()),
        approximate -> new Laplace(approximate.epsilon()),
        concentrated -> new Laplace(Zcdp.pureWithin(concentrated.rho())));
  }

  /** Gaussian noise within {@code granted}, or empty if the grant has no delta. */
  static Optional<NoiseBudget> gaussian(PrivacyLoss granted) {
    return granted.fold(
        pure -> Optional.empty(),
        approximate -> withDelta(approximate.epsilon(), approximate.delta()),
        concentrated -> Optional.of(new Gaussian(concentrated.rho())));
  }

  private static Optional<NoiseBudget> withDelta(Epsilon epsilon, Delta delta) {
    if (delta.isZero() || epsilon.isZero()) {
      return Optional.empty();
    }
    Rho rho = Zcdp.rho(epsilon, delta);
    return rho.isZero() ? Optional.empty() : Optional.of(new Gaussian(rho));
  }

  /**
   * The kind with the smaller standard deviation for a vector of {@code parts} equal shares of the
   * given sensitivity. The choice looks at public parameters only.
   */
  static NoiseBudget leastNoise(PrivacyLoss granted, Sensitivity sensitivity, int parts) {
    NoiseBudget laplace = laplace(granted);
    return gaussian(granted)
        .filter(g -> deviation(g, sensitivity, parts) < deviation(laplace, sensitivity, parts))
        .orElse(laplace);
  }

  private static double deviation(NoiseBudget budget, Sensitivity sensitivity, int parts) {
    return budget.share(parts).noise(sensitivity).standardDeviation();
  }

  /** One of {@code parts} equal shares, rounded down. */
  default NoiseBudget share(int parts) {
    return this instanceof Laplace l
        ? new Laplace(l.epsilon().share(parts))
        : new Gaussian(((Gaussian) this).rho().share(parts));
  }

  /** What spending all of this costs. */
  default PrivacyLoss loss() {
    return this instanceof Laplace l
        ? new PrivacyLoss.Pure(l.epsilon())
        : new PrivacyLoss.Concentrated(((Gaussian) this).rho());
  }

  /** The noise that makes a vector of this sensitivity private within this budget. */
  default NoiseDistribution noise(Sensitivity sensitivity) {
    if (this instanceof Laplace l) {
      BigDecimal l1 = new BigDecimal(sensitivity.l1());
      return NoiseDistribution.laplace(l1.divide(l.epsilon().value(), UPWARDS));
    }
    BigDecimal twiceRho = ((Gaussian) this).rho().value().multiply(BigDecimal.valueOf(2));
    BigDecimal l2Squared = new BigDecimal(sensitivity.l2Squared());
    return NoiseDistribution.gaussian(l2Squared.divide(twiceRho, UPWARDS));
  }

  /** A vector of this sensitivity released with all of this budget. */
  default NoisyRelease release(Sensitivity sensitivity) {
    return new NoisyRelease(noise(sensitivity), sensitivity);
  }
}
