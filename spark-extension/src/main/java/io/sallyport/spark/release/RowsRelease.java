package io.sallyport.spark.release;

import io.sallyport.spark.RefusedException;
import io.sallyport.spark.label.NodeLabel;
import io.sallyport.spark.rows.KeptRows;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Materialises rows that may be shown as they are: public ones, and those a policy lets out. */
final class RowsRelease {

  private final Chamber chamber;
  private final Unseal unseal;
  private final ResultBound bound;

  RowsRelease(Chamber chamber, Unseal unseal, ResultBound bound) {
    this.chamber = chamber;
    this.unseal = unseal;
    this.bound = bound;
  }

  /**
   * @throws RefusedException LIMIT_EXCEEDED when there are more rows than the operator allows
   */
  Released release(LogicalPlan rows, NodeLabel label) {
    List<Attribute> columns = Scala.list(rows.output());
    Wipe wipe = new Wipe(FrameTotals.tables(rows));
    if (KeptRows.areIn(rows)) {
      LogicalPlan plan = unseal.in(wipe.over(rows, columns, label));
      return new Released(wipe.columns(columns, label), chamber.runWithin(plan, bound).orRefuse());
    }
    List<UnsafeRow> shown = chamber.runWithin(unseal.in(rows), bound).orRefuse();
    return new Released(wipe.columns(columns, label), wipe.apply(shown, columns, label));
  }
}
