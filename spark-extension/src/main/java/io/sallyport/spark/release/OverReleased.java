package io.sallyport.spark.release;

import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** A release point over free rows of the right columns where release points stand below it. */
final class OverReleased {

  private OverReleased() {}

  /**
   * @param inner release points, by identity
   */
  static Aggregate of(Aggregate point, Set<Aggregate> inner) {
    return (Aggregate) Scala.withChildren(point, List.of(below(point.child(), inner)));
  }

  private static LogicalPlan below(LogicalPlan plan, Set<Aggregate> inner) {
    if (plan instanceof Aggregate aggregate && inner.contains(aggregate)) {
      return new LocalRelation(plan.output(), Scala.noElements(), false, Scala.none());
    }
    List<LogicalPlan> before = Scala.children(plan);
    List<LogicalPlan> after = before.stream().map(child -> below(child, inner)).toList();
    return before.isEmpty() ? plan : Scala.withChildren(plan, after);
  }
}
