package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;

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
  private static final double MOST_TIMES_IN_A_ROW = 256;

  private static final double MOST_MORE_IN_A_ROW = 4_000_000;

  /** Bytes of a text, by the bytes of stored ones. */
  record Size(double times, double more) {

    static final Size NONE = new Size(0, 0);
    static final Size STORED = new Size(1, 0);

    static Size constant(double bytes) {
      return new Size(0, bytes);
    }

    Size plus(Size other) {
      return new Size(times + other.times, more + other.more);
    }

    Size max(Size other) {
      return new Size(Math.max(times, other.times), Math.max(more, other.more));
    }

    Size by(double factor) {
      return new Size(times * factor, more * factor);
    }

    private void require() {
      if (times > MOST_TIMES || more > MOST_MORE) {
        throw tooLong();
      }
    }
  }

  private final Map<ExprId, Size> columns = new HashMap<>();
  private final ConstantCost constants = new ConstantCost();

  private TextGrowth() {}

  /**
   * Judges a plan.
   *
   * @throws RefusedException LIMIT_EXCEEDED when a text may become too long
   */
  static void require(LogicalPlan plan) {
    new TextGrowth().plan(plan);
  }

  /**
   * Bytes of computed texts in a row of a plan, beside stored ones; infinitely many where the plan
   * does not tell.
   */
  public static double longest(LogicalPlan plan) {
    return row(plan).more();
  }

  /** How often a row of a plan holds stored texts. */
  public static double times(LogicalPlan plan) {
    return row(plan).times();
  }

  private static Size row(LogicalPlan plan) {
    try {
      TextGrowth growth = new TextGrowth();
      growth.plan(plan);
      return growth.row(Scala.<Attribute>list(plan.output()));
    } catch (RefusedException e) {
      return new Size(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
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
    Size most = Size.NONE;
    for (Expression expression : Scala.<Expression>list(plan.expressions())) {
      most = most.max(whole(expression));
    }
    for (LogicalPlan child : children) {
      for (Attribute column : Scala.<Attribute>list(child.output())) {
        most = most.max(columns.getOrDefault(column.exprId(), Size.STORED));
      }
    }
    List<Attribute> output = Scala.list(plan.output());
    for (int i = 0; i < output.size(); i++) {
      ExprId id = output.get(i).exprId();
      if (plan instanceof Union) {
        columns.put(id, place(children, i));
      } else if (!children.isEmpty()) {
        columns.putIfAbsent(id, most);
      }
    }
    if (!children.isEmpty()) {
      requireShortRow(output, storedTexts(plan));
    }
  }

  private void requireShortRow(List<Attribute> output, double stored) {
    Size row = row(output);
    if (row.times() > stored + MOST_TIMES_IN_A_ROW || row.more() > MOST_MORE_IN_A_ROW) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "the texts of one row may become more than 256 times as long as what is stored, or four"
              + " million bytes longer",
          "fewer columns of long texts");
    }
  }

  private Size row(List<Attribute> output) {
    Size row = Size.NONE;
    for (Attribute column : output) {
      if (TextSizes.isText(column)) {
        row = row.plus(columns.getOrDefault(column.exprId(), Size.STORED));
      }
    }
    return row;
  }

  private static double storedTexts(LogicalPlan plan) {
    return Scala.<LogicalPlan>list(plan.collectLeaves()).stream()
        .flatMap(leaf -> Scala.<Attribute>list(leaf.output()).stream())
        .filter(TextSizes::isText)
        .count();
  }

  /** Every branch of a union gives its column of that place. */
  private Size place(List<LogicalPlan> branches, int i) {
    Size most = Size.NONE;
    for (LogicalPlan branch : branches) {
      Attribute column = Scala.<Attribute>list(branch.output()).get(i);
      most = most.max(columns.getOrDefault(column.exprId(), Size.STORED));
    }
    return most;
  }

  private Size whole(Expression expression) {
    Size size = new TextSizes(columns, constants).of(expression, Size::require);
    if (expression instanceof Alias alias) {
      columns.put(alias.exprId(), size);
    }
    return size;
  }
}
