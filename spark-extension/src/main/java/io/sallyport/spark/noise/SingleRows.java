package io.sallyport.spark.noise;

import io.sallyport.policy.frame.Frame;
import io.sallyport.spark.label.UnitKeys;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import io.sallyport.spark.subquery.AtMostOneRow;
import java.util.Set;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/**
 * Whether each person has one row at most in a plan of Owned rows: by the owner's declaration,
 * which the chamber checks, by the row being the person, or by an aggregate with the unit as its
 * only key.
 */
final class SingleRows {

  private static final Set<Class<?>> ROW_BY_ROW =
      Set.of(Project.class, Filter.class, SubqueryAlias.class, Sort.class, Window.class);

  private SingleRows() {}

  static boolean in(LogicalPlan plan) {
    if (plan instanceof SealedFrame leaf) {
      return leaf.table().frame().filter(SingleRows::isDeclared).isPresent();
    }
    if (ROW_BY_ROW.contains(plan.getClass())) {
      return in(Scala.children(plan).get(0));
    }
    if (plan instanceof Aggregate aggregate) {
      return aggregate.groupingExpressions().size() == 1 && UnitKeys.isPerPerson(aggregate);
    }
    return plan instanceof Join join
        && (Set.of("LEFT SEMI", "LEFT ANTI").contains(join.joinType().sql())
            || AtMostOneRow.isAddedBy(join))
        && in(join.left());
  }

  private static boolean isDeclared(Frame frame) {
    return frame.unit().isRow() || frame.facts().uniqueUnit();
  }
}
