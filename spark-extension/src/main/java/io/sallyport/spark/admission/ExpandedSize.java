package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.Tuple3;

/**
 * How many operators a query has once each common table stands wherever it is named, and each kept
 * result's plan. Thirty that each name the one before twice are a short text and a thousand million
 * operators, which Spark's analysis goes through.
 */
final class ExpandedSize {

  private static final long MOST_OPERATORS = 10_000;

  private ExpandedSize() {}

  /**
   * Requires a bounded size.
   *
   * @throws RefusedException LIMIT_EXCEEDED beyond 10 000 operators
   */
  static void require(LogicalPlan built) {
    if (of(built, Map.of()) > MOST_OPERATORS) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "the query has too many operators once the tables of WITH and kept results are put in their places",
          "at most " + MOST_OPERATORS + " operators");
    }
  }

  private static long of(LogicalPlan plan, Map<String, Long> tables) {
    if (plan instanceof UnresolvedRelation relation) {
      List<String> name = Scala.list(relation.multipartIdentifier());
      return name.size() == 1 ? tables.getOrDefault(lower(name.get(0)), 1L) : 1;
    }
    Map<String, Long> scope = tables;
    if (plan instanceof UnresolvedWith with) {
      scope = new HashMap<>(tables);
      for (Tuple3<String, SubqueryAlias, ?> table : Scala.list(with.cteRelations())) {
        scope.put(lower(table._1()), of(table._2(), scope));
      }
    }
    long size = 1;
    for (LogicalPlan child : Scala.children(plan)) {
      size = bounded(size + of(child, scope));
    }
    for (Expression expression : Scala.<Expression>list(plan.expressions())) {
      size = bounded(size + of(expression, scope));
    }
    return size;
  }

  private static long of(Expression expression, Map<String, Long> tables) {
    long size = expression instanceof SubqueryExpression subquery ? of(subquery.plan(), tables) : 0;
    for (Expression child : Scala.children(expression)) {
      size = bounded(size + of(child, tables));
    }
    return size;
  }

  private static long bounded(long size) {
    return Math.min(size, MOST_OPERATORS + 1);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
