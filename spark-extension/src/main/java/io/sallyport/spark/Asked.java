package io.sallyport.spark;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * A question as it comes from the wire.
 *
 * @param plan makes the unresolved plan; called once
 * @param stored the plan's bytes as an artifact of a given id keeps them, for {@link PlanBytes}
 * @param justification why it is asked, in the analyst's words; may be empty
 * @param first how many rows are wanted, when only the first are to be shown
 * @param words all that it says, for a record of it when it becomes no plan
 */
public record Asked(
    Supplier<LogicalPlan> plan,
    Function<String, byte[]> stored,
    String justification,
    OptionalInt first,
    Supplier<String> words) {

  public Asked {
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(stored, "stored");
    Objects.requireNonNull(justification, "justification");
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(words, "words");
  }

  /** A question whose rows are all wanted. */
  public Asked(Supplier<LogicalPlan> plan, Function<String, byte[]> stored, String justification) {
    this(plan, stored, justification, OptionalInt.empty(), () -> "");
  }
}
