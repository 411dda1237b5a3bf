package io.sallyport.spark.crosstab;

import java.util.Optional;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * What is asked for a crosstab at the end of a query.
 *
 * @param plan the table, or the counts that it is made of
 * @param cells how it is made of the counts; empty when the plan is the table
 */
public record CrosstabPlan(LogicalPlan plan, Optional<ReleasedCells> cells) {

  /** The table, of what was released for the plan. */
  public LogicalPlan table(LogicalPlan released) {
    return cells.map(counts -> counts.table(released)).orElse(released);
  }
}
