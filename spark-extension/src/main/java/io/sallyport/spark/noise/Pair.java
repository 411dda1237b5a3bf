package io.sallyport.spark.noise;

import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
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

/** The arguments of a function of two columns; SQL's regr_* write y first. */
record Pair(Expression x, Expression y) {

  static Optional<Pair> of(AggregateFunction function) {
    Pair pair = null;
    if (function instanceof Corr f) {
      pair = new Pair(f.x(), f.y());
    } else if (function instanceof CovPopulation f) {
      pair = new Pair(f.left(), f.right());
    } else if (function instanceof CovSample f) {
      pair = new Pair(f.left(), f.right());
    } else if (function instanceof RegrCount f) {
      pair = new Pair(f.right(), f.left());
    } else if (function instanceof RegrAvgX f) {
      pair = new Pair(f.right(), f.left());
    } else if (function instanceof RegrAvgY f) {
      pair = new Pair(f.right(), f.left());
    } else if (function instanceof RegrR2 f) {
      pair = new Pair(f.x(), f.y());
    } else if (function instanceof RegrSXX f) {
      pair = new Pair(f.right(), f.left());
    } else if (function instanceof RegrSXY f) {
      pair = new Pair(f.x(), f.y());
    } else if (function instanceof RegrSYY f) {
      pair = new Pair(f.right(), f.left());
    } else if (function instanceof RegrSlope f) {
      pair = new Pair(f.right(), f.left());
    } else if (function instanceof RegrIntercept f) {
      pair = new Pair(f.right(), f.left());
    }
    return Optional.ofNullable(pair);
  }
}
