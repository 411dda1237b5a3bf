package io.sallyport.spark.seal;

import io.sallyport.policy.principal.Principal;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Tables of our own that can be named in a query beside the frames. */
@FunctionalInterface
public interface NamedTables {

  /** The table as the principal sees it; empty when there is none of that name for them. */
  Optional<LogicalPlan> find(List<String> nameParts, Principal principal);

  /** These tables, and then others. */
  default NamedTables or(NamedTables others) {
    return (name, principal) -> find(name, principal).or(() -> others.find(name, principal));
  }
}
