package io.sallyport.dp.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.mechanism.BoundedSum;
import io.sallyport.dp.mechanism.Count;
import io.sallyport.dp.mechanism.ExponentialQuantile;
import io.sallyport.dp.mechanism.NoiseBudget;
import io.sallyport.dp.mechanism.NoisyMax;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sampling.SeededEntropy;
import io.sallyport.dp.sensitivity.ContributionBounds;
import java.math.BigInteger;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** Deliberately broken mechanisms that claim epsilon = 1: the audit must reject each. */
class BrokenTwinTest {
  private final EntropySource entropy = new SeededEntropy(7);

  private static void assertRejected(DoubleSupplier with, DoubleSupplier without) {
    assertThat(Audit.epsilon(with, without, 0, MechanismAuditTest.N)).isGreaterThan(1.0);
  }

  @Test
  void halvedNoise() {
    Count half = Count.of(ContributionBounds.SINGLE, new NoiseBudget.Laplace(Epsilon.of("2")));
    assertRejected(() -> half.release(8, entropy), () -> half.release(7, entropy));
  }

  @Test
  void noiseShortByATenth() {
    Count short10 = Count.of(ContributionBounds.SINGLE, new NoiseBudget.Laplace(Epsilon.of("1.2")));
    assertThat(
            Audit.epsilon(
                () -> short10.release(8, entropy), () -> short10.release(7, entropy), 0, 200_000))
        .isGreaterThan(1.0);
  }

  @Test
  void sensitivityOffByOne() {
    Count two = Count.of(new ContributionBounds(1, 2), MechanismAuditTest.LAPLACE);
    assertRejected(() -> two.release(103, entropy), () -> two.release(100, entropy));
  }

  @Test
  void groupsForgotten() {
    Count one = Count.of(ContributionBounds.SINGLE, MechanismAuditTest.LAPLACE);
    assertRejected(
        () -> Math.min(one.release(1, entropy), one.release(1, entropy)),
        () -> Math.min(one.release(0, entropy), one.release(0, entropy)));
  }

  @Test
  void clampAfterSum() {
    BoundedSum sum =
        BoundedSum.ofRows(
            new Interval(0, 10), ContributionBounds.SINGLE, MechanismAuditTest.LAPLACE);
    assertRejected(
        () -> sum.release(clampedTotal(sum, 3, 2, 100), entropy),
        () -> sum.release(clampedTotal(sum, 3, 2), entropy));
  }

  /** Clamps the total to what four rows may reach, instead of clamping each row. */
  private static BigInteger clampedTotal(BoundedSum sum, double... rows) {
    double total = 0;
    for (double row : rows) {
      total += row;
    }
    double step = sum.quantizer().grid().step();
    return BigInteger.valueOf(Math.round(Math.min(40, total) / step));
  }

  @Test
  void seedReused() {
    Count count = Count.of(ContributionBounds.SINGLE, MechanismAuditTest.LAPLACE);
    assertRejected(
        () -> count.release(8, new SeededEntropy(1)), () -> count.release(7, new SeededEntropy(1)));
  }

  @Test
  void rankSensitivityForgotten() {
    // As if one row moved a rank by a tenth: ten times the epsilon that is claimed.
    ExponentialQuantile wrong =
        ExponentialQuantile.of(
            1, 2, new double[] {0, 1}, ContributionBounds.SINGLE, Epsilon.of("10"));
    assertRejected(
        () -> wrong.release(new double[] {0, 1}, entropy),
        () -> wrong.release(new double[] {0}, entropy));
  }

  @Test
  void peelingAtFullPrice() {
    NoisyMax full = NoisyMax.top(2, ContributionBounds.SINGLE, Epsilon.of("4"));
    assertRejected(
        () -> full.release(new long[] {2, 1, 1}, entropy).get(0),
        () -> full.release(new long[] {1, 1, 1}, entropy).get(0));
  }

  @Test
  void thresholdWithoutNoise() {
    assertRejected(() -> bareThreshold(8), () -> bareThreshold(7));
  }

  private static double bareThreshold(long units) {
    return units >= 8 ? 1 : 0;
  }
}
