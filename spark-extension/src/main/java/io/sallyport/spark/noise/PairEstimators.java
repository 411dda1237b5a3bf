package io.sallyport.spark.noise;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Corr;
import org.apache.spark.sql.catalyst.expressions.aggregate.CovPopulation;
import org.apache.spark.sql.catalyst.expressions.aggregate.CovSample;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrAvgX;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrAvgY;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrCount;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrIntercept;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrR2;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrSXX;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrSXY;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrSYY;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrSlope;

/**
 * The estimators of functions of two columns: which moments each needs, and what it makes of them.
 */
final class PairEstimators {

  private interface Needs extends Serializable {
    List<Statistic> of(Moments moments, Argument x, Argument y);
  }

  private interface Value extends Serializable {
    double of(Moments moments, Argument x, Argument y, Noisy noisy);
  }

  private record Entry(Needs needs, Value value) implements Serializable {}

  private static final Map<Class<?>, Entry> ENTRIES =
      Map.ofEntries(
          Map.entry(
              RegrCount.class, new Entry(PairEstimators::count, (m, x, y, n) -> n.of(m.rows()))),
          Map.entry(RegrAvgX.class, new Entry(PairEstimators::meanX, (m, x, y, n) -> m.mean(x, n))),
          Map.entry(RegrAvgY.class, new Entry(PairEstimators::meanY, (m, x, y, n) -> m.mean(y, n))),
          Map.entry(
              RegrSXX.class,
              new Entry(PairEstimators::varianceX, (m, x, y, n) -> m.count(n) * m.variance(x, n))),
          Map.entry(
              RegrSYY.class,
              new Entry(PairEstimators::varianceY, (m, x, y, n) -> m.count(n) * m.variance(y, n))),
          Map.entry(
              RegrSXY.class,
              new Entry(
                  PairEstimators::covariance, (m, x, y, n) -> m.count(n) * m.covariance(x, y, n))),
          Map.entry(
              CovPopulation.class,
              new Entry(PairEstimators::covariance, (m, x, y, n) -> m.covariance(x, y, n))),
          Map.entry(
              CovSample.class,
              new Entry(
                  PairEstimators::covariance,
                  (m, x, y, n) -> m.unbiased(m.covariance(x, y, n), n))),
          Map.entry(RegrSlope.class, new Entry(PairEstimators::regression, PairEstimators::slope)),
          Map.entry(
              RegrIntercept.class,
              new Entry(
                  PairEstimators::regression,
                  (m, x, y, n) -> m.mean(y, n) - slope(m, x, y, n) * m.mean(x, n))),
          Map.entry(
              Corr.class, new Entry(PairEstimators::all, (m, x, y, n) -> m.correlation(x, y, n))),
          Map.entry(
              RegrR2.class,
              new Entry(PairEstimators::all, (m, x, y, n) -> Math.pow(m.correlation(x, y, n), 2))));

  private PairEstimators() {}

  static Estimator of(AggregateExpression aggregate, Moments moments, Argument x, Argument y) {
    Entry entry = ENTRIES.get(aggregate.aggregateFunction().getClass());
    return new Estimator(
        aggregate,
        entry.needs().of(moments, x, y),
        noisy -> entry.value().of(moments, x, y, noisy));
  }

  private static List<Statistic> count(Moments m, Argument x, Argument y) {
    return List.of(m.rows());
  }

  private static List<Statistic> meanX(Moments m, Argument x, Argument y) {
    return List.of(m.rows(), m.centred(x));
  }

  private static List<Statistic> meanY(Moments m, Argument x, Argument y) {
    return List.of(m.rows(), m.centred(y));
  }

  private static List<Statistic> varianceX(Moments m, Argument x, Argument y) {
    return List.of(m.rows(), m.centred(x), m.square(x));
  }

  private static List<Statistic> varianceY(Moments m, Argument x, Argument y) {
    return List.of(m.rows(), m.centred(y), m.square(y));
  }

  private static List<Statistic> covariance(Moments m, Argument x, Argument y) {
    return List.of(m.rows(), m.centred(x), m.centred(y), m.product(x, y));
  }

  private static List<Statistic> regression(Moments m, Argument x, Argument y) {
    return List.of(m.rows(), m.centred(x), m.centred(y), m.square(x), m.product(x, y));
  }

  private static List<Statistic> all(Moments m, Argument x, Argument y) {
    return List.of(m.rows(), m.centred(x), m.centred(y), m.square(x), m.square(y), m.product(x, y));
  }

  private static double slope(Moments m, Argument x, Argument y, Noisy noisy) {
    double variance = m.variance(x, noisy);
    return variance > 0 ? m.covariance(x, y, noisy) / variance : Double.NaN;
  }
}
