package io.sallyport.spark.admission;

import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Bytes of the texts in one row of a plan, from the plan alone.
 *
 * @param all of all texts
 * @param made of what functions, constants and rows that come along add to stored texts
 */
public record RowTexts(double all, double made) {

  /** Where a plan does not tell, no text is longer than admission allows. */
  private static final RowTexts UNTOLD =
      new RowTexts(TextGrowth.MOST_MORE_IN_A_ROW, TextGrowth.MOST_MORE_IN_A_ROW);

  /** The texts of a plan that was admitted, or of what the optimizer made of one. */
  public static RowTexts of(LogicalPlan plan) {
    ColumnTexts columns = new ColumnTexts((expression, operands, size) -> {});
    try {
      add(plan, columns);
    } catch (RefusedException untold) { // a length that is a constant no more
      return UNTOLD;
    }
    double made = 0;
    for (Attribute column : Scala.<Attribute>list(plan.output())) {
      if (TextSizes.isText(column)) {
        made += columns.of(column).without(1).bytes();
      }
    }
    return new RowTexts(columns.row(plan).bytes(), made);
  }

  private static void add(LogicalPlan plan, ColumnTexts columns) {
    Scala.children(plan).forEach(child -> add(child, columns));
    columns.add(plan);
  }
}
