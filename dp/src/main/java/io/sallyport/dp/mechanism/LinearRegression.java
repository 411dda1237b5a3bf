package io.sallyport.dp.mechanism;

import io.sallyport.dp.Require;
import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sensitivity.CentredQuantizer;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.dp.sensitivity.Sensitivity;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Least squares and ridge regression from noisy sufficient statistics.
 *
 * <p>A row becomes z = (1, x_1, ..., x_d, y), each column centred and scaled to [-1, 1]; the
 * release is the upper triangle of the sum of z z^T. Guarantee: the budget's loss under add/remove
 * of one privacy unit, because each of the (d+2)(d+3)/2 entries of z z^T is at most 1 in absolute
 * value. Assumptions as for {@link BoundedMean}. Solving, and adding to the diagonal what the noise
 * took from positive definiteness, is post-processing. Immutable and thread-safe. Source:
 * [VuSlavkovic09], [Wang18, AdaSSP].
 */
public final class LinearRegression implements Mechanism {
  private static final int MOST_FEATURES = 100;

  private final List<CentredQuantizer> columns;
  private final NoisyRelease part;

  private LinearRegression(List<CentredQuantizer> columns, NoisyRelease part) {
    this.columns = columns;
    this.part = part;
  }

  /** A regression of {@code target} on {@code features} with all of {@code budget}. */
  public static LinearRegression of(
      List<Interval> features, Interval target, ContributionBounds bounds, NoiseBudget budget) {
    Require.between("number of features", features.size(), 1, MOST_FEATURES);
    List<Interval> all = new ArrayList<>(features);
    all.add(target);
    List<CentredQuantizer> columns = all.stream().map(CentredQuantizer::over).toList();
    long unit = columns.get(0).unit();
    int size = columns.size() + 1;
    long entries = Math.multiplyExact(bounds.groups(), (long) size * (size + 1) / 2);
    BigInteger each = BigInteger.valueOf(bounds.perGroup()).multiply(BigInteger.valueOf(unit));
    Sensitivity sensitivity =
        Sensitivity.ofCoordinates(entries, each.multiply(BigInteger.valueOf(unit)));
    return new LinearRegression(columns, budget.release(sensitivity));
  }

  /** A group's statistics, to which rows are added one by one. */
  public GramMatrix statistics() {
    return new GramMatrix(columns);
  }

  /**
   * One group's coefficients.
   *
   * @param ridge the penalty on squared slopes, in units of rows on the scaled columns, &gt;= 0
   */
  public Model release(GramMatrix exact, double ridge, EntropySource entropy) {
    Require.that(ridge >= 0 && Double.isFinite(ridge), "ridge must be >= 0 and finite", ridge);
    Require.that(exact.isOver(columns), "statistics must be over this regression's columns", ridge);
    double[][] noisy = exact.perturbed(part.noise(), entropy);
    double unit = (double) columns.get(0).unit() * columns.get(0).unit();
    double deviation = part.noise().standardDeviation() / unit;
    return Model.solve(NormalEquations.of(noisy, unit), ridge, deviation, columns);
  }

  @Override
  public List<NoisyRelease> parts() {
    return List.of(part);
  }

  /**
   * Coefficients in the unit of the columns.
   *
   * @param intercept the prediction at zero
   * @param slopes one per feature
   */
  public record Model(double intercept, List<Double> slopes) {
    /** Copies the slopes. */
    public Model {
      slopes = List.copyOf(slopes);
    }

    private static Model solve(
        NormalEquations equations, double ridge, double deviation, List<CentredQuantizer> columns) {
      double[] scaled = equations.solve(ridge, deviation);
      Interval target = columns.get(columns.size() - 1).bounds();
      double intercept = target.midpoint() + target.halfWidth() * scaled[0];
      List<Double> slopes = new ArrayList<>();
      for (int i = 1; i < scaled.length; i++) {
        Interval feature = columns.get(i - 1).bounds();
        double slope = scaled[i] * target.halfWidth() / feature.halfWidth();
        slopes.add(slope);
        intercept -= slope * feature.midpoint();
      }
      return new Model(intercept, slopes);
    }
  }
}
