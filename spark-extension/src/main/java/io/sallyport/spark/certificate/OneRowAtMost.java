package io.sallyport.spark.certificate;

import io.sallyport.spark.scala.Scala;
import java.util.Set;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;

/** Whether a public plan has one row at most, so that what it is joined to is not repeated. */
final class OneRowAtMost {

  private static final Set<Class<?>> NO_MORE =
      Set.of(Project.class, Filter.class, SubqueryAlias.class, Sort.class);

  private OneRowAtMost() {}

  static boolean is(LogicalPlan plan) {
    Class<?> kind = plan.getClass();
    if (kind == LocalRelation.class) {
      return ((LocalRelation) plan).data().size() <= 1;
    }
    if (kind == Aggregate.class) {
      return ((Aggregate) plan).groupingExpressions().isEmpty();
    }
    if (kind == Join.class) {
      String type = ((Join) plan).joinType().sql();
      return Set.of("INNER", "CROSS", "LEFT OUTER").contains(type)
          && Scala.children(plan).stream().allMatch(OneRowAtMost::is);
    }
    return kind == OneRowRelation.class
        || (NO_MORE.contains(kind) && is(Scala.children(plan).get(0)));
  }
}
