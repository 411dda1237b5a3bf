package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.UnaryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * How many rows the operators of an analysed plan make, as far as the plan tells: ranges and lists
 * are as long as they say, and joins without an equality make every pair. A table counts as one
 * row, because how many it has is not for a refusal to tell: what is bounded is how many times over
 * it is gone through.
 */
final class MadeRows {

  private static final long MOST = 100_000_000;

  /** Entries of a list that is no constant. */
  private static final long USUAL_LIST = 100;

  private MadeRows() {}

  /**
   * Requires that no operator makes too many rows.
   *
   * @throws RefusedException LIMIT_EXCEEDED beyond 100 million
   */
  static void require(LogicalPlan analysed) {
    of(analysed);
  }

  private static long of(LogicalPlan plan) {
    for (Expression expression : Scala.<Expression>list(plan.expressions())) {
      subqueries(expression);
    }
    List<Long> inputs = Scala.children(plan).stream().map(MadeRows::of).toList();
    if (plan instanceof GlobalLimit limit) {
      return atMost(inputs.get(0), limit.limitExpr());
    }
    if (plan instanceof LocalLimit limit) {
      return atMost(inputs.get(0), limit.limitExpr());
    }
    return bounded(made(plan, inputs));
  }

  private static long made(LogicalPlan plan, List<Long> inputs) {
    if (inputs.isEmpty()) {
      return leaf(plan);
    }
    if (plan instanceof Join join) {
      long left = inputs.get(0);
      long right = inputs.get(1);
      return isByEquality(join) ? Math.max(left, right) : times(left, right);
    }
    if (plan instanceof Union) {
      return inputs.stream().mapToLong(Long::longValue).sum();
    }
    if (plan instanceof Generate generate) {
      return times(inputs.get(0), entries(generate));
    }
    if (plan instanceof Expand expand) {
      return times(inputs.get(0), expand.projections().size());
    }
    if (plan instanceof Aggregate aggregate && aggregate.groupingExpressions().isEmpty()) {
      return 1;
    }
    return inputs.get(0);
  }

  private static long leaf(LogicalPlan plan) {
    if (plan instanceof Range range) {
      return range.numElements().bitLength() < Long.SIZE
          ? range.numElements().longValue()
          : Long.MAX_VALUE;
    }
    if (plan instanceof LocalRelation rows) {
      return rows.data().size();
    }
    return 1;
  }

  private static long entries(Generate generate) {
    Expression list = Scala.children((Expression) generate.generator()).get(0);
    if (list instanceof CreateArray array) {
      return array.children().size();
    }
    return list instanceof Literal literal && literal.value() instanceof ArrayData array
        ? array.numElements()
        : USUAL_LIST;
  }

  /** Whether rows meet by a column of each side. */
  private static boolean isByEquality(Join join) {
    return Scala.optional(join.condition())
        .map(condition -> holdsEquality(condition, join))
        .orElse(false);
  }

  private static boolean holdsEquality(Expression condition, Join join) {
    if (condition instanceof And and) {
      return holdsEquality(and.left(), join) || holdsEquality(and.right(), join);
    }
    if (condition instanceof EqualTo equal) {
      return meet(equal.left(), equal.right(), join);
    }
    return condition instanceof EqualNullSafe equal && meet(equal.left(), equal.right(), join);
  }

  private static boolean meet(Expression one, Expression other, Join join) {
    return (isColumnOf(join.left(), one) && isColumnOf(join.right(), other))
        || (isColumnOf(join.left(), other) && isColumnOf(join.right(), one));
  }

  private static boolean isColumnOf(LogicalPlan side, Expression expression) {
    return expression instanceof UnaryExpression wrapped
        ? isColumnOf(side, wrapped.child())
        : expression instanceof Attribute column && side.outputSet().contains(column);
  }

  private static void subqueries(Expression expression) {
    if (expression instanceof SubqueryExpression subquery) {
      of(subquery.plan());
    }
    Scala.children(expression).forEach(MadeRows::subqueries);
  }

  private static long atMost(long rows, Expression limit) {
    return limit instanceof Literal literal && literal.value() instanceof Integer most
        ? Math.min(rows, most)
        : rows;
  }

  private static long times(long rows, long each) {
    return each != 0 && rows > MOST / each ? MOST + 1 : rows * each;
  }

  private static long bounded(long rows) {
    if (rows > MOST) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "joins without an equality of columns, ranges and lists make more than %d rows (made-rows)"
              .formatted(MOST),
          "a join ON equal columns, or fewer rows on either side");
    }
    return rows;
  }
}
