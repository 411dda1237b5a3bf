package io.sallyport.dp.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.loss.Rho;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sampling.SeededEntropy;
import io.sallyport.dp.sensitivity.CentredQuantizer;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.dp.sensitivity.ExactSum;
import io.sallyport.dp.sensitivity.Sensitivity;
import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What mechanisms estimate, at a budget so large that the noise is below the tolerance. */
class MechanismTest {
  private static final ContributionBounds SINGLE = ContributionBounds.SINGLE;
  private static final NoiseBudget PLENTY = new NoiseBudget.Laplace(Epsilon.of("50"));
  private final EntropySource entropy = new SeededEntropy(77);
  private final SplittableRandom random = new SplittableRandom(78);

  @Test
  void meanAndVariance_ofManyRows_areThoseOfTheRows() {
    BoundedVariance mechanism = BoundedVariance.of(new Interval(0, 20), SINGLE, PLENTY);
    ExactSum steps = new ExactSum();
    ExactSum squares = new ExactSum();
    for (int i = 0; i < 10_000; i++) {
      long t = mechanism.quantizer().steps(i % 2 == 0 ? 4 : 10);
      steps.add(t);
      squares.add(t * t);
    }
    BoundedVariance.Estimate found =
        mechanism.release(10_000, steps.total(), squares.total(), entropy);
    assertThat(found.mean()).isCloseTo(7, within(0.01));
    assertThat(found.variance()).isCloseTo(9, within(0.05));
    assertThat(found.standardDeviation()).isCloseTo(3, within(0.01));
    BoundedMean mean = BoundedMean.of(new Interval(0, 20), SINGLE, PLENTY);
    assertThat(mean.release(10_000, steps.total(), entropy).mean()).isCloseTo(7, within(0.01));
  }

  @Test
  void noRows_giveAnOrdinaryAnswer() {
    BoundedMean mean =
        BoundedMean.of(new Interval(5, 6), SINGLE, new NoiseBudget.Laplace(Epsilon.of("0.1")));
    for (int i = 0; i < 1000; i++) {
      assertThat(mean.release(0, BigInteger.ZERO, entropy).mean()).isBetween(5.0, 6.0);
    }
  }

  @Test
  void covariance_ofDependentColumns_isFound() {
    Interval unit = new Interval(0, 1);
    Covariance mechanism = Covariance.of(unit, unit, SINGLE, PLENTY);
    BigInteger[] sums = {
      BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO
    };
    int n = 20_000;
    for (int i = 0; i < n; i++) {
      long x = mechanism.x().steps(random.nextDouble());
      long y = -x;
      long[] row = {x, y, x * x, y * y, x * y};
      for (int j = 0; j < row.length; j++) {
        sums[j] = sums[j].add(BigInteger.valueOf(row[j]));
      }
    }
    Covariance.Moments moments =
        new Covariance.Moments(BigInteger.valueOf(n), sums[0], sums[1], sums[2], sums[3], sums[4]);
    Covariance.Estimate found = mechanism.release(moments, entropy);
    assertThat(found.correlation()).isCloseTo(-1, within(0.01));
    assertThat(found.covariance()).isCloseTo(-1.0 / 12, within(0.005));
  }

  @Test
  void regression_findsThePlane_ridgeShrinksIt() {
    List<Interval> features = List.of(new Interval(0, 10), new Interval(-5, 5));
    LinearRegression mechanism =
        LinearRegression.of(features, new Interval(-100, 100), SINGLE, PLENTY);
    GramMatrix rows = mechanism.statistics();
    GramMatrix half = mechanism.statistics();
    for (int i = 0; i < 20_000; i++) {
      double a = random.nextDouble(0, 10);
      double b = random.nextDouble(-5, 5);
      (i % 2 == 0 ? rows : half).add(a, b, 3 + 2 * a - 4 * b);
    }
    half.add(Double.NaN, 0, 0);
    rows.merge(half);
    LinearRegression.Model plain = mechanism.release(rows, 0, entropy);
    assertThat(plain.intercept()).isCloseTo(3, within(0.3));
    assertThat(plain.slopes().get(0)).isCloseTo(2, within(0.05));
    assertThat(plain.slopes().get(1)).isCloseTo(-4, within(0.05));
    LinearRegression.Model shrunk = mechanism.release(rows, 20_000, entropy);
    assertThat(Math.abs(shrunk.slopes().get(1))).isLessThan(3);
  }

  @Test
  void regression_withoutRows_stillSolves() {
    LinearRegression mechanism =
        LinearRegression.of(
            List.of(new Interval(0, 1)),
            new Interval(0, 1),
            SINGLE,
            new NoiseBudget.Gaussian(Rho.of("0.01")));
    LinearRegression.Model model = mechanism.release(mechanism.statistics(), 0, entropy);
    assertThat(model.intercept()).isFinite();
  }

  @Test
  void quantiles_areWithinALeaf_andMonotone() {
    QuantileTree tree = QuantileTree.of(new Interval(0, 1), SINGLE, PLENTY);
    QuantileTree.Counts counts = tree.counts();
    for (int i = 0; i < 50_000; i++) {
      counts.add(random.nextDouble());
    }
    counts.add(Double.NaN);
    List<Double> found = tree.release(counts, List.of(0.0, 0.1, 0.5, 0.9, 1.0), entropy);
    assertThat(found).isSorted();
    assertThat(found.get(1)).isCloseTo(0.1, within(0.01));
    assertThat(found.get(2)).isCloseTo(0.5, within(0.01));
    Interval ends = ClippedExtremes.of(new Interval(0, 1), SINGLE, PLENTY).release(counts, entropy);
    assertThat(ends.lower()).isCloseTo(0.005, within(0.003));
    assertThat(ends.upper()).isCloseTo(0.995, within(0.003));
  }

  @Test
  void exponentialQuantile_picksTheNearestCandidate() {
    double[] candidates = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    ExponentialQuantile quarter =
        ExponentialQuantile.of(1, 4, candidates, SINGLE, Epsilon.of("20"));
    double[] values = new double[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 100.0;
    }
    for (int i = 0; i < 100; i++) {
      assertThat(quarter.release(values, entropy)).isBetween(2.0, 3.0);
    }
  }

  @Test
  void topK_ofClearWinners_isTheWinners() {
    NoisyMax max = NoisyMax.top(2, SINGLE, Epsilon.of("10"));
    assertThat(max.release(new long[] {5, 900, 7, 700, 6}, entropy)).containsExactly(1, 3);
    assertThat(max.release(new long[] {5}, entropy)).containsExactly(0);
    assertThatThrownBy(() -> Choice.of(Epsilon.ZERO, BigInteger.ONE, Choice.Scores.GENERAL))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The exponential mechanism's probabilities, exactly: scores 0, -1, -2 at epsilon 2 ln 2. */
  @Test
  void exponentialMechanism_hasItsProbabilities() {
    Choice choice =
        Choice.of(Epsilon.atMost(2 * Math.log(2)), BigInteger.ONE, Choice.Scores.GENERAL);
    int[] hits = new int[3];
    int n = 140_000;
    for (int i = 0; i < n; i++) {
      hits[choice.exponential(new long[] {0, -1, -2}, entropy)]++;
    }
    for (int i = 0; i < 3; i++) {
      // 4/7, 2/7, 1/7; seven standard errors are below 0.0094.
      assertThat((double) hits[i] / n).isCloseTo(4.0 / 7 / (1 << i), within(0.0094));
    }
  }

  @Test
  void histogram_binsByEdges_andKeepsEmptyBins() {
    Histogram histogram = Histogram.of(new double[] {0, 10}, SINGLE, PLENTY);
    assertThat(histogram.bin(-1)).isZero();
    assertThat(histogram.bin(-0.0)).isEqualTo(1);
    assertThat(histogram.bin(10)).isEqualTo(2);
    assertThat(histogram.bin(Double.NEGATIVE_INFINITY)).isZero();
    long[] noisy = histogram.release(new long[] {0, 100, 50}, entropy);
    assertThat(noisy[1]).isBetween(98L, 102L);
    assertThatThrownBy(() -> Histogram.of(new double[] {1, 1}, SINGLE, PLENTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void approximateBounds_coverTheBulk_orAdmitThatTheyCannot() {
    ApproximateBounds mechanism =
        ApproximateBounds.of(SINGLE, new NoiseBudget.Laplace(Epsilon.of("1")), 1e-9);
    long[] bins = new long[ApproximateBounds.bins()];
    assertThat(mechanism.release(bins, entropy)).isEmpty();
    for (int i = 0; i < 1000; i++) {
      bins[ApproximateBounds.bin(random.nextDouble(3, 100))]++;
      bins[ApproximateBounds.bin(-0.75)]++;
    }
    assertThat(mechanism.release(bins, entropy)).contains(new Interval(-1, 128));
    for (double x : new double[] {0, -0.0, 1, 1.5, 2, -2, -2.5, 1e308, -1e-300}) {
      assertThat(ApproximateBounds.bin(x)).isBetween(0, ApproximateBounds.bins() - 1);
    }
    assertThat(ApproximateBounds.bin(2)).isEqualTo(ApproximateBounds.bin(1.01));
    assertThat(ApproximateBounds.bin(2.01)).isEqualTo(ApproximateBounds.bin(2) + 1);
  }

  @Test
  void countDistinct_isNeverNegative() {
    CountDistinct distinct = CountDistinct.of(SINGLE, new NoiseBudget.Laplace(Epsilon.of("0.01")));
    for (int i = 0; i < 1000; i++) {
      assertThat(distinct.release(0, entropy)).isNotNegative();
    }
  }

  /** The table of the design notes: Laplace below about nine unit counts, Gaussian above. */
  @Test
  void leastNoise_isLaplaceForFewCoordinates_gaussianForMany() {
    PrivacyLoss granted = new PrivacyLoss.Approximate(Epsilon.of("1"), Delta.of("1e-6"));
    for (int k = 1; k <= 100; k++) {
      Sensitivity counts = Sensitivity.ofCount(new ContributionBounds(k, 1));
      NoiseBudget least = NoiseBudget.leastNoise(granted, counts, 1);
      if (k <= 8) {
        assertThat(least).isInstanceOf(NoiseBudget.Laplace.class);
      } else if (k >= 12) {
        assertThat(least).isInstanceOf(NoiseBudget.Gaussian.class);
      }
    }
    PrivacyLoss pure = new PrivacyLoss.Pure(Epsilon.of("1"));
    Sensitivity many = Sensitivity.ofCount(new ContributionBounds(1000, 1));
    assertThat(NoiseBudget.leastNoise(pure, many, 1)).isInstanceOf(NoiseBudget.Laplace.class);
    assertThat(NoiseBudget.gaussian(pure)).isEmpty();
  }

  @Test
  void centredSteps_ofTheEnds_areTheUnit() {
    CentredQuantizer quantizer = CentredQuantizer.over(new Interval(-7, 3));
    assertThat(quantizer.steps(3)).isEqualTo(quantizer.unit());
    assertThat(quantizer.steps(-7)).isEqualTo(-quantizer.unit());
    assertThat(quantizer.steps(-2)).isZero();
  }
}
