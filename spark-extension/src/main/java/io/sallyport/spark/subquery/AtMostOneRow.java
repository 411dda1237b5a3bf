package io.sallyport.spark.subquery;

import io.sallyport.spark.scala.Scala;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;

/** Whether a plan can have no more than one row, whatever the data are: by its operators alone. */
public final class AtMostOneRow {

  /** Operators that have no more rows than their input. */
  private static final Set<Class<?>> NO_MORE =
      Set.of(
          Project.class,
          Filter.class,
          SubqueryAlias.class,
          Sort.class,
          Distinct.class,
          Deduplicate.class);

  private static final Set<String> PAIRS = Set.of("INNER", "CROSS", "LEFT OUTER");

  private AtMostOneRow() {}

  /** False for every operator that is not listed here. */
  public static boolean is(LogicalPlan plan) {
    if (plan instanceof OneRowRelation) {
      return true;
    }
    if (plan instanceof Aggregate aggregate) {
      return aggregate.groupingExpressions().isEmpty();
    }
    if (plan instanceof GlobalLimit limit
        && limit.limitExpr() instanceof Literal most
        && most.value() instanceof Integer rows
        && rows <= 1) {
      return true;
    }
    if (NO_MORE.contains(plan.getClass())) {
      return is(Scala.children(plan).get(0));
    }
    return plan instanceof Join join
        && PAIRS.contains(join.joinType().sql())
        && is(join.left())
        && is(join.right());
  }

  /** Whether a join leaves each of its left rows as it is, once, with more columns. */
  public static boolean isAddedBy(Join join) {
    return join.joinType().sql().equals("LEFT OUTER")
        && join.condition().isEmpty()
        && is(join.right());
  }
}
