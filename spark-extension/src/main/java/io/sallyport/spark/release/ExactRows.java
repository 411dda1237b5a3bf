package io.sallyport.spark.release;

import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Materialises the rows of a whole plan, to be kept. More rows, or bytes, than the operator allows
 * are none: how many there are must not be told to the one who asks, so this is no error.
 */
final class ExactRows {

  private final Chamber chamber;
  private final ResultBound bound;

  ExactRows(Chamber chamber, ResultBound bound) {
    this.chamber = chamber;
    this.bound = bound;
  }

  /** A plan without sealed leaves, over what was released before. */
  Result ofFree(LogicalPlan plan) {
    return new Result(Result.schemaOf(plan), chamber.runWithin(plan, bound).rows(), "{}");
  }

  /** A plan that reads governed data. Whatever derives from a blacklisted column is wiped. */
  Result ofGoverned(LogicalPlan unsealed, Judged judged, Evidence evidence) {
    List<Attribute> columns = Scala.list(judged.plan().output());
    Wipe wipe = new Wipe(FrameTotals.tables(judged.plan()));
    Optional<List<UnsafeRow>> shown =
        chamber
            .runWithin(unsealed, bound)
            .rows()
            .map(some -> wipe.apply(some, columns, judged.labels().root()));
    return new Result(Result.schemaOf(judged.plan()), shown, evidence.of(judged));
  }
}
