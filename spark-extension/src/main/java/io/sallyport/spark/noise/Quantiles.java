package io.sallyport.spark.noise;

import io.sallyport.dp.mechanism.ClippedExtremes;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.ApproximatePercentile;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Median;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.expressions.aggregate.Percentile;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The functions that are quantiles: median and percentiles, and the extremes, in whose place the
 * quantiles 0.005 and 0.995 stand, because the true ones are single people's values.
 *
 * @param value whose quantiles
 * @param ranks each from 0 to 1; several where the function makes a list
 */
record Quantiles(Expression value, List<Double> ranks) {

  private static final double MEDIAN = 0.5;

  Quantiles {
    ranks = List.copyOf(ranks);
  }

  /** Empty when the function is none. */
  static Optional<Quantiles> of(AggregateFunction function) {
    Expression value = Scala.children(function).isEmpty() ? null : first(function);
    if (function instanceof Min) {
      return Optional.of(new Quantiles(value, List.of(ClippedExtremes.TAIL)));
    }
    if (function instanceof Max) {
      return Optional.of(new Quantiles(value, List.of(1 - ClippedExtremes.TAIL)));
    }
    if (function instanceof Median) {
      return Optional.of(new Quantiles(value, List.of(MEDIAN)));
    }
    if (function instanceof ApproximatePercentile percentile) {
      return percentages(percentile.percentageExpression()).map(of -> new Quantiles(value, of));
    }
    if (function instanceof Percentile percentile
        && !percentile.reverse()
        && countsOnce(percentile.frequencyExpression())) {
      return percentages(percentile.percentageExpression()).map(of -> new Quantiles(value, of));
    }
    return Optional.empty();
  }

  private static Expression first(AggregateFunction function) {
    return Scala.children(function).get(0);
  }

  private static boolean countsOnce(Expression frequency) {
    return frequency instanceof Literal literal
        && literal.value() instanceof Number number
        && number.longValue() == 1;
  }

  /** Empty when they are no constants between 0 and 1. */
  private static Optional<List<Double>> percentages(Expression percentage) {
    if (!percentage.foldable()) {
      return Optional.empty();
    }
    List<Double> ranks = new ArrayList<>();
    if (percentage.dataType() instanceof ArrayType) {
      Expression doubles = Catalyst.cast(percentage, ArrayType.apply(DataTypes.DoubleType));
      if (doubles.eval(null) instanceof ArrayData list) {
        for (int i = 0; i < list.numElements(); i++) {
          ranks.add(list.isNullAt(i) ? Double.NaN : list.getDouble(i));
        }
      }
    } else if (Catalyst.cast(percentage, DataTypes.DoubleType).eval(null) instanceof Double rank) {
      ranks.add(rank);
    }
    boolean valid = ranks.stream().allMatch(rank -> rank >= 0 && rank <= 1);
    return valid && !ranks.isEmpty() ? Optional.of(ranks) : Optional.empty();
  }
}
