package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NTile;
import org.apache.spark.sql.catalyst.expressions.OffsetWindowFunction;
import org.apache.spark.sql.catalyst.expressions.RangeFrame$;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.expressions.SpecialFrameBoundary;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/** What a window may be beyond its classes: nothing in it fails on a row, or hangs on chance. */
final class AdmitWindow {

  /** Rows before or after a row, all of which are gone through for each. */
  private static final long MOST_ROWS = 1_000;

  private AdmitWindow() {}

  static void operator(Window window) {
    for (Attribute column : Scala.<Attribute>list(window.child().output())) {
      if (!RowOrdering.isOrderable(column.dataType())) {
        throw refused(
            "a window over rows with the column " + column.name() + ", which has no order",
            "the window over the columns that it needs");
      }
    }
  }

  static void expression(Expression expression) {
    if (expression instanceof SpecifiedWindowFrame frame
        && frame.frameType().equals(RangeFrame$.MODULE$)
        && !(frame.lower() instanceof SpecialFrameBoundary
            && frame.upper() instanceof SpecialFrameBoundary)) {
      throw refused(
          "RANGE with a distance can leave the range of its type",
          "ROWS, or RANGE between UNBOUNDED and CURRENT ROW");
    }
    if (expression instanceof SpecifiedWindowFrame frame
        && !frame.lower().semanticEquals(frame.upper()) // one row, as that of lag and lead is
        && !(isNear(frame.lower()) && isNear(frame.upper()))) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "ROWS with a distance of more than " + MOST_ROWS + ", or one that is not a constant",
          "at most " + MOST_ROWS + " rows, or UNBOUNDED PRECEDING");
    }
    if (expression instanceof OffsetWindowFunction function && !function.offset().foldable()) {
      throw refused("an offset for each row", "a constant offset");
    }
    if (expression instanceof NTile parts && !parts.buckets().foldable()) {
      throw refused("ntile with a number for each row", "a constant number");
    }
  }

  /** What is foldable was {@link WrittenConstants written out}. */
  private static boolean isNear(Expression boundary) {
    return boundary instanceof SpecialFrameBoundary
        || (boundary.foldable()
            && boundary.eval(InternalRow.empty()) instanceof Number distance
            && Math.abs(distance.longValue()) <= MOST_ROWS);
  }

  private static RefusedException refused(String subject, String remedy) {
    return RefusedException.of(RefusalCode.MAY_FAIL, subject + " is not available", remedy);
  }
}
