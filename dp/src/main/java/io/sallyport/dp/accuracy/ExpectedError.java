package io.sallyport.dp.accuracy;

import io.sallyport.dp.Require;
import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.mechanism.BoundedMean;
import io.sallyport.dp.mechanism.BoundedSum;
import io.sallyport.dp.mechanism.BoundedVariance;
import io.sallyport.dp.mechanism.Count;
import io.sallyport.dp.mechanism.CountDistinct;
import io.sallyport.dp.mechanism.Covariance;
import io.sallyport.dp.mechanism.Histogram;
import io.sallyport.dp.mechanism.LinearRegression;
import io.sallyport.dp.mechanism.QuantileTree;
import io.sallyport.dp.sensitivity.CentredQuantizer;
import java.util.List;

/**
 * The error to expect of each mechanism, from its public parameters.
 *
 * <p>Half-widths hold with probability at least 0.95. Those of ratios add up the half-widths of the
 * noisy parts, each at its share of 0.05, at a supposed number of rows; they are infinite where the
 * noise on the count may swallow the group. Stateless and thread-safe.
 */
public final class ExpectedError {

  private ExpectedError() {}

  /** Of one group's count. */
  public static Accuracy of(Count count) {
    return Accuracy.of(count.parts().get(0).noise(), 1);
  }

  /** Of one bin. */
  public static Accuracy of(Histogram histogram) {
    return Accuracy.of(histogram.parts().get(0).noise(), 1);
  }

  /** Of one group's number of distinct values. */
  public static Accuracy of(CountDistinct count) {
    return Accuracy.of(count.parts().get(0).noise(), 1);
  }

  /** Of one group's sum. */
  public static Accuracy of(BoundedSum sum) {
    return Accuracy.of(sum.parts().get(0).noise(), sum.quantizer().grid().step());
  }

  /** Of one entry of the matrix from which a regression is solved, per row of {@code rows}. */
  public static Accuracy of(LinearRegression regression, double rows) {
    Require.positive("supposed number of rows", rows);
    double unit = Math.scalb(1.0, 2 * CentredQuantizer.DEFAULT_BITS);
    return Accuracy.of(regression.parts().get(0).noise(), 1 / unit / rows);
  }

  /** Of one group's mean, if it has {@code rows} rows. */
  public static Accuracy of(BoundedMean mean, double rows) {
    Interval bounds = mean.quantizer().bounds();
    double unit = mean.quantizer().unit();
    Ratio ratio = Ratio.of(mean.parts(), rows);
    double deviation = ratio.deviation(1, unit) * bounds.halfWidth();
    return new Accuracy(deviation, ratio.halfWidth(1, unit) * bounds.halfWidth());
  }

  /** Of one group's variance, if it has {@code rows} rows. */
  public static Accuracy of(BoundedVariance variance, double rows) {
    double unit = variance.quantizer().unit();
    double half = variance.quantizer().bounds().halfWidth();
    return second(variance.parts(), rows, unit, half * half, new int[] {1, 1, 2});
  }

  /** Of one group's covariance, if it has {@code rows} rows. */
  public static Accuracy of(Covariance covariance, double rows) {
    double unit = covariance.x().unit();
    double scale = covariance.x().bounds().halfWidth() * covariance.y().bounds().halfWidth();
    return second(covariance.parts(), rows, unit, scale, new int[] {1, 2, 5});
  }

  /** A second moment less a product of two means: parts {first mean, second mean, moment}. */
  private static Accuracy second(
      List<NoisyRelease> parts, double rows, double unit, double scale, int[] at) {
    Ratio ratio = Ratio.of(parts, rows);
    double a = ratio.halfWidth(at[0], unit);
    double b = ratio.halfWidth(at[1], unit);
    double width = ratio.halfWidth(at[2], unit * unit) + a + b + a * b;
    double deviation =
        ratio.deviation(at[2], unit * unit)
            + ratio.deviation(at[0], unit)
            + ratio.deviation(at[1], unit);
    return new Accuracy(deviation * scale, width * scale);
  }

  /** Of one group's quantile: the error of its rank in rows, by Chebyshev's inequality. */
  public static Accuracy ofRank(QuantileTree tree) {
    int nodes = tree.height() * QuantileTree.BRANCHING;
    double deviation = tree.parts().get(0).noise().standardDeviation() * Math.sqrt(nodes);
    return new Accuracy(deviation, deviation / Math.sqrt(Accuracy.MISS));
  }

  /**
   * Of a private choice: how far the chosen score may stay behind the best [McSherryTalwar07,
   * Theorem 6; it holds for permute-and-flip as well].
   *
   * @param sensitivity of a score, doubled unless the scores are monotone
   */
  public static Accuracy ofChoice(int candidates, double sensitivity, Epsilon epsilon) {
    Require.between("candidates", candidates, 1, Integer.MAX_VALUE);
    double unit = Require.positive("sensitivity", sensitivity) / epsilon.lower();
    double width = unit * Math.log(candidates / Accuracy.MISS);
    return new Accuracy(unit * (1 + Math.log(candidates)), width);
  }

  /** A noisy sum over a noisy count of rows, all in units of the largest contribution. */
  private record Ratio(List<NoisyRelease> parts, double rows) {

    static Ratio of(List<NoisyRelease> parts, double rows) {
      return new Ratio(parts, Require.positive("supposed number of rows", rows));
    }

    private double half(int part) {
      return Accuracy.halfWidth(parts.get(part).noise(), Accuracy.MISS / parts.size());
    }

    /** |S + s| / (n + c) differs from |S| / n <= 1 by at most (|s| + |c|) / (n - |c|). */
    double halfWidth(int part, double unit) {
      double left = rows - half(0);
      return left > 0 ? (half(part) / unit + half(0)) / left : Double.POSITIVE_INFINITY;
    }

    double deviation(int part, double unit) {
      double sum = parts.get(part).noise().standardDeviation() / unit;
      return Math.hypot(sum, parts.get(0).noise().standardDeviation()) / rows;
    }
  }
}
