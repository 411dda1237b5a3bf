package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.CurrentRow$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RowFrame$;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.UnboundedFollowing$;
import org.apache.spark.sql.catalyst.expressions.UnboundedPreceding$;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/**
 * What a window holds of the rows that it moves over: a copy of every row of a frame between two
 * rows, whole, and outside Spark's memory manager.
 */
final class WindowBuffers {

  private static final double MOST_BYTES = 64L << 20;
  private static final double MOST_STEPS = 10_000_000;

  /** Rows that a table is taken to have; how many it has is not for a refusal to tell. */
  private static final double TABLE = 10_000;

  private static final double BYTES_OF_A_ROW = 64;
  private static final double BYTES_OF_A_COLUMN = 16;

  private WindowBuffers() {}

  /**
   * Judges a window.
   *
   * @param made bytes that a row has beyond what is stored
   * @param rows how many rows it is over, as far as ranges, lists and joins make them
   * @throws RefusedException LIMIT_EXCEEDED when all its frames hold too many bytes, or take too
   *     long for one row
   */
  static void require(Window window, double made, long rows) {
    Map<SpecifiedWindowFrame, Integer> frames = new HashMap<>();
    Scala.<Expression>list(window.expressions()).forEach(part -> moving(part, frames));
    double whole = BYTES_OF_A_ROW + BYTES_OF_A_COLUMN * window.child().output().size() + made;
    double bytes = 0;
    double steps = 0;
    for (Map.Entry<SpecifiedWindowFrame, Integer> frame : frames.entrySet()) {
      double held = Math.min(length(frame.getKey()), rows > 1 ? (double) rows : TABLE);
      bytes += held * (rows > 1 ? whole : made);
      steps += held * frame.getValue();
    }
    if (bytes > MOST_BYTES || steps > MOST_STEPS) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "the rows between ROWS or RANGE boundaries may have more than %d bytes (window-bytes), or"
                  .formatted((long) MOST_BYTES)
              + " be gone through %d times for one row (window-steps)".formatted((long) MOST_STEPS),
          "a shorter distance, fewer columns of long texts, or UNBOUNDED PRECEDING");
    }
  }

  /** How many functions move over each frame. */
  private static void moving(Expression expression, Map<SpecifiedWindowFrame, Integer> frames) {
    if (expression instanceof SpecifiedWindowFrame frame
        && frame.lower() != UnboundedPreceding$.MODULE$
        && frame.upper() != UnboundedFollowing$.MODULE$) {
      frames.merge(frame, 1, Integer::sum);
    }
    Scala.children(expression).forEach(part -> moving(part, frames));
  }

  /** Rows of a frame; of one that holds all rows of equal order, as many as there are. */
  private static double length(SpecifiedWindowFrame frame) {
    return frame.frameType() == RowFrame$.MODULE$
        ? 1 + distance(frame.upper()) - distance(frame.lower())
        : Double.POSITIVE_INFINITY;
  }

  private static double distance(Expression boundary) {
    return boundary == CurrentRow$.MODULE$
        ? 0
        : ((Number) boundary.eval(InternalRow.empty())).doubleValue();
  }
}
