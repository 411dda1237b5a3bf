package io.sallyport.dp.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sampling.SeededEntropy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
  private static final Epsilon ONE = Epsilon.of("1");
  private static final Delta TINY = Delta.of("1e-8");
  private final EntropySource entropy = new SeededEntropy(31);

  /** Units needed at (1, 1e-8): the optimum of [Desfontaines et al. 22], computed independently. */
  @ParameterizedTest
  @CsvSource({"1, 19, 37", "3, 54, 108", "5, 90, 179", "10, 178, 356", "30, 533, 1065"})
  void truncatedGeometric_needsAsFewUnitsAsTheOptimum(long groups, long half, long certain) {
    TruncatedGeometricSelection s = TruncatedGeometricSelection.of(groups, ONE, TINY);
    assertThat(s.threshold()).isBetween(half, half + 1);
    assertThat(s.certain()).isBetween(certain, certain + 2);
  }

  /** The recursion of Theorem 2: pi(n) = min(e pi(n-1) + d, 1 - (1 - pi(n-1) - d) / e, 1). */
  @Test
  void truncatedGeometric_isTheOptimalRecursionAtItsOwnDelta() {
    TruncatedGeometricSelection s = TruncatedGeometricSelection.of(2, ONE, Delta.of("0.001"));
    double e = Math.exp(0.5);
    double delta = s.keepProbability(1);
    assertThat(delta).isBetween(0.0005 / e, 0.0005);
    double pi = 0;
    for (long n = 0; n < s.certain() + 3; n++) {
      assertThat(s.keepProbability(n)).isBetween(pi * (1 - 1e-9), pi * (1 + 1e-9));
      pi = Math.min(Math.min(e * pi + delta, 1 - (1 - pi - delta) / e), 1);
    }
  }

  /** Every strategy satisfies the definition for each pair of neighbouring sizes. */
  @Test
  void keepProbabilities_satisfyTheDefinition() {
    Delta delta = Delta.of("0.001");
    List<PartitionSelection> all =
        List.of(
            ThresholdSelection.laplace(1, ONE, delta),
            TruncatedGeometricSelection.of(1, ONE, delta),
            new PreThreshold(10, TruncatedGeometricSelection.of(1, ONE, delta)),
            NoisyMinimum.of(10, 1, ONE));
    for (PartitionSelection s : all) {
      for (long n = 0; n < 60; n++) {
        double p = s.keepProbability(n);
        double q = s.keepProbability(n + 1);
        assertThat(q).isLessThanOrEqualTo(Math.E * p + 0.001 + 1e-12);
        assertThat(1 - p).isLessThanOrEqualTo(Math.E * (1 - q) + 0.001 + 1e-12);
        assertThat(p).isLessThanOrEqualTo(q + 1e-12);
      }
    }
  }

  /** Without a delta: pure, and hardly ever wrong about a group below the minimum. */
  @ParameterizedTest
  @CsvSource({"10, 1, 1", "2, 8, 0.5", "1000, 3, 100"})
  void noisyMinimum_isPure_andSeldomShowsFewer(long minimum, long groups, String epsilon) {
    NoisyMinimum test = NoisyMinimum.of(minimum, groups, Epsilon.of(epsilon));
    assertThat(test.losses()).containsExactly(new PrivacyLoss.Pure(Epsilon.of(epsilon)));
    double each = Double.parseDouble(epsilon) / groups;
    for (long n = 0; n < 2 * test.threshold(); n++) {
      double p = test.keepProbability(n);
      double q = test.keepProbability(n + 1);
      assertThat(q).isLessThanOrEqualTo(Math.exp(each) * p * (1 + 1e-9) + 1e-300);
      assertThat(n >= minimum || p <= NoisyMinimum.FAILURE).isTrue();
    }
    assertThat(test.keepProbability(2 * test.threshold())).isGreaterThan(0.999999);
    assertThat(test.keepProbability(minimum)).isPositive();
  }

  @Test
  void keeps_happensWithTheToldProbability() {
    Delta delta = Delta.of("0.01");
    List<PartitionSelection> all =
        List.of(
            ThresholdSelection.laplace(2, ONE, delta),
            TruncatedGeometricSelection.of(2, ONE, delta),
            new PreThreshold(5, ThresholdSelection.laplace(1, ONE, delta)),
            NoisyMinimum.of(2, 1, Epsilon.of("8")));
    int n = 40_000;
    for (PartitionSelection s : all) {
      for (long units = 0; units < 25; units += 3) {
        int kept = 0;
        for (int i = 0; i < n; i++) {
          kept += s.keeps(units, entropy) ? 1 : 0;
        }
        double p = s.keepProbability(units);
        // Eight standard errors: a false alarm in one of these has probability below 1e-12.
        assertThat((double) kept / n).isBetween(p - bound(p, n), p + bound(p, n));
      }
    }
  }

  private static double bound(double p, int n) {
    return 8 * Math.sqrt((p * (1 - p) + 1e-5) / n);
  }

  @Test
  void noUnits_noKey_unlessKeysArePublic() {
    for (int i = 0; i < 1000; i++) {
      assertThat(ThresholdSelection.gaussian(9, ONE, TINY).keeps(0, entropy)).isFalse();
      assertThat(new PublicPartitions().keeps(0, entropy)).isTrue();
    }
    assertThat(new PublicPartitions().losses()).isEmpty();
  }

  @Test
  void belowTheMinimum_nothingIsEverShown() {
    PreThreshold s = new PreThreshold(20, TruncatedGeometricSelection.of(1, ONE, Delta.of("0.5")));
    for (int i = 0; i < 10_000; i++) {
      assertThat(s.keeps(19, entropy)).isFalse();
    }
    assertThat(s.keeps(1000, entropy)).isTrue();
    assertThat(s.threshold()).isGreaterThanOrEqualTo(20);
  }

  @Test
  void gaussianThreshold_beatsLaplaceForManyGroups() {
    assertThat(ThresholdSelection.gaussian(30, ONE, TINY).threshold())
        .isLessThan(ThresholdSelection.laplace(30, ONE, TINY).threshold() / 2);
    assertThat(ThresholdSelection.laplace(1, ONE, TINY).threshold()).isBetween(18L, 20L);
  }

  @Test
  void extremeBudgets_giveAnAnswerOrAClearError() {
    assertThat(TruncatedGeometricSelection.of(1, Epsilon.of("50"), TINY).certain()).isEqualTo(3);
    TruncatedGeometricSelection slow = TruncatedGeometricSelection.of(1, Epsilon.of("1e-6"), TINY);
    assertThat(slow.keepProbability(1)).isLessThanOrEqualTo(1e-8);
    assertThat(slow.keeps(slow.certain(), entropy)).isTrue();
    assertThat(TruncatedGeometricSelection.of(10_000_000, ONE, TINY).keeps(3, entropy)).isFalse();
    assertThatThrownBy(() -> TruncatedGeometricSelection.of(1, ONE, Delta.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TruncatedGeometricSelection.of(1, Epsilon.of("1e-40"), TINY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PreThreshold(5, new PublicPartitions()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
