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

  /** Operators that hold one another, from the root of the query to its furthest leaf. */
  static final int DEPTH = 300;

  private int parts;
  private int depth;

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
    enter();
    if (plan instanceof UnresolvedWith with) {
      for (Tuple3<String, SubqueryAlias, ?> table : Scala.list(with.cteRelations())) {
        plan(table._2());
      }
    }
    Scala.<Expression>list(plan.expressions()).forEach(this::expression);
    Scala.children(plan).forEach(this::plan);
    depth--;
  }

  private void expression(Expression expression) {
    enter();
    if (expression instanceof SubqueryExpression subquery) {
      plan(subquery.plan());
    }
    Scala.children(expression).forEach(this::expression);
    depth--;
  }

  private void enter() {
    depth++;
    if (depth > DEPTH) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "the query has more than %d operators in one chain or inside each other (sql-depth)"
              .formatted(DEPTH),
          "parentheses that halve the chain, as in (a + b) + (c + d), or fewer operators");
    }
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
