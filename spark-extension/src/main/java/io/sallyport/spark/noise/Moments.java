package io.sallyport.spark.noise;

import io.sallyport.dp.bounds.Interval;
import io.sallyport.spark.noise.Statistic.Kind;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * Mean, variance and covariance from noisy centred moments. Each is clamped to what the bounds
 * allow, so noise never makes a value that no data could have.
 *
 * @param condition the rows that have all arguments
 */
record Moments(Expression condition) implements Serializable {

  Statistic rows() {
    return new Statistic(Kind.ROWS, condition, List.of());
  }

  Statistic centred(Argument x) {
    return new Statistic(Kind.CENTRED, condition, List.of(x));
  }

  Statistic square(Argument x) {
    return new Statistic(Kind.SQUARE, condition, List.of(x));
  }

  Statistic product(Argument x, Argument y) {
    return new Statistic(Kind.PRODUCT, condition, List.of(x, y));
  }

  double count(Noisy noisy) {
    return Math.max(1, noisy.of(rows()));
  }

  /** The sum of the values themselves. */
  double sum(Argument x, Noisy noisy) {
    Interval bounds = x.bounds();
    return bounds.midpoint() * noisy.of(rows()) + bounds.halfWidth() * noisy.of(centred(x));
  }

  double mean(Argument x, Noisy noisy) {
    Interval bounds = x.bounds();
    return bounds.clamp(bounds.midpoint() + bounds.halfWidth() * centredMean(x, noisy));
  }

  /** The population variance. */
  double variance(Argument x, Noisy noisy) {
    double half = x.bounds().halfWidth();
    return half * half * centredVariance(x, noisy);
  }

  /** The population covariance. */
  double covariance(Argument x, Argument y, Noisy noisy) {
    return x.bounds().halfWidth() * y.bounds().halfWidth() * centredCovariance(x, y, noisy);
  }

  /** A population moment as an estimate from a sample. */
  double unbiased(double population, Noisy noisy) {
    double count = count(noisy);
    return count > 1 ? population * count / (count - 1) : population;
  }

  /** NaN where the noise leaves no variance to divide by. */
  double correlation(Argument x, Argument y, Noisy noisy) {
    double both = Math.sqrt(centredVariance(x, noisy) * centredVariance(y, noisy));
    return both > 0 ? clamp(centredCovariance(x, y, noisy) / both, 1) : Double.NaN;
  }

  private double centredMean(Argument x, Noisy noisy) {
    return clamp(noisy.of(centred(x)) / count(noisy), 1);
  }

  private double centredVariance(Argument x, Noisy noisy) {
    double mean = centredMean(x, noisy);
    double square = noisy.of(square(x)) / count(noisy);
    return Math.max(0, Math.min(1, square - mean * mean));
  }

  private double centredCovariance(Argument x, Argument y, Noisy noisy) {
    double product = noisy.of(product(x, y)) / count(noisy);
    return clamp(product - centredMean(x, noisy) * centredMean(y, noisy), 1);
  }

  private static double clamp(double value, double magnitude) {
    return Math.max(-magnitude, Math.min(magnitude, value));
  }
}
