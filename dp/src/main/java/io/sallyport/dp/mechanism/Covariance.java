package io.sallyport.dp.mechanism;

import io.sallyport.dp.Require;
import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sensitivity.CentredQuantizer;
import io.sallyport.dp.sensitivity.ContributionBounds;
import java.math.BigInteger;
import java.util.List;

/**
 * Covariance and correlation of two clamped columns, from the packed vector of six moments (n, x,
 * y, x^2, y^2, x y) over rows where both are present.
 *
 * <p>Guarantee: the budget's loss for all six together, under add/remove of one privacy unit.
 * Assumptions as for {@link BoundedMean}. Covariance is clamped to half width times half width,
 * correlation to [-1, 1]. Immutable and thread-safe.
 */
public final class Covariance implements Mechanism {
  private final CentredQuantizer x;
  private final CentredQuantizer y;
  private final PackedVector vector;

  private Covariance(CentredQuantizer x, CentredQuantizer y, PackedVector vector) {
    this.x = x;
    this.y = y;
    this.vector = vector;
  }

  /** A covariance over two intervals with all of {@code budget}. */
  public static Covariance of(
      Interval xRow, Interval yRow, ContributionBounds bounds, NoiseBudget budget) {
    CentredQuantizer x = CentredQuantizer.over(xRow);
    CentredQuantizer y = CentredQuantizer.over(yRow);
    long unit = x.unit();
    long squared = unit * unit;
    PackedVector vector = PackedVector.of(budget, bounds, 1, unit, unit, squared, squared, squared);
    return new Covariance(x, y, vector);
  }

  /** Takes the first column to centred steps. */
  public CentredQuantizer x() {
    return x;
  }

  /** Takes the second column to centred steps. */
  public CentredQuantizer y() {
    return y;
  }

  /** One group's noisy estimates from its exact moments. */
  public Estimate release(Moments exact, EntropySource entropy) {
    double[] noisy =
        vector.release(
            entropy, exact.n(), exact.x(), exact.y(), exact.xx(), exact.yy(), exact.xy());
    double unit = x.unit();
    double n = Math.max(1, noisy[0]);
    double meanX = noisy[1] / unit / n;
    double meanY = noisy[2] / unit / n;
    double varianceX = noisy[3] / unit / unit / n - meanX * meanX;
    double varianceY = noisy[4] / unit / unit / n - meanY * meanY;
    double covariance = clampUnit(noisy[5] / unit / unit / n - meanX * meanY);
    double scale = Math.sqrt(Math.max(0, varianceX) * Math.max(0, varianceY));
    double correlation = scale > 0 ? clampUnit(covariance / scale) : 0;
    return new Estimate(
        noisy[0], covariance * x.bounds().halfWidth() * y.bounds().halfWidth(), correlation);
  }

  private static double clampUnit(double value) {
    return Math.max(-1, Math.min(1, value));
  }

  @Override
  public List<NoisyRelease> parts() {
    return vector.parts();
  }

  /** The exact sums over centred steps: n, x, y, x squared, y squared, x times y. */
  public record Moments(
      BigInteger n, BigInteger x, BigInteger y, BigInteger xx, BigInteger yy, BigInteger xy) {
    /** Checks that no row was counted negatively. */
    public Moments {
      Require.that(n.signum() >= 0, "the number of rows must be >= 0", "a negative number");
    }
  }

  /**
   * Three estimates from one release.
   *
   * @param count may be negative
   * @param covariance of the population
   * @param correlation in [-1, 1]; 0 if a noisy variance is not positive
   */
  public record Estimate(double count, double covariance, double correlation) {}
}
