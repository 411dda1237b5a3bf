package io.sallyport.spark.certificate;

import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * All that a noisy release rests on, said so that it can be checked without knowing how it was
 * found.
 *
 * @param plan the exact query before noise, with its sealed leaves: the very node that is to run
 * @param values likewise the queries that count by value
 * @param steps what is claimed of the nodes below the bounding of contributions, leaves first; a
 *     public part is one step
 * @param release what is claimed of the numbers
 */
public record Certificate(
    LogicalPlan plan, List<LogicalPlan> values, List<Step> steps, ReleaseClaim release) {
  public Certificate {
    values = List.copyOf(values);
    steps = List.copyOf(steps);
  }
}
