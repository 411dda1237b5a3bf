package io.sallyport.spark.noise;

import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.mechanism.QuantileTree;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.dp.sensitivity.Sensitivity;
import io.sallyport.spark.scala.Catalyst;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;

/**
 * How many rows there are in each leaf of a tree over an argument's bounds: all quantiles of the
 * argument are read from it ({@link QuantileTree}).
 *
 * @param condition which rows count; includes that the argument is there
 * @param argument whose quantiles are wanted; its bounds are not one point
 * @param height of the tree
 */
record Ranks(Expression condition, Argument argument, int height) implements Values {

  /** Whole numbers with fewer values than a tree of this height has leaves need no higher one. */
  private static final int LOW = 2;

  private static final int USUAL = 3;

  static Ranks of(Expression condition, Argument argument, Expression value) {
    boolean whole = isWhole(value);
    boolean few = argument.bounds().width() < QuantileTree.leaves(LOW);
    return new Ranks(condition, argument, whole && few ? LOW : USUAL);
  }

  private static boolean isWhole(Expression value) {
    Expression inner = value instanceof Cast cast ? cast.child() : value;
    return !(inner.dataType() instanceof DoubleType
        || inner.dataType() instanceof FloatType
        || inner.dataType() instanceof DecimalType);
  }

  /** The number of the leaf, never outside the tree. */
  @Override
  public List<Expression> columns() {
    Expression fromLower =
        new Subtract(Arithmetic.clamped(argument), Arithmetic.number(argument.bounds().lower()));
    Expression part = new Divide(fromLower, Arithmetic.number(argument.bounds().width()));
    int leaves = QuantileTree.leaves(height);
    Expression leaf =
        Catalyst.cast(new Multiply(part, Arithmetic.number((double) leaves)), DataTypes.LongType);
    return List.of(Arithmetic.between(0, leaf, leaves - 1));
  }

  @Override
  public boolean isOncePerPerson() {
    return false;
  }

  @Override
  public Sensitivity sensitivity(ContributionBounds bounds) {
    return QuantileTree.sensitivity(height, bounds);
  }

  @Override
  public DoubleUnaryOperator noisy(
      Map<Long, Long> counts, NoisyRelease part, EntropySource entropy) {
    QuantileTree tree = QuantileTree.of(argument.bounds(), height, part);
    QuantileTree.Counts exact = tree.counts();
    counts.forEach((leaf, rows) -> exact.addLeaf(Math.toIntExact(leaf), rows));
    return tree.release(exact, entropy)::quantile;
  }
}
