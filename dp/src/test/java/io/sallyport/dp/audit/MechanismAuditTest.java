package io.sallyport.dp.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.mechanism.BoundedMean;
import io.sallyport.dp.mechanism.BoundedSum;
import io.sallyport.dp.mechanism.BoundedVariance;
import io.sallyport.dp.mechanism.Count;
import io.sallyport.dp.mechanism.ExponentialQuantile;
import io.sallyport.dp.mechanism.NoiseBudget;
import io.sallyport.dp.mechanism.NoisyMax;
import io.sallyport.dp.mechanism.QuantileTree;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sampling.SeededEntropy;
import io.sallyport.dp.selection.PartitionSelection;
import io.sallyport.dp.selection.PreThreshold;
import io.sallyport.dp.selection.ThresholdSelection;
import io.sallyport.dp.selection.TruncatedGeometricSelection;
import io.sallyport.dp.sensitivity.ContributionBounds;
import java.math.BigInteger;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/**
 * Audits on neighbours at epsilon = 1: no lower bound may exceed the claim. {@link BrokenTwinTest}
 * shows that the same audit rejects mechanisms that are off.
 */
class MechanismAuditTest {
  static final int N = 40_000;
  static final Epsilon ONE = Epsilon.of("1");
  static final Delta HUNDREDTH = Delta.of("0.01");
  static final NoiseBudget LAPLACE = new NoiseBudget.Laplace(ONE);
  static final NoiseBudget GAUSSIAN =
      NoiseBudget.gaussian(new PrivacyLoss.Approximate(ONE, HUNDREDTH)).orElseThrow();

  private final EntropySource entropy = new SeededEntropy(20260101);

  static void assertPrivate(DoubleSupplier with, DoubleSupplier without, double delta) {
    assertThat(Audit.epsilon(with, without, delta, N)).isLessThanOrEqualTo(1.0);
  }

  @Test
  void count_laplace_atItsBound() {
    Count count = Count.of(new ContributionBounds(1, 2), LAPLACE);
    double bound =
        Audit.epsilon(() -> count.release(102, entropy), () -> count.release(100, entropy), 0, N);
    // Also a test of the audit: on a tight mechanism the bound is close to the claim.
    assertThat(bound).isBetween(0.8, 1.0);
  }

  @Test
  void count_gaussian() {
    Count count = Count.of(ContributionBounds.SINGLE, GAUSSIAN);
    assertPrivate(() -> count.release(8, entropy), () -> count.release(7, entropy), 0.01);
  }

  @Test
  void count_inThreeGroups_isJointlyPrivate() {
    Count count = Count.of(new ContributionBounds(3, 1), LAPLACE);
    assertPrivate(
        () -> count.release(1, entropy) + count.release(1, entropy) + count.release(1, entropy),
        () -> count.release(0, entropy) + count.release(0, entropy) + count.release(0, entropy),
        0);
  }

  @Test
  void sum_ofTheLargestContribution() {
    Interval row = new Interval(-3, 5);
    for (NoiseBudget budget : List.of(LAPLACE, GAUSSIAN)) {
      BoundedSum sum = BoundedSum.ofRows(row, new ContributionBounds(1, 2), budget);
      long largest = sum.quantizer().steps(Double.POSITIVE_INFINITY);
      BigInteger without = BigInteger.valueOf(sum.quantizer().steps(1.5) * 7);
      BigInteger with = without.add(BigInteger.valueOf(2 * largest));
      assertPrivate(
          () -> sum.release(with, entropy),
          () -> sum.release(without, entropy),
          budget == GAUSSIAN ? 0.01 : 0);
    }
  }

  @Test
  void mean_ofOneMoreExtremeRow() {
    BoundedMean mean = BoundedMean.of(new Interval(0, 10), ContributionBounds.SINGLE, LAPLACE);
    long t = mean.quantizer().steps(10);
    assertPrivate(
        () -> mean.release(5, BigInteger.valueOf(5 * t), entropy).mean(),
        () -> mean.release(4, BigInteger.valueOf(4 * t), entropy).mean(),
        0);
  }

  @Test
  void variance_ofOneMoreExtremeRow() {
    BoundedVariance variance =
        BoundedVariance.of(new Interval(0, 10), ContributionBounds.SINGLE, GAUSSIAN);
    long t = variance.quantizer().steps(0);
    BigInteger q = BigInteger.valueOf(t).pow(2);
    assertPrivate(
        () -> variance.release(4, BigInteger.valueOf(t), q, entropy).variance(),
        () -> variance.release(3, BigInteger.ZERO, BigInteger.ZERO, entropy).variance(),
        0.01);
  }

  @Test
  void quantiles_ofOneMoreRow() {
    Interval row = new Interval(0, 1);
    QuantileTree tree = QuantileTree.of(row, ContributionBounds.SINGLE, LAPLACE);
    QuantileTree.Counts without = tree.counts();
    QuantileTree.Counts with = tree.counts();
    with.add(0.99);
    assertPrivate(
        () -> tree.release(with, List.of(0.5), entropy).get(0),
        () -> tree.release(without, List.of(0.5), entropy).get(0),
        0);
    double[] candidates = {0.1, 0.3, 0.5, 0.7, 0.9};
    ExponentialQuantile median =
        ExponentialQuantile.of(1, 2, candidates, ContributionBounds.SINGLE, ONE);
    assertPrivate(
        () -> median.release(new double[] {0.2, 0.4, 0.8}, entropy),
        () -> median.release(new double[] {0.2, 0.4}, entropy),
        0);
  }

  @Test
  void noisyMax_ofOneMoreVote() {
    NoisyMax max = NoisyMax.top(1, ContributionBounds.SINGLE, ONE);
    assertPrivate(
        () -> max.release(new long[] {5, 5, 4}, entropy).get(0),
        () -> max.release(new long[] {4, 5, 4}, entropy).get(0),
        0);
    NoisyMax two = NoisyMax.top(2, ContributionBounds.SINGLE, ONE);
    assertPrivate(
        () -> code(two.release(new long[] {2, 1, 1}, entropy)),
        () -> code(two.release(new long[] {1, 1, 1}, entropy)),
        0);
  }

  private static double code(List<Integer> chosen) {
    return 3.0 * chosen.get(0) + chosen.get(1);
  }

  @Test
  void selections_ofNeighbouringSizes() {
    Delta delta = Delta.of("0.05");
    List<PartitionSelection> strategies =
        List.of(
            ThresholdSelection.laplace(1, ONE, delta),
            ThresholdSelection.gaussian(1, ONE, delta),
            TruncatedGeometricSelection.of(1, ONE, delta),
            new PreThreshold(3, TruncatedGeometricSelection.of(1, ONE, delta)));
    for (PartitionSelection strategy : strategies) {
      for (long units : new long[] {0, 2, 4, 6}) {
        assertPrivate(
            () -> strategy.keeps(units + 1, entropy) ? 1 : 0,
            () -> strategy.keeps(units, entropy) ? 1 : 0,
            0.05);
      }
    }
  }
}
