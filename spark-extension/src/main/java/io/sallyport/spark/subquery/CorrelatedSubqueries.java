package io.sallyport.spark.subquery;

import io.sallyport.spark.scala.Scala;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Exists;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.optimizer.PullupCorrelatedPredicates;
import org.apache.spark.sql.catalyst.optimizer.RewriteCorrelatedScalarSubquery;
import org.apache.spark.sql.catalyst.optimizer.RewriteNonCorrelatedExists;
import org.apache.spark.sql.catalyst.optimizer.RewritePredicateSubquery;
import org.apache.spark.sql.catalyst.plans.Cross$;
import org.apache.spark.sql.catalyst.plans.FullOuter$;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.LeftAnti$;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.LeftSemi$;
import org.apache.spark.sql.catalyst.plans.RightOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Takes subqueries of rows out of conditions: IN and EXISTS become semi joins, NOT IN and NOT
 * EXISTS anti joins, and an aggregate over the rows that belong to the outer one becomes a join
 * with the aggregate by what they have in common.
 *
 * <p>The rules are those of Spark's own optimizer, applied before anything is judged: what is
 * judged is what runs.
 */
final class CorrelatedSubqueries {

  /** A single join fails on a second match, an existence join adds a column: neither is judged. */
  private static final Set<JoinType> JOINS =
      Set.of(
          Inner$.MODULE$,
          Cross$.MODULE$,
          LeftOuter$.MODULE$,
          RightOuter$.MODULE$,
          FullOuter$.MODULE$,
          LeftSemi$.MODULE$,
          LeftAnti$.MODULE$);

  private CorrelatedSubqueries() {}

  /**
   * The plan with these subqueries joined; scalar ones that do not depend on the outer row stay.
   *
   * @throws io.sallyport.spark.RefusedException RELATION_NOT_ALLOWED for a subquery of rows that is
   *     no condition of its own, or that Spark would join in another way
   */
  static LogicalPlan joined(LogicalPlan analysed) {
    if (!hasSubquery(analysed)) {
      return analysed;
    }
    LogicalPlan ofRows = RewriteNonCorrelatedExists.apply(analysed);
    requireConditions(ofRows);
    LogicalPlan joined =
        RewritePredicateSubquery.apply(
            RewriteCorrelatedScalarSubquery.apply(PullupCorrelatedPredicates.apply(ofRows)));
    requireUsualJoins(joined);
    return joined;
  }

  private static void requireConditions(LogicalPlan plan) {
    for (Expression expression : Scala.<Expression>list(plan.expressions())) {
      if (plan instanceof Filter) {
        requireConjuncts(expression);
      } else {
        requireNone(expression);
      }
    }
    Scala.children(plan).forEach(CorrelatedSubqueries::requireConditions);
  }

  private static void requireConjuncts(Expression condition) {
    if (condition instanceof And and) {
      requireConjuncts(and.left());
      requireConjuncts(and.right());
      return;
    }
    Expression test = condition instanceof Not not ? not.child() : condition;
    if (test instanceof Exists exists) {
      requireConditions(exists.plan());
    } else if (test instanceof InSubquery in) {
      Scala.<Expression>list(in.values()).forEach(CorrelatedSubqueries::requireNone);
      requireConditions(in.query().plan());
    } else {
      requireNone(condition);
    }
  }

  private static void requireNone(Expression expression) {
    if (expression instanceof Exists || expression instanceof InSubquery) {
      throw SubqueryRefusals.ofRows();
    }
    if (expression instanceof ScalarSubquery subquery) {
      if (!subquery.outerAttrs().isEmpty() && !AtMostOneRow.is(subquery.plan())) {
        throw SubqueryRefusals.severalRows();
      }
      requireConditions(subquery.plan());
    }
    Scala.children(expression).forEach(CorrelatedSubqueries::requireNone);
  }

  private static boolean hasSubquery(LogicalPlan plan) {
    return Scala.<Expression>list(plan.expressions()).stream().anyMatch(CorrelatedSubqueries::isIn)
        || Scala.children(plan).stream().anyMatch(CorrelatedSubqueries::hasSubquery);
  }

  private static boolean isIn(Expression expression) {
    return expression instanceof SubqueryExpression
        || Scala.children(expression).stream().anyMatch(CorrelatedSubqueries::isIn);
  }

  private static void requireUsualJoins(LogicalPlan plan) {
    if (plan instanceof Join join && !JOINS.contains(join.joinType())) {
      throw SubqueryRefusals.ofRows();
    }
    Scala.children(plan).forEach(CorrelatedSubqueries::requireUsualJoins);
  }
}
