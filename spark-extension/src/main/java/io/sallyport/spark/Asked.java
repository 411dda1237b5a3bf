package io.sallyport.spark;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * A question as it comes from the wire.
 *
 * @param plan makes the unresolved plan; called once
 * @param stored the plan's bytes as an artifact of a given id keeps them, for {@link PlanBytes}
 * @param justification why it is asked, in the analyst's words; may be empty
 */
public record Asked(
    Supplier<LogicalPlan> plan, Function<String, byte[]> stored, String justification) {

  public Asked {
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(stored, "stored");
    Objects.requireNonNull(justification, "justification");
  }
}
