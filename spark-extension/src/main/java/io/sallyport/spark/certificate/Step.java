package io.sallyport.spark.certificate;

import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.ExprId;

/**
 * What is claimed of one node of the plan.
 *
 * @param operator the node's class
 * @param rule why its rows are each one person's
 * @param people columns that hold the row's person, or NULL
 */
public record Step(Class<?> operator, Rule rule, Set<ExprId> people) {
  public Step {
    people = Set.copyOf(people);
  }
}
