package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.rows.MadeRows;
import io.sallyport.spark.scala.Scala;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
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

  /** Of computed texts in all rows that one operator makes: what may be sorted or sent at once. */
  private static final double MOST_BYTES = 8L << 30;

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
  private final ExpressionCost cost = new ExpressionCost();
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

  /**
   * Bytes of computed texts in a row of a plan, beside stored ones; infinitely many where the plan
   * does not tell.
   */
  public static double longest(LogicalPlan plan) {
    return row(plan).more();
  }

  /**
   * How much longer a row's columns are made than the stored texts that they are made of, in
   * lengths of these; infinitely often where the plan does not tell.
   */
  public static double grown(LogicalPlan plan) {
    try {
      TextGrowth growth = new TextGrowth(MadeRows.of(new IdentityHashMap<>()));
      growth.plan(plan);
      return Scala.<Attribute>list(plan.output()).stream()
          .filter(TextSizes::isText)
          .mapToDouble(c -> growth.columns.getOrDefault(c.exprId(), Size.STORED).times() - 1)
          .filter(more -> more > 0)
          .sum();
    } catch (RefusedException e) {
      return Double.POSITIVE_INFINITY;
    }
  }

  /** How often a row of a plan holds stored texts. */
  public static double times(LogicalPlan plan) {
    return row(plan).times();
  }

  private static Size row(LogicalPlan plan) {
    try {
      TextGrowth growth = new TextGrowth(MadeRows.of(new IdentityHashMap<>()));
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
        columns.putIfAbsent(column.exprId(), Size.STORED);
        most = most.max(columns.get(column.exprId()));
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
      Size row = row(output);
      requireShortRow(row, storedTexts(plan));
      if (row.more() * rows.count(plan) > MOST_BYTES) {
        throw RefusedException.of(
            RefusalCode.LIMIT_EXCEEDED,
            "the computed texts of all rows that ranges, lists and joins make may become more than"
                + " %d bytes (made-bytes)".formatted((long) MOST_BYTES),
            "fewer rows, or fewer columns of shorter texts");
      }
    }
  }

  private static void requireShortRow(Size row, double stored) {
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
    Size size = new TextSizes(columns, cost).of(expression, Size::require);
    if (expression instanceof Alias alias) {
      columns.put(alias.exprId(), size);
    }
    return size;
  }
}
