package io.sallyport.dp.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.Rho;
import io.sallyport.dp.mechanism.BoundedMean;
import io.sallyport.dp.mechanism.BoundedSum;
import io.sallyport.dp.mechanism.BoundedVariance;
import io.sallyport.dp.mechanism.Count;
import io.sallyport.dp.mechanism.Covariance;
import io.sallyport.dp.mechanism.LinearRegression;
import io.sallyport.dp.mechanism.NoiseBudget;
import io.sallyport.dp.mechanism.QuantileTree;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sampling.SeededEntropy;
import io.sallyport.dp.sensitivity.ContributionBounds;
import java.math.BigInteger;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class AccuracyTest {
  private static final Interval ROW = new Interval(0, 10);
  private static final int RUNS = 20_000;
  private final EntropySource entropy = new SeededEntropy(55);

  private static NoiseBudget laplace(String epsilon) {
    return new NoiseBudget.Laplace(Epsilon.of(epsilon));
  }

  @Test
  void halfWidths_coverNineteenOfTwenty() {
    for (NoiseBudget budget : List.of(laplace("0.5"), new NoiseBudget.Gaussian(Rho.of("0.02")))) {
      Count count = Count.of(new ContributionBounds(2, 3), budget);
      assertCovers(ExpectedError.of(count), 100, () -> count.release(100, entropy), 0.97);
      BoundedSum sum = BoundedSum.ofRows(ROW, ContributionBounds.SINGLE, budget);
      assertCovers(ExpectedError.of(sum), 0, () -> sum.release(BigInteger.ZERO, entropy), 0.97);
      BoundedMean mean = BoundedMean.of(ROW, ContributionBounds.SINGLE, budget);
      BigInteger all = BigInteger.valueOf(300L * mean.quantizer().steps(8));
      assertCovers(ExpectedError.of(mean, 300), 8, () -> mean.release(300, all, entropy).mean(), 1);
      BoundedVariance variance = BoundedVariance.of(ROW, ContributionBounds.SINGLE, budget);
      assertCovers(
          ExpectedError.of(variance, 900),
          0,
          () -> variance.release(900, BigInteger.ZERO, BigInteger.ZERO, entropy).variance(),
          1);
    }
  }

  /** At least 0.95 of the answers lie within; for single noises not many more than that. */
  private static void assertCovers(
      Accuracy accuracy, double truth, DoubleSupplier answer, double most) {
    int inside = 0;
    for (int i = 0; i < RUNS; i++) {
      if (Math.abs(answer.getAsDouble() - truth) <= accuracy.halfWidth95() * (1 + 1e-9)) {
        inside++;
      }
    }
    // Seven standard errors of 0.0016 below: a false alarm has probability below 1e-11.
    assertThat((double) inside / RUNS).isBetween(0.95 - 0.0108, most);
  }

  @Test
  void standardDeviation_isThatOfTheNoise() {
    Count count = Count.of(ContributionBounds.SINGLE, laplace("0.1"));
    assertThat(ExpectedError.of(count).standardDeviation())
        .isCloseTo(Math.sqrt(2) * 10, within(0.02));
    Count gaussian = Count.of(ContributionBounds.SINGLE, new NoiseBudget.Gaussian(Rho.of("0.005")));
    assertThat(ExpectedError.of(gaussian).standardDeviation()).isCloseTo(10, within(1e-5));
  }

  @Test
  void wishes_areGranted_atTheSmallestBudget() {
    Epsilon found =
        BudgetSearch.epsilon(
                5.0, e -> ExpectedError.of(Count.of(ContributionBounds.SINGLE, budget(e))))
            .orElseThrow();
    assertThat(width(found)).isLessThanOrEqualTo(5.0);
    assertThat(width(Epsilon.atMost(found.lower() * 0.99))).isGreaterThan(5.0);
    assertThat(
            BudgetSearch.rho(
                1e-9,
                r ->
                    ExpectedError.of(
                        BoundedSum.ofRows(
                            ROW, ContributionBounds.SINGLE, new NoiseBudget.Gaussian(r)))))
        .isEmpty();
  }

  private static double width(Epsilon epsilon) {
    return ExpectedError.of(Count.of(ContributionBounds.SINGLE, budget(epsilon))).halfWidth95();
  }

  private static NoiseBudget budget(Epsilon epsilon) {
    return new NoiseBudget.Laplace(epsilon);
  }

  @Test
  void smallGroups_haveInfiniteHalfWidths_notWrongOnes() {
    BoundedMean mean = BoundedMean.of(ROW, ContributionBounds.SINGLE, laplace("0.1"));
    assertThat(ExpectedError.of(mean, 3).halfWidth95()).isInfinite();
    assertThat(ExpectedError.of(mean, 1e6).halfWidth95()).isLessThan(0.01);
  }

  @Test
  void everyMechanism_hasAnExpectedError() {
    NoiseBudget budget = laplace("1");
    ContributionBounds one = ContributionBounds.SINGLE;
    LinearRegression regression = LinearRegression.of(List.of(ROW), ROW, one, budget);
    assertThat(ExpectedError.of(regression, 1000).standardDeviation()).isBetween(0.001, 0.1);
    assertThat(ExpectedError.of(Covariance.of(ROW, ROW, one, budget), 1e5).halfWidth95())
        .isBetween(0.0001, 1.0);
    assertThat(ExpectedError.ofRank(QuantileTree.of(ROW, one, budget)).halfWidth95())
        .isBetween(10.0, 1000.0);
    assertThat(ExpectedError.ofChoice(100, 2, Epsilon.of("1")).halfWidth95())
        .isCloseTo(2 * Math.log(2000), within(1e-9));
  }
}
