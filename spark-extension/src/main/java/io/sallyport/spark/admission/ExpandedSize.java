package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.analysis.Star;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Pivot;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.Tuple3;

/**
 * How large a query is once Spark's analysis has written out what stands in it in short: each
 * common table wherever it is named, each view's and kept result's plan, each star as columns, each
 * set of keys of CUBE. Thirty common tables that each name the one before twice are a short text
 * and a thousand million operators; so are thirty times {@code SELECT *, *}. It is judged before
 * analysis.
 */
final class ExpandedSize {

  private static final long MOST_OPERATORS = 10_000;

  /** Columns of one operator. */
  private static final long MOST_COLUMNS = 2_048;

  /** Parts of expressions of all operators. */
  private static final long MOST_PARTS = 200_000;

  private ExpandedSize() {}

  /**
   * The size of a plan.
   *
   * @param operators of the plan and its subqueries
   * @param columns of what the plan gives
   * @param parts of its expressions
   */
  private record Size(long operators, long columns, long parts) {

    static final Size OF_A_NAME = new Size(1, 1, 0);

    /** Both side by side. */
    Size and(Size other) {
      return checked(operators + other.operators, columns + other.columns, parts + other.parts);
    }

    /** Whatever the other needs to be computed; its columns are not among those given. */
    Size with(Size other) {
      return checked(operators + other.operators, columns, parts + other.parts);
    }

    Size giving(long given) {
      return checked(operators, given, parts);
    }

    Size plus(long more) {
      return checked(operators, columns, parts + more);
    }

    static Size checked(long operators, long columns, long parts) {
      requireOperators(operators);
      require(columns, MOST_COLUMNS, "columns once each * is written out", "plan-columns");
      require(parts, MOST_PARTS, "parts of expressions once it is written out", "plan-parts");
      return new Size(operators, columns, parts);
    }
  }

  static void requireOperators(long operators) {
    require(
        operators,
        MOST_OPERATORS,
        "operators once the tables of WITH, views and kept results are put in their places",
        "plan-operators");
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

  /** How many operators it has, at most the bound. */
  static long operators(LogicalPlan built) {
    return of(built, Map.of()).operators();
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
    Size below = inputs.isEmpty() ? new Size(0, width(plan), 0) : new Size(0, 0, 0);
    long widest = 0;
    for (LogicalPlan input : inputs) {
      Size size = of(input, scope);
      widest = Math.max(widest, size.columns());
      below = below.and(size);
    }
    long given = plan instanceof Union ? widest : below.columns();
    Size all = below.giving(given).with(new Size(1, 0, 0));
    for (Expression expression : Scala.<Expression>list(plan.expressions())) {
      all = all.plus(sets * parts(expression, below.columns()));
      all = inSubqueries(all, expression, scope);
    }
    return all.giving(columns(plan, given, sets));
  }

  private static long width(LogicalPlan leaf) {
    return leaf.resolved() ? leaf.output().size() : 1;
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

  private static long listed(List<NamedExpression> columns, long below) {
    return columns.stream()
        .mapToLong(c -> c instanceof Star ? below + parts((Expression) c, 0) : 1)
        .sum();
  }

  private static long parts(Expression expression, long columns) {
    long parts = expression instanceof Star ? 1 + columns : 1;
    if (expression instanceof UnresolvedFunction function) {
      parts +=
          NumberArguments.parts(WrittenConstants.name(function), Scala.list(function.arguments()));
    }
    for (Expression child : Scala.children(expression)) {
      parts = Math.min(MOST_PARTS + 1, parts + parts(child, columns));
    }
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
