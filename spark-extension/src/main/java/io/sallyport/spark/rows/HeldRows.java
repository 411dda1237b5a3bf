package io.sallyport.spark.rows;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.UnboundedFollowing$;
import org.apache.spark.sql.catalyst.expressions.UnboundedPreceding$;
import org.apache.spark.sql.catalyst.expressions.aggregate.ApproximatePercentile;
import org.apache.spark.sql.catalyst.expressions.aggregate.HistogramNumeric;
import org.apache.spark.sql.catalyst.expressions.aggregate.Median;
import org.apache.spark.sql.catalyst.expressions.aggregate.Percentile;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;

/**
 * What an operator holds of the rows that a plan makes: some aggregates keep every value until the
 * last, or a digest of them, and a window to its end is gone through again for each row.
 */
final class HeldRows {

  private static final long MOST_KEPT = 1_000_000;
  private static final long MOST_REREAD = 100_000;

  /** Rows that a table is taken to have; how many it has is not for a refusal to tell. */
  private static final double TABLE = 10_000;

  /** The same of a table that nothing repeats: what its owner knows it to have. */
  private static final double PLAIN = 5_000;

  /** Of the size of a number. */
  private static final long LONG_DECIMAL = 4;

  /** What a digest of values counts as at most: it holds more of them, in less room. */
  private static final long MOST_OF_A_DIGEST = 10_000;

  private static final Set<Class<?>> KEEPERS = Set.of(Median.class, Percentile.class);

  private static final Set<Class<?>> DIGESTS =
      Set.of(ApproximatePercentile.class, HistogramNumeric.class);

  private HeldRows() {}

  /**
   * Judges an operator over so many made rows.
   *
   * @param rows how many, a table being one
   * @param ofATable how often each row of a table is among them; 0 without a table
   * @return how many values it keeps, long decimals as four
   * @throws RefusedException LIMIT_EXCEEDED when it would hold too many of them
   */
  static double require(LogicalPlan plan, long rows, long ofATable) {
    List<Expression> expressions = Scala.list(plan.expressions());
    if (rows > MOST_REREAD) {
      expressions.forEach(HeldRows::requireNothingReread);
    }
    double values = Math.max((double) rows, ofATable > 1 ? ofATable * TABLE : ofATable * PLAIN);
    if (values <= 1) {
      return 0;
    }
    double ofADigest = isGrouped(plan) ? values : Math.min(values, MOST_OF_A_DIGEST);
    return count(expressions, KEEPERS) * values + count(expressions, DIGESTS) * ofADigest;
  }

  /**
   * Judges all values that the operators of a plan keep.
   *
   * @throws RefusedException LIMIT_EXCEEDED when there are too many
   */
  static void requireFew(double kept) {
    if (kept > MOST_KEPT) {
      throw beyond(
          "median, percentiles and histograms keep every value: all of them in the query together"
              + " more than "
              + MOST_KEPT
              + " of",
          "fewer of them, joins ON equal columns, or a count or an average");
    }
  }

  private static boolean isGrouped(LogicalPlan plan) {
    return plan instanceof Aggregate aggregate && !aggregate.groupingExpressions().isEmpty();
  }

  private static long count(List<Expression> expressions, Set<Class<?>> of) {
    return expressions.stream().mapToLong(expression -> count(expression, of)).sum();
  }

  private static long count(Expression expression, Set<Class<?>> of) {
    long below = count(Scala.children(expression), of);
    return of.contains(expression.getClass()) ? below + weight(expression) : below;
  }

  private static long weight(Expression keeper) {
    return Scala.children(keeper).get(0).dataType() instanceof DecimalType decimal
            && decimal.precision() > Decimal.MAX_LONG_DIGITS()
        ? LONG_DECIMAL
        : 1;
  }

  private static void requireNothingReread(Expression expression) {
    if (expression instanceof SpecifiedWindowFrame frame
        && frame.upper() == UnboundedFollowing$.MODULE$
        && frame.lower() != UnboundedPreceding$.MODULE$) {
      throw beyond(
          "a window to UNBOUNDED FOLLOWING reads, for each row, all after it of more than "
              + MOST_REREAD,
          "the opposite ORDER BY with UNBOUNDED PRECEDING");
    }
    Scala.children(expression).forEach(HeldRows::requireNothingReread);
  }

  private static RefusedException beyond(String what, String instead) {
    return RefusedException.of(
        RefusalCode.LIMIT_EXCEEDED,
        what + " rows that ranges, lists and joins make (made-rows)",
        "fewer rows, or " + instead);
  }
}
