package io.sallyport.spark;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * A view as it is to be made.
 *
 * @param name its parts; a view has one
 * @param replace whether it may take the place of another of its name
 * @param plan makes the unresolved plan, its views bound; called once
 * @param words all that it says, for a record of it when it becomes no plan
 * @param bytes the plan's bytes as the view keeps them; asked for after the plan
 */
public record NewView(
    List<String> name,
    boolean replace,
    Supplier<LogicalPlan> plan,
    Supplier<String> words,
    Supplier<byte[]> bytes) {

  public NewView {
    name = List.copyOf(name);
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(words, "words");
    Objects.requireNonNull(bytes, "bytes");
  }
}
