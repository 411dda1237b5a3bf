package io.sallyport.spark.admission;

import io.sallyport.spark.scala.Scala;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;

/** How many operators of a built plan stand inside each other, its subqueries' among them. */
final class PlanDepth {

  private PlanDepth() {}

  static int of(LogicalPlan plan) {
    int deepest = 0;
    for (LogicalPlan child : Scala.children(plan)) {
      deepest = Math.max(deepest, of(child));
    }
    for (Expression expression : Scala.<Expression>list(plan.expressions())) {
      deepest = Math.max(deepest, of(expression));
    }
    if (plan instanceof UnresolvedWith with) {
      deepest =
          Scala.list(with.cteRelations()).stream()
              .mapToInt(table -> of(table._2()))
              .reduce(deepest, Math::max);
    }
    return deepest + 1;
  }

  private static int of(Expression expression) {
    int deepest = expression instanceof SubqueryExpression subquery ? of(subquery.plan()) : 0;
    for (Expression child : Scala.children(expression)) {
      deepest = Math.max(deepest, of(child));
    }
    return deepest;
  }
}
