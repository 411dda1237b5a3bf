package io.sallyport.dp.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtremeNoiseTest {
  private final EntropySource entropy = new SeededEntropy(12);

  @ParameterizedTest
  @ValueSource(strings = {"1e-30", "1e-12", "0.001", "0.02"})
  void tinyScales_giveZeroAndNeverLessNoiseThanAsked(String scale) {
    NoiseDistribution laplace = NoiseDistribution.laplace(new BigDecimal(scale));
    assertThat(new BigDecimal(laplace.parameter())).isGreaterThanOrEqualTo(new BigDecimal(scale));
    assertThat(laplace.perturb(5L, entropy)).isBetween(4L, 6L);
    NoiseDistribution gaussian = NoiseDistribution.gaussian(new BigDecimal(scale));
    assertThat(gaussian.perturb(5L, entropy)).isBetween(4L, 6L);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, 39, 40, 41, 55, 56, 57, 80, 100, 190})
  void scales_areRoundedUpByLessThanAMillionth(int log) {
    BigDecimal scale = BigDecimal.valueOf(2).pow(log).multiply(new BigDecimal("1.234567890123"));
    NoiseDistribution laplace = NoiseDistribution.laplace(scale);
    double asked = scale.doubleValue();
    assertThat(laplace.parameter()).isBetween(asked, asked * 1.000001);
    NoiseDistribution gaussian = NoiseDistribution.gaussian(scale);
    double sigma = Math.sqrt(asked);
    assertThat(gaussian.parameter()).isBetween(sigma * (1 - 1e-15), sigma * 1.000001);
  }

  @Test
  void noiseAtTheEdgeOfLong_saturatesAfterTheSum() {
    NoiseDistribution wide = NoiseDistribution.laplace(BigDecimal.valueOf(2).pow(70));
    for (int i = 0; i < 200; i++) {
      long noisy = wide.perturb(Long.MAX_VALUE, entropy);
      assertThat(noisy == Long.MAX_VALUE || noisy == Long.MIN_VALUE || noisy != 0).isTrue();
    }
    NoiseDistribution small = NoiseDistribution.laplace(BigDecimal.TEN);
    for (int i = 0; i < 200; i++) {
      assertThat(small.perturb(Long.MAX_VALUE, entropy)).isGreaterThan(Long.MAX_VALUE - 1000);
      assertThat(small.perturb(Long.MIN_VALUE, entropy)).isLessThan(Long.MIN_VALUE + 1000);
    }
  }

  /**
   * Words of zeros make the whole part endless; after 32 multiples the sample goes to big integers.
   */
  @Test
  void overflowingMagnitude_continuesExactlyInBigIntegers() {
    DiscreteLaplace noise = DiscreteLaplace.ofInteger(1L << 57);
    long half = 1L << 63;
    // fraction 2^56, kept; 24 + 8 multiples overflow; positive; then fraction, 0 more multiples.
    long[] script = {half, -1, 0, nextWhole(8), 0, half, -1, nextWhole(0)};
    BigInteger expected =
        BigInteger.valueOf(32).shiftLeft(57).add(BigInteger.ONE.shiftLeft(56)).add(BigInteger.TEN);
    assertThat(noise.perturb(BigInteger.TEN, new ScriptedEntropy(script))).isEqualTo(expected);
    assertThat(noise.perturb(10L, new ScriptedEntropy(script)))
        .isEqualTo(expected.longValueExact());
    assertThat(noise.perturb(Long.MAX_VALUE, new ScriptedEntropy(script)))
        .isEqualTo(Long.MAX_VALUE);
  }

  /** A word between e^-(v + 1) and e^-v. */
  private static long nextWhole(int v) {
    return ExpDigits.floor(v + 1, 64).longValue() + 1;
  }

  @Test
  void absurdParameters_areRefused() {
    for (String bad : new String[] {"0", "-1", "1e100"}) {
      assertThatThrownBy(() -> NoiseDistribution.laplace(new BigDecimal(bad)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> NoiseDistribution.gaussian(new BigDecimal(bad)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
