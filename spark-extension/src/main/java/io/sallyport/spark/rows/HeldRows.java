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
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * What an operator holds of the rows that a plan makes: some aggregates keep every value until the
 * last, and a window to its end is gone through again for each row.
 */
final class HeldRows {

  private static final long MOST_KEPT = 1_000_000;
  private static final long MOST_REREAD = 100_000;

  private static final Set<Class<?>> KEEPERS =
      Set.of(Median.class, Percentile.class, ApproximatePercentile.class, HistogramNumeric.class);

  private HeldRows() {}

  /**
   * Judges an operator over so many made rows.
   *
   * @throws RefusedException LIMIT_EXCEEDED when it would hold too many of them
   */
  static void require(LogicalPlan plan, long rows) {
    List<Expression> expressions = Scala.list(plan.expressions());
    if (rows > MOST_REREAD) {
      expressions.forEach(HeldRows::requireNothingReread);
    }
    long keepers = expressions.stream().mapToLong(HeldRows::keepers).sum();
    if (keepers > 0 && rows > MOST_KEPT / keepers) {
      throw beyond(
          "median, percentiles and histograms, "
              + keepers
              + " of them, keep every value: together more than "
              + MOST_KEPT
              + " of",
          "fewer of them, or a count or an average");
    }
  }

  private static long keepers(Expression expression) {
    long below = Scala.children(expression).stream().mapToLong(HeldRows::keepers).sum();
    return KEEPERS.contains(expression.getClass()) ? below + 1 : below;
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
