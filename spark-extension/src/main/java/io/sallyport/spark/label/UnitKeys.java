package io.sallyport.spark.label;

import org.apache.spark.sql.catalyst.plans.logical.Aggregate;

/** Whether an aggregate's groups are each of one person. */
public final class UnitKeys {

  private UnitKeys() {}

  public static boolean isPerPerson(Aggregate aggregate) {
    return AggregateFlow.isPerPerson(aggregate, PlanLabels.root(aggregate.child()));
  }
}
