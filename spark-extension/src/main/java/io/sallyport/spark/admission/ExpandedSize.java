package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.view.View;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.analysis.Star;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Pivot;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Unpivot;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Tuple3;

/**
 * How large a query is once Spark's analysis has written out what stands in it in short: each
 * common table wherever it is named, each view's and kept result's plan with its rows, each star as
 * columns, each set of keys of CUBE, each operand that a function repeats. Thirty common tables
 * that each name the one before twice are a short text and a thousand million operators; so are
 * thirty times {@code SELECT *, *}. It is judged before analysis.
 */
final class ExpandedSize {

  private static final long MOST_OPERATORS = 10_000;

  /** Columns of one operator. */
  private static final long MOST_COLUMNS = 2_048;

  /** Parts of expressions of all operators. */
  static final long MOST_PARTS = 200_000;

  /** Rows times columns of all rows that come along. */
  private static final long MOST_CELLS = 5_000_000;

  /** Bytes of a constant, or of a name, that count as a part. */
  private static final int TEXT = 16;

  /** Beside its parts, an aggregate of PIVOT has a condition on the value. */
  private static final long PIVOTED = 4;

  /** Of UNPIVOT, for each column beside those that stay: its name and value. */
  private static final long UNPIVOTED = 2;

  private ExpandedSize() {}

  /**
   * The size of a plan.
   *
   * @param operators of the plan and its subqueries
   * @param columns of what the plan gives
   * @param parts of its expressions
   * @param cells of the rows that it brings along
   */
  private record Size(long operators, long columns, long parts, long cells) {

    static final Size OF_A_NAME = new Size(1, 1, 0, 0);
    static final Size NONE = new Size(0, 0, 0, 0);

    /** Both side by side. */
    Size and(Size other) {
      return with(other).giving(columns + other.columns);
    }

    /** Whatever the other needs to be computed; its columns are not among those given. */
    Size with(Size other) {
      return checked(
          operators + other.operators, columns, parts + other.parts, cells + other.cells);
    }

    Size giving(long given) {
      return checked(operators, given, parts, cells);
    }

    Size plus(long more) {
      return checked(operators, columns, parts + more, cells);
    }

    static Size checked(long operators, long columns, long parts, long cells) {
      require(columns, MOST_COLUMNS, "columns once each * is written out", "plan-columns");
      requireBounded(operators, parts, cells);
      return new Size(operators, columns, parts, cells);
    }
  }

  /**
   * Requires that all that is written out is bounded.
   *
   * @throws RefusedException LIMIT_EXCEEDED with the name and value of what is exceeded
   */
  static void requireBounded(long operators, long parts, long cells) {
    require(
        operators,
        MOST_OPERATORS,
        "operators once the tables of WITH, views and kept results are put in their places",
        "plan-operators");
    bounded(parts);
    require(
        cells,
        MOST_CELLS,
        "values in the rows that it brings along, once the tables of WITH, views and kept results"
            + " are put in their places",
        "plan-cells");
  }

  private static void require(long size, long most, String what, String limit) {
    if (size > most) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "the query has too many " + what + " (" + limit + ")",
          "at most " + most);
    }
  }

  /**
   * Requires a bounded size.
   *
   * @throws RefusedException LIMIT_EXCEEDED with the name and value of what is exceeded
   */
  static void require(LogicalPlan built) {
    of(built, Map.of());
  }

  /** The size of a view, as it is counted wherever the view is named. */
  static View.Size ofView(LogicalPlan built) {
    Size size = of(built, Map.of());
    return new View.Size(size.operators(), PlanDepth.of(built), size.parts(), size.cells());
  }

  private static Size of(LogicalPlan plan, Map<String, Size> tables) {
    if (plan instanceof UnresolvedRelation relation) {
      List<String> name = Scala.list(relation.multipartIdentifier());
      return name.size() == 1
          ? tables.getOrDefault(lower(name.get(0)), Size.OF_A_NAME)
          : Size.OF_A_NAME;
    }
    Map<String, Size> scope = tables;
    if (plan instanceof UnresolvedWith with) {
      scope = new HashMap<>(tables);
      for (Tuple3<String, SubqueryAlias, ?> table : Scala.list(with.cteRelations())) {
        scope.put(lower(table._1()), of(table._2(), scope));
      }
    }
    List<LogicalPlan> inputs = Scala.children(plan);
    long sets = plan instanceof Aggregate aggregate ? GroupingSetCount.of(aggregate) : 1;
    Size below = inputs.isEmpty() ? leaf(plan) : Size.NONE;
    long widest = 0;
    for (LogicalPlan input : inputs) {
      Size size = of(input, scope);
      widest = Math.max(widest, size.columns());
      below = below.and(size);
    }
    long given = plan instanceof Union ? widest : below.columns();
    Size all = below.giving(given).with(new Size(1, 0, 0, 0));
    for (Expression expression : Scala.<Expression>list(plan.expressions())) {
      all = all.plus(sets * parts(expression, below.columns()));
      all = inSubqueries(all, expression, scope);
    }
    all = all.plus(turned(plan, below.columns()));
    return all.giving(columns(plan, given, sets));
  }

  private static Size leaf(LogicalPlan leaf) {
    long columns = leaf.resolved() ? leaf.output().size() : 1;
    long rows = leaf instanceof LocalRelation local ? local.data().size() : 0;
    return Size.checked(0, columns, 0, rows * columns);
  }

  /** How many columns an operator gives, at most. */
  private static long columns(LogicalPlan plan, long below, long sets) {
    if (plan instanceof Project project) {
      return listed(Scala.<NamedExpression>list(project.projectList()), below);
    }
    if (plan instanceof Aggregate aggregate) {
      return listed(Scala.<NamedExpression>list(aggregate.aggregateExpressions()), below);
    }
    if (plan instanceof Pivot pivot) {
      return below + (long) pivot.pivotValues().size() * pivot.aggregates().size();
    }
    boolean renames = Scala.children(plan).isEmpty() || sets > 1;
    return renames ? below : below + Scala.list(plan.expressions()).size();
  }

  /** PIVOT has each aggregate for each value, UNPIVOT a list of columns for each. */
  private static long turned(LogicalPlan plan, long below) {
    if (plan instanceof Pivot pivot) {
      long aggregates = 1;
      for (Expression aggregate : Scala.<Expression>list(pivot.aggregates())) {
        aggregates += PIVOTED + parts(aggregate, below);
      }
      return pivot.pivotValues().size() * aggregates;
    }
    if (plan instanceof Unpivot unpivot) {
      return values(unpivot, below) * (UNPIVOTED + ids(unpivot, below));
    }
    return 0;
  }

  private static long ids(Unpivot unpivot, long below) {
    return Scala.optional(unpivot.ids())
        .map(ids -> listed(Scala.<NamedExpression>list(ids), below))
        .orElse(below);
  }

  private static long values(Unpivot unpivot, long below) {
    long values = 0;
    for (var several : Scala.optional(unpivot.values()).map(Scala::list).orElse(List.of())) {
      values += listed(Scala.<NamedExpression>list(several), below);
    }
    return values == 0 ? below : values;
  }

  private static long listed(List<NamedExpression> columns, long below) {
    return columns.stream()
        .mapToLong(c -> c instanceof Star ? below + parts((Expression) c, 0) : 1)
        .sum();
  }

  private static long parts(Expression expression, long columns) {
    long parts = (expression instanceof Star ? 1 + columns : 1) + texts(expression);
    if (expression instanceof UnresolvedFunction function) {
      return parts + ofFunction(function, columns);
    }
    for (Expression child : Scala.children(expression)) {
      parts = bounded(parts + parts(child, columns));
    }
    return parts;
  }

  private static long ofFunction(UnresolvedFunction function, long columns) {
    String name = WrittenConstants.name(function);
    List<Expression> operands = Scala.list(function.arguments());
    long parts = NumberArguments.parts(name, operands);
    List<Expression> children = Scala.children(function);
    for (int i = 0; i < children.size(); i++) {
      int copies = RepeatedOperands.copies(name, i, operands.size());
      parts = bounded(parts + copies * parts(children.get(i), columns));
    }
    return parts;
  }

  /** What is long to write counts for more: plans are written out for the record. */
  private static long texts(Expression expression) {
    if (expression instanceof Literal literal && literal.value() instanceof UTF8String text) {
      return text.numBytes() / TEXT;
    }
    if (expression instanceof Literal literal && literal.value() instanceof byte[] bytes) {
      return bytes.length / TEXT;
    }
    return expression instanceof NamedExpression named && !(expression instanceof Star)
        ? name(named).length() / TEXT
        : 0;
  }

  private static String name(NamedExpression named) {
    if (named instanceof UnresolvedAttribute column) {
      return column.sql();
    }
    return named instanceof Alias alias ? alias.name() : "";
  }

  /** Counting ends at the bound: what is counted may be larger than anybody could walk. */
  private static long bounded(long parts) {
    require(parts, MOST_PARTS, "parts of expressions once it is written out", "plan-parts");
    return parts;
  }

  private static Size inSubqueries(Size size, Expression expression, Map<String, Size> tables) {
    Size all = size;
    if (expression instanceof SubqueryExpression subquery) {
      all = all.with(of(subquery.plan(), tables));
    }
    for (Expression child : Scala.children(expression)) {
      all = inSubqueries(all, child, tables);
    }
    return all;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
