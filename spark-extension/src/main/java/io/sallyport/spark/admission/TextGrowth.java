package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.rows.MadeRows;
import io.sallyport.spark.scala.Scala;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/**
 * How long the texts of a plan may become, from the plan alone: {@code concat(x, x)} of {@code
 * concat(x, x)} and so on would fill the memory with one row. A text has at most {@code times} the
 * bytes of what is stored in a row, and {@code more} bytes. A row has a bound of its own, for a
 * thousand columns of one long text are as long as their sum.
 */
public final class TextGrowth {

  private static final double MOST_TIMES = 64;
  static final double MOST_MORE = 1_000_000;

  /** Of all texts of a row together, beyond the stored ones. */
  private static final double MOST_TIMES_IN_A_ROW = 2_048;

  static final double MOST_MORE_IN_A_ROW = 4_000_000;

  /** Of computed texts in all rows that one operator makes: what may be sorted or sent at once. */
  private static final double MOST_BYTES = 8L << 30;

  private final ExpressionCost cost = new ExpressionCost();
  private final ColumnTexts columns = new ColumnTexts(this::judge);
  private final MadeRows rows;

  private TextGrowth(MadeRows rows) {
    this.rows = rows;
  }

  /**
   * Judges a plan.
   *
   * @throws RefusedException LIMIT_EXCEEDED when a text, or all texts of a row, or of all rows that
   *     ranges, lists and joins make, may become too long
   */
  static void require(LogicalPlan plan) {
    require(plan, new IdentityHashMap<>());
  }

  /**
   * The same of a plan of which some aggregates were released.
   *
   * @param released how many rows each of them has, by identity
   * @throws RefusedException LIMIT_EXCEEDED
   */
  public static void require(LogicalPlan plan, IdentityHashMap<Aggregate, Long> released) {
    new TextGrowth(MadeRows.of(released)).plan(plan);
  }

  static RefusedException tooLong() {
    return RefusedException.of(
        RefusalCode.LIMIT_EXCEEDED,
        "a text may become more than 64 times as long as what is stored, or a million bytes longer",
        "fewer or smaller parts in concat, repeat, replace and the like");
  }

  private void plan(LogicalPlan plan) {
    List<LogicalPlan> children = Scala.children(plan);
    children.forEach(this::plan);
    columns.add(plan);
    if (!children.isEmpty()) {
      TextSize row = columns.row(plan);
      TextSize stored = stored(plan);
      requireShortRow(row, stored);
      if ((row.more() + row.beyond()) * rows.count(plan) > MOST_BYTES) {
        throw RefusedException.of(
            RefusalCode.LIMIT_EXCEEDED,
            "the texts of all rows that ranges, lists and joins make may become more than %d bytes"
                    .formatted((long) MOST_BYTES)
                + " (made-bytes)",
            "fewer rows, or fewer columns of shorter texts");
      }
      if (plan instanceof Window window) {
        TextSize over = columns.row(window.child()).without(stored.times());
        WindowBuffers.require(window, over.bytes(), rows.count(window.child()));
      }
    }
  }

  private void judge(Expression expression, List<TextSize> operands, TextSize size) {
    SquareTime.require(expression, operands);
    Needles.require(expression, operands);
    if (size.times() > MOST_TIMES || size.more() + size.beyond() > MOST_MORE + columns.longest()) {
      throw tooLong();
    }
    cost.add(expression, operands, size);
  }

  private static void requireShortRow(TextSize row, TextSize stored) {
    if (row.times() > stored.times() + MOST_TIMES_IN_A_ROW
        || row.more() + row.beyond() > MOST_MORE_IN_A_ROW + stored.beyond()) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "the texts of one row may become more than 2048 times as long as what is stored, or four"
              + " million bytes longer",
          "fewer columns of long texts");
    }
  }

  /** All texts of all leaves: of a row that has them once each. */
  private TextSize stored(LogicalPlan plan) {
    TextSize stored = TextSize.NONE;
    for (LogicalPlan leaf : Scala.<LogicalPlan>list(plan.collectLeaves())) {
      stored = stored.plus(columns.row(leaf));
    }
    return stored;
  }
}
