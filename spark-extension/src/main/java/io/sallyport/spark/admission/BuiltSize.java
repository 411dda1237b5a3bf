package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.Tuple3;

/**
 * How large a plan is as it was built, before anything else walks it. Spark's parser repeats
 * operands: {@code CASE x WHEN 1 .. WHEN 2 ..} and {@code x LIKE ANY (..)} hold {@code x} once for
 * each choice, and such a CASE in another, 60 times, has more parts than anybody could count. So
 * counting ends at the bound.
 */
final class BuiltSize {

  private int parts;

  private BuiltSize() {}

  /**
   * Requires a bounded size of a plan, its subqueries and its common tables.
   *
   * @throws RefusedException LIMIT_EXCEEDED
   */
  static void require(LogicalPlan built) {
    new BuiltSize().plan(built);
  }

  /**
   * The same of an expression.
   *
   * @throws RefusedException LIMIT_EXCEEDED
   */
  static void require(Expression built) {
    new BuiltSize().expression(built);
  }

  private void plan(LogicalPlan plan) {
    count();
    if (plan instanceof UnresolvedWith with) {
      for (Tuple3<String, SubqueryAlias, ?> table : Scala.list(with.cteRelations())) {
        plan(table._2());
      }
    }
    Scala.<Expression>list(plan.expressions()).forEach(this::expression);
    Scala.children(plan).forEach(this::plan);
  }

  private void expression(Expression expression) {
    count();
    if (expression instanceof SubqueryExpression subquery) {
      plan(subquery.plan());
    }
    Scala.children(expression).forEach(this::expression);
  }

  private void count() {
    parts++;
    if (parts > ExpandedSize.MOST_PARTS) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "the query has too many parts: CASE x WHEN and LIKE ANY write out x for each choice"
              + " (plan-parts)",
          "at most " + ExpandedSize.MOST_PARTS);
    }
  }
}
