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

/**
 * What an operator holds of the rows that a plan makes: some aggregates keep every value until the
 * last, or a digest of them, and a window to its end is gone through again for each row.
 */
final class HeldRows {

  private static final long MOST_KEPT = 1_000_000;
  private static final long MOST_REREAD = 100_000;

  /** What a digest of values holds at most, at the accuracies that are admitted. */
  private static final long MOST_OF_A_DIGEST = 50_000;

  private static final Set<Class<?>> KEEPERS = Set.of(Median.class, Percentile.class);

  private static final Set<Class<?>> DIGESTS =
      Set.of(ApproximatePercentile.class, HistogramNumeric.class);

  private HeldRows() {}

  /**
   * Judges an operator over so many made rows.
   *
   * @throws RefusedException LIMIT_EXCEEDED when it would hold too many of them
   */
  static void require(LogicalPlan plan, long rows) {
    if (rows <= 1) {
      return;
    }
    List<Expression> expressions = Scala.list(plan.expressions());
    if (rows > MOST_REREAD) {
      expressions.forEach(HeldRows::requireNothingReread);
    }
    long keepers = count(expressions, KEEPERS);
    long digests = count(expressions, DIGESTS);
    long ofADigest = isGrouped(plan) ? rows : Math.min(rows, MOST_OF_A_DIGEST);
    if (keepers * (double) rows + digests * (double) ofADigest > MOST_KEPT) {
      throw beyond(
          "median, percentiles and histograms, "
              + (keepers + digests)
              + " of them, keep every value: together more than "
              + MOST_KEPT
              + " of",
          "fewer of them, or a count or an average");
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
    return of.contains(expression.getClass()) ? below + 1 : below;
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
