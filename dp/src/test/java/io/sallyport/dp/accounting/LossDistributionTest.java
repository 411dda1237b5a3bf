package io.sallyport.dp.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against Google's dp_accounting, see doc/sources.md for commit and files. */
class LossDistributionTest {

  /**
   * Published: {@code python/dp_accounting/dp_accounting/pld/accountant_test.py} states for n
   * queries the smallest noise at (epsilon = 1, delta); composing that noise n times must cost 1
   * within 1 %.
   */
  @ParameterizedTest
  @CsvSource({
    "laplace, 13.6, 20, 1e-4",
    "laplace, 71.0, 500, 1e-4",
    "discrete-laplace, 0.073, 20, 1e-4",
    "gaussian, 0.33333333333, 1, 0.78760074",
    "gaussian, 1.66666666667, 25, 0.78760074",
  })
  void published_smallestNoise_costsOneWithinOnePercent(
      String kind, double parameter, long count, double delta) {
    LossDistribution loss = LossComposer.compose(Map.of(pair(kind, parameter), count));
    assertThat(loss.epsilon(Delta.atMost(delta)).orElseThrow().upper()).isBetween(0.99, 1.01);
  }

  /** Published: pld_privacy_accountant_test.py, test_gaussian_basic. */
  @ParameterizedTest
  @CsvSource({"1, 0.126936"})
  void published_gaussianBasic_agrees(double epsilon, double delta) {
    Map<DominatingPair, Long> three = Map.of(new DominatingPair.Gaussian(1 / Math.sqrt(3)), 3L);
    double found = LossComposer.compose(three).delta(Epsilon.atMost(epsilon));
    assertThat(found).isBetween(delta * 0.9999, delta * 1.001);
  }

  /** Computed with dp_accounting, value_discretization_interval 1e-4, pessimistic. */
  @ParameterizedTest
  @DisplayName("epsilon of single-kind compositions is within 1 % of dp_accounting")
  @CsvSource({
    "laplace, 1, 1, 0.99979999, 0.99999800, 1.00000000",
    "laplace, 10, 20, 1.38661715, 1.77399156, 1.99895635",
    "laplace, 13.6, 20, 0.99579348, 1.29089692, 1.46954478",
    "laplace, 50, 500, 1.48622250, 1.98045147, 2.55889389",
    "laplace, 71, 500, 0.99937124, 1.35372254, 1.76622124",
    "gaussian, 1, 1, 3.80443591, 4.88655412, 6.17393522",
    "gaussian, 2, 1, 1.69807254, 2.25408466, 2.90973248",
    "gaussian, 10, 20, 1.49474876, 1.99452708, 2.58287314",
    "gaussian, 30, 100, 1.07033754, 1.44798920, 1.89045476",
    "gaussian, 100, 1000, 1.00839294, 1.36758383, 1.78804022",
    "discrete-laplace, 0.1, 20, 1.39497434, 1.78860912, 1.99960441",
    "discrete-laplace, 0.02, 500, 1.49208171, 1.98808069, 2.56758057",
    "discrete-gaussian, 10, 20, 1.49485169, 1.99461624, 2.58292329",
  })
  void single_kind_agreesWithDpAccounting(
      String kind, double parameter, long count, double at4, double at6, double at9) {
    assertAgrees(Map.of(pair(kind, parameter), count), at4, at6, at9);
  }

  @ParameterizedTest
  @DisplayName("epsilon of mixed compositions is within 1 % of dp_accounting")
  @CsvSource({
    "20, 20, 20, 20, 0.99319734, 1.33563780, 1.72453055",
    "100, 500, 100, 500, 1.00700770, 1.36526040, 1.78404377",
    "40, 100, 30, 100, 1.37495384, 1.83912071, 2.38304035",
  })
  void mixed_kinds_agreeWithDpAccounting(
      double scale,
      long laplaces,
      double sigma,
      long gaussians,
      double at4,
      double at6,
      double at9) {
    Map<DominatingPair, Long> releases =
        Map.of(pair("laplace", scale), laplaces, pair("gaussian", sigma), gaussians);
    assertAgrees(releases, at4, at6, at9);
  }

  private static void assertAgrees(
      Map<DominatingPair, Long> releases, double at4, double at6, double at9) {
    LossDistribution loss = LossComposer.compose(releases);
    assertThat(ratio(loss, "1e-4", at4)).isBetween(0.99, 1.01);
    assertThat(ratio(loss, "1e-6", at6)).isBetween(0.99, 1.01);
    assertThat(ratio(loss, "1e-9", at9)).isBetween(0.99, 1.01);
  }

  private static double ratio(LossDistribution loss, String delta, double expected) {
    double found = loss.epsilon(Delta.of(delta)).orElseThrow().upper();
    return found / expected;
  }

  private static DominatingPair pair(String kind, double parameter) {
    return switch (kind) {
      case "laplace" -> new DominatingPair.Laplace(1 / parameter);
      case "discrete-laplace" -> new DominatingPair.DiscreteLaplace(1 / parameter, 1);
      case "gaussian" -> new DominatingPair.Gaussian(1 / parameter);
      case "discrete-gaussian" -> new DominatingPair.DiscreteGaussian(parameter, 1);
      default -> throw new IllegalArgumentException(kind);
    };
  }
}
