package io.sallyport.spark.release;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.label.NodeLabel;
import io.sallyport.spark.rows.KeptRows;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;

/** Materialises rows that may be shown as they are: public ones, and those a policy lets out. */
final class RowsRelease {

  private final Chamber chamber;
  private final Unseal unseal;
  private final int mostRows;

  RowsRelease(Chamber chamber, Unseal unseal, int mostRows) {
    this.chamber = chamber;
    this.unseal = unseal;
    this.mostRows = mostRows;
  }

  /**
   * @throws RefusedException LIMIT_EXCEEDED when there are more rows than the operator allows
   */
  Released release(LogicalPlan rows, NodeLabel label) {
    List<Attribute> columns = Scala.list(rows.output());
    Wipe wipe = new Wipe(FrameTotals.tables(rows));
    if (KeptRows.areIn(rows)) {
      LogicalPlan plan = unseal.in(wipe.over(rows, columns, label));
      return new Released(
          wipe.columns(columns, label),
          chamber.runMany(plan, mostRows).orElseThrow(this::tooManyRows));
    }
    UnsafeProjection all = Rows.projection(Rows.references(columns, 0, columns.size()));
    List<UnsafeRow> shown = new ArrayList<>();
    for (InternalRow row : chamber.run(unseal.in(limited(rows)))) {
      shown.add(Rows.project(all, row));
    }
    if (shown.size() > mostRows) {
      throw tooManyRows();
    }
    return new Released(wipe.columns(columns, label), wipe.apply(shown, columns, label));
  }

  private RefusedException tooManyRows() {
    return RefusedException.of(
        RefusalCode.LIMIT_EXCEEDED,
        "the result has more than " + mostRows + " rows",
        "an aggregate, or limit(" + mostRows + ")");
  }

  private LogicalPlan limited(LogicalPlan rows) {
    Literal limit = new Literal(mostRows + 1, DataTypes.IntegerType);
    return new GlobalLimit(limit, new LocalLimit(limit, rows));
  }
}
