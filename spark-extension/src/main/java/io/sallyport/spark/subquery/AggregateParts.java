package io.sallyport.spark.subquery;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * An aggregate with subqueries, in two parts. What is inside its keys and functions is joined below
 * it; what is computed from its results and a subquery's value is computed above it, so that the
 * aggregate itself is what it would be without.
 */
final class AggregateParts {

  private final List<Expression> keys;
  private final JoinedValues below = new JoinedValues();
  private final JoinedValues above = new JoinedValues();
  private final List<NamedExpression> aggregated = new ArrayList<>();
  private final List<NamedExpression> shown = new ArrayList<>();

  private AggregateParts(Aggregate aggregate) {
    this.keys = Scala.list(aggregate.groupingExpressions());
  }

  static LogicalPlan joined(Aggregate aggregate) {
    AggregateParts parts = new AggregateParts(aggregate);
    Scala.<NamedExpression>list(aggregate.aggregateExpressions()).forEach(parts::add);
    List<Expression> replaced = parts.keys.stream().map(parts.below::replaceIn).toList();
    if (parts.aggregated.isEmpty()) {
      replaced.forEach(key -> parts.aggregated.add(Catalyst.alias(key, "key")));
    }
    LogicalPlan own =
        Catalyst.aggregate(replaced, parts.aggregated, parts.below.beside(aggregate.child()));
    return new Project(Scala.seq(parts.shown), parts.above.beside(own));
  }

  private void add(NamedExpression column) {
    Expression whole = (Expression) column;
    if (!isComputedAbove(whole)) {
      NamedExpression own = (NamedExpression) below.replaceIn(whole);
      aggregated.add(own);
      shown.add(own.toAttribute());
      return;
    }
    shown.add((NamedExpression) above.replaceIn(overResults(whole)));
  }

  /** Whether a subquery is in it outside of keys and aggregate functions. */
  private boolean isComputedAbove(Expression expression) {
    if (isResult(expression)) {
      return false;
    }
    return expression instanceof ScalarSubquery
        || Scala.children(expression).stream().anyMatch(this::isComputedAbove);
  }

  private boolean isResult(Expression expression) {
    return expression instanceof AggregateExpression
        || keys.stream().anyMatch(expression::semanticEquals);
  }

  /** The expression with its keys and functions replaced by columns of the aggregate. */
  private Expression overResults(Expression expression) {
    if (isResult(expression)) {
      Alias result = Catalyst.alias(below.replaceIn(expression), expression.prettyName());
      aggregated.add(result);
      return result.toAttribute();
    }
    List<Expression> parts = Scala.children(expression);
    return parts.isEmpty()
        ? expression
        : Scala.withChildren(expression, parts.stream().map(this::overResults).toList());
  }
}
