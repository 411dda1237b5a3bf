package io.sallyport.spark.exact;

import io.sallyport.policy.rule.AggregateFamily;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
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
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevPop;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevSamp;
import org.apache.spark.sql.catalyst.expressions.aggregate.VariancePop;
import org.apache.spark.sql.catalyst.expressions.aggregate.VarianceSamp;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.LongType;

/**
 * What Spark's functions make of a group's numbers. A first argument is the dependent one, y, of a
 * regression; NaN stands for NULL.
 */
final class Statistics {

  private static final Map<Class<?>, ToDoubleFunction<Estimate>> OF_MOMENTS =
      Map.ofEntries(
          Map.entry(VariancePop.class, e -> e.xx() / e.rows()),
          Map.entry(VarianceSamp.class, e -> sample(e, e.xx())),
          Map.entry(StddevPop.class, e -> Math.sqrt(e.xx() / e.rows())),
          Map.entry(StddevSamp.class, e -> Math.sqrt(sample(e, e.xx()))),
          Map.entry(CovPopulation.class, e -> e.xy() / e.rows()),
          Map.entry(CovSample.class, e -> sample(e, e.xy())),
          Map.entry(Corr.class, e -> e.rows() == 1 ? Double.NaN : correlation(e)),
          Map.entry(RegrAvgX.class, Estimate::meanY),
          Map.entry(RegrAvgY.class, Estimate::meanX),
          Map.entry(RegrSXX.class, Estimate::yy),
          Map.entry(RegrSYY.class, Estimate::xx),
          Map.entry(RegrSXY.class, Estimate::xy),
          Map.entry(RegrSlope.class, Statistics::slope),
          Map.entry(RegrIntercept.class, e -> e.meanX() - slope(e) * e.meanY()),
          Map.entry(RegrR2.class, Statistics::determination));

  private Statistics() {}

  /** Spark's value of the function; null for NULL. */
  static Object value(Term term, Estimate estimate, DataType type) {
    AggregateFunction function = term.function().aggregateFunction();
    if (term.family() == AggregateFamily.COUNT || function instanceof RegrCount) {
      return estimate.rows();
    }
    if (estimate.rows() == 0 || estimate.overflows()) {
      return null;
    }
    ToDoubleFunction<Estimate> moments = OF_MOMENTS.get(function.getClass());
    if (moments != null) {
      return number(moments.applyAsDouble(estimate));
    }
    return term.family() == AggregateFamily.AVG ? average(estimate, type) : sum(estimate, type);
  }

  private static Object sum(Estimate estimate, DataType type) {
    if (type instanceof LongType) {
      BigDecimal whole = rounded(estimate, 0);
      boolean fits =
          whole.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0
              && whole.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0;
      return fits ? whole.longValueExact() : null;
    }
    return type instanceof DecimalType decimal
        ? decimal(rounded(estimate, decimal.scale()), decimal)
        : number(estimate.sum());
  }

  private static Object average(Estimate estimate, DataType type) {
    BigDecimal rows = BigDecimal.valueOf(estimate.rows());
    if (type instanceof DecimalType decimal) {
      BigDecimal sum = estimate.isExact() ? estimate.exactSum() : new BigDecimal(estimate.sum());
      return decimal(sum.divide(rows, decimal.scale(), RoundingMode.HALF_UP), decimal);
    }
    return number(estimate.sum() / estimate.rows());
  }

  private static BigDecimal rounded(Estimate estimate, int scale) {
    BigDecimal sum = estimate.isExact() ? estimate.exactSum() : new BigDecimal(estimate.sum());
    return sum.round(new MathContext(70)).setScale(scale, RoundingMode.HALF_UP);
  }

  private static Object decimal(BigDecimal value, DecimalType type) {
    return value.precision() - value.scale() > type.precision() - type.scale()
        ? null
        : Decimal.apply(value, type.precision(), type.scale());
  }

  private static Object number(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static double sample(Estimate estimate, double moment) {
    return estimate.rows() == 1 ? Double.NaN : moment / (estimate.rows() - 1);
  }

  private static double correlation(Estimate e) {
    double scale = Math.sqrt(e.xx() * e.yy());
    return scale == 0 ? Double.NaN : e.xy() / scale;
  }

  private static double slope(Estimate e) {
    return e.yy() == 0 ? Double.NaN : e.xy() / e.yy();
  }

  /** The share of the variance of y that x explains: all of it where y does not vary. */
  private static double determination(Estimate e) {
    if (e.yy() == 0) {
      return Double.NaN;
    }
    double correlation = correlation(e);
    return e.xx() == 0 ? 1 : correlation * correlation;
  }
}
