package io.sallyport.spark;

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Reads a plan that an artifact keeps, for the principal who asks now. */
@FunctionalInterface
public interface PlanBytes {

  /** The unresolved plan; its names were looked up for the one who asks. */
  LogicalPlan plan(byte[] stored);
}
