package io.sallyport.spark.certificate;

import io.sallyport.spark.bounding.FirstGroups;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionRef;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Generator;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.UserDefinedExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Whether an expression is a function of one row, or of one group of rows: Catalyst's own,
 * deterministic, over the input's columns and constants, without a query inside.
 */
final class RowLocal {

  private static final String PACKAGE = "org.apache.spark.sql.catalyst.expressions";

  /** Expressions without operands that depend on the row or on nothing. */
  private static final Set<Class<?>> LEAVES =
      Set.of(AttributeReference.class, Literal.class, CommonExpressionRef.class);

  private final Set<ExprId> columns;

  private RowLocal(Set<ExprId> columns) {
    this.columns = columns;
  }

  /** Over the columns of some inputs. */
  static RowLocal over(List<LogicalPlan> inputs) {
    return new RowLocal(
        inputs.stream()
            .flatMap(input -> Scala.<Attribute>list(input.output()).stream())
            .map(Attribute::exprId)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Requires functions of one row. */
  void rows(List<? extends Expression> expressions) {
    expressions.forEach(each -> require(each, false));
  }

  /** Requires functions of a group's keys and of aggregates over its rows. */
  void groups(List<? extends Expression> expressions) {
    expressions.forEach(each -> require(each, true));
  }

  /** Requires window functions of rows. */
  void window(WindowExpression window) {
    Expression function = window.windowFunction();
    if (function.getClass() == AggregateExpression.class) {
      require(function, true);
      return;
    }
    NotCertifiedException.unless(
        function instanceof WindowFunction && isCatalysts(function) && function.deterministic(),
        "a window function " + function.getClass().getName());
    rows(Scala.children(function));
  }

  private void require(Expression expression, boolean aggregates) {
    NotCertifiedException.unless(
        expression.deterministic(), "an expression that differs each time");
    walk(expression, aggregates);
  }

  private void walk(Expression expression, boolean aggregates) {
    if (expression.getClass() == AggregateExpression.class) {
      NotCertifiedException.unless(aggregates, "an aggregate where rows are looked at one by one");
      aggregate((AggregateExpression) expression);
      return;
    }
    List<Expression> children = Scala.children(expression);
    boolean known =
        children.isEmpty()
            ? LEAVES.contains(expression.getClass())
            : isCatalysts(expression) && !looksFurther(expression);
    NotCertifiedException.unless(known, "an expression " + expression.getClass().getName());
    if (expression instanceof AttributeReference column) {
      NotCertifiedException.unless(
          columns.contains(column.exprId()), "a column that is not the input's");
    }
    children.forEach(child -> walk(child, aggregates));
  }

  private void aggregate(AggregateExpression aggregate) {
    function(aggregate.aggregateFunction());
    Scala.optional(aggregate.filter()).ifPresent(filter -> rows(List.of(filter)));
  }

  /** Some aggregate functions stand for others, which are their operands. */
  private void function(AggregateFunction function) {
    NotCertifiedException.unless(
        (function.getClass() == FirstGroups.class
                || function.getClass().getPackageName().equals(PACKAGE + ".aggregate"))
            && function.deterministic(),
        "an aggregate function " + function.getClass().getName());
    for (Expression child : Scala.children(function)) {
      if (child instanceof AggregateFunction other) {
        function(other);
      } else {
        rows(List.of(child));
      }
    }
  }

  private static boolean isCatalysts(Expression expression) {
    return expression.getClass().getPackageName().equals(PACKAGE);
  }

  private static boolean looksFurther(Expression expression) {
    return expression instanceof PlanExpression
        || expression instanceof Generator
        || expression instanceof UserDefinedExpression
        || expression instanceof WindowExpression
        || expression instanceof WindowFunction
        || expression instanceof AggregateFunction;
  }
}
