package io.sallyport.dp.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.distribution.NormalDistribution;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Samples against exact masses. Seeds are fixed, so a result is a constant of the commit; over the
 * choice of seeds a correct sampler fails with probability below 1e-9 in all of these together.
 * Each broken twin must be rejected by the same test.
 */
class SamplerFitTest {
  private static final int SAMPLES = 400_000;

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 1, 3.7, 50, 1000})
  void discreteLaplace_fitsItsMass(double scale) {
    EntropySource entropy = new SeededEntropy(1);
    NoiseDistribution noise = NoiseDistribution.laplace(new BigDecimal(scale));
    assertThat(laplaceFits(() -> noise.perturb(0L, entropy), noise.parameter())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 1, 3.3, 40, 700})
  void discreteGaussian_fitsItsMass(double sigma) {
    EntropySource entropy = new SeededEntropy(2);
    NoiseDistribution noise = NoiseDistribution.gaussian(new BigDecimal(sigma * sigma));
    assertThat(gaussianFits(() -> noise.perturb(0L, entropy), noise.parameter())).isTrue();
  }

  @Test
  void wideSamplers_onSmallScales_fitTheSameMasses() {
    EntropySource entropy = new SeededEntropy(3);
    WideDiscreteLaplace laplace = new WideDiscreteLaplace(BigInteger.TEN);
    assertThat(laplaceFits(() -> laplace.perturb(0L, entropy), 10)).isTrue();
    WideDiscreteGaussian gaussian = new WideDiscreteGaussian(BigInteger.valueOf(64));
    assertThat(gaussianFits(() -> gaussian.perturb(0L, entropy), 8)).isTrue();
  }

  @Test
  void largeScales_fitAfterCoarsening() {
    EntropySource entropy = new SeededEntropy(4);
    // Divided by 2^s with floor, Laplace noise of scale b 2^s is one-sided geometric in both
    // halves:
    // compare P(x >= 0), and the magnitudes' coarse distribution through the exact pmf of the
    // floor.
    for (int log : new int[] {20, 40, 55, 70}) {
      NoiseDistribution noise = NoiseDistribution.laplace(BigDecimal.valueOf(2).pow(log));
      LongSupplier coarse = () -> cell(noise, log - 6, entropy);
      double b = 64;
      double tail = Math.exp(-1 / b);
      assertThat(
              ChiSquare.fits(
                  coarse,
                  k -> 0.5 * (1 - tail) * Math.pow(tail, (double) (k >= 0 ? k : -k - 1)),
                  800,
                  SAMPLES / 4))
          .as("2^%d", log)
          .isTrue();
    }
  }

  @Test
  void largeGaussians_fitAfterCoarsening() {
    EntropySource entropy = new SeededEntropy(5);
    for (int log : new int[] {16, 20, 40, 49, 60}) {
      NoiseDistribution noise = NoiseDistribution.gaussian(BigDecimal.valueOf(2).pow(2 * log));
      assertThat(
              ChiSquare.fits(
                  () -> cell(noise, log - 5, entropy),
                  k -> NormalDistribution.mass(k / 32.0, (k + 1) / 32.0),
                  200,
                  SAMPLES / 4))
          .as("2^%d", log)
          .isTrue();
    }
  }

  @Test
  void twins_withHalvedNoiseOrDoubleZero_areRejected() {
    EntropySource entropy = new SeededEntropy(6);
    NoiseDistribution half = NoiseDistribution.laplace(BigDecimal.valueOf(5));
    assertThat(laplaceFits(() -> half.perturb(0L, entropy), 10)).isFalse();
    assertThat(laplaceFits(() -> doubleZero(entropy), 10)).isFalse();
    NoiseDistribution narrow = NoiseDistribution.gaussian(BigDecimal.valueOf(3.9 * 3.9));
    assertThat(gaussianFits(() -> narrow.perturb(0L, entropy), 4)).isFalse();
  }

  @Test
  void twin_rounded_insteadOfDiscrete_isRejected() {
    EntropySource entropy = new SeededEntropy(7);
    assertThat(gaussianFits(() -> Math.round(boxMuller(entropy) * 0.5), 0.5)).isFalse();
  }

  /** The mistake that rejecting (negative, zero) prevents. */
  private static long doubleZero(EntropySource entropy) {
    long magnitude = Math.abs(DiscreteLaplace.ofInteger(10).sample(entropy));
    return entropy.nextLong() < 0 && magnitude > 0 ? -magnitude : magnitude == 1 ? 0 : magnitude;
  }

  private static double boxMuller(EntropySource entropy) {
    double u = (entropy.nextBelow(1L << 53) + 1) * 0x1p-53;
    double v = entropy.nextBelow(1L << 53) * 0x1p-53;
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
  }

  private static long cell(NoiseDistribution noise, int shift, EntropySource entropy) {
    return noise.perturb(BigInteger.ZERO, entropy).shiftRight(shift).longValueExact();
  }

  private static boolean laplaceFits(LongSupplier sampler, double scale) {
    return ChiSquare.fits(sampler, Pmf.laplace(scale), (long) (12 * scale) + 8, SAMPLES);
  }

  private static boolean gaussianFits(LongSupplier sampler, double sigma) {
    return ChiSquare.fits(sampler, Pmf.gaussian(sigma), (long) (6 * sigma) + 8, SAMPLES);
  }
}
