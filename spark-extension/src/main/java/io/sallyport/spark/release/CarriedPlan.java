package io.sallyport.spark.release;

import io.sallyport.policy.frame.FrameName;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * A plan of Owned rows whose output names, for each frame, the unit that a row belongs to.
 *
 * @param plan the plan, its original columns first
 * @param units for each frame the column of its unit, NULL in rows that rest on none; for a frame
 *     that counts rows, a marker that is 1 in its rows and NULL in others
 */
record CarriedPlan(LogicalPlan plan, Map<FrameName, Attribute> units) {

  CarriedPlan {
    units = Map.copyOf(units);
  }
}
