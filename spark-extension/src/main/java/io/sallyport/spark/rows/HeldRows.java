package io.sallyport.spark.rows;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
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
    if (rows > MOST_REREAD) {
      for (Expression expression : Scala.<Expression>list(plan.expressions())) {
        require(expression, rows);
      }
    }
  }

  private static void require(Expression expression, long rows) {
    if (rows > MOST_KEPT && KEEPERS.contains(expression.getClass())) {
      throw beyond(
          expression.prettyName() + " keeps every value of", MOST_KEPT, "a count or an average");
    }
    if (expression instanceof SpecifiedWindowFrame frame
        && frame.upper() == UnboundedFollowing$.MODULE$
        && frame.lower() != UnboundedPreceding$.MODULE$) {
      throw beyond(
          "a window to UNBOUNDED FOLLOWING reads, for each row, all after it of",
          MOST_REREAD,
          "the opposite ORDER BY with UNBOUNDED PRECEDING");
    }
    Scala.children(expression).forEach(part -> require(part, rows));
  }

  private static RefusedException beyond(String what, long most, String instead) {
    return RefusedException.of(
        RefusalCode.LIMIT_EXCEEDED,
        what + " more than " + most + " rows that ranges, lists and joins make (made-rows)",
        "fewer rows, or " + instead);
  }
}
