package io.sallyport.spark.subquery;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/** The subqueries that one operator uses, each once, and the columns that stand for them. */
final class JoinedValues {

  private record Value(LogicalPlan canonical, LogicalPlan row, Attribute column) {}

  private final List<Value> values = new ArrayList<>();

  /** For a subquery the column of its value; other expressions as they are. */
  Expression replace(Expression expression) {
    return expression instanceof ScalarSubquery subquery ? column(subquery) : expression;
  }

  /** An expression with all its subqueries replaced. */
  Expression replaceIn(Expression expression) {
    return Scala.rewriteUp(expression, this::replace);
  }

  private Attribute column(ScalarSubquery subquery) {
    if (!subquery.outerAttrs().isEmpty() || !subquery.joinCond().isEmpty()) {
      throw SubqueryRefusals.correlated();
    }
    LogicalPlan canonical = subquery.plan().canonicalized();
    return values.stream()
        .filter(value -> value.canonical().equals(canonical))
        .findFirst()
        .orElseGet(() -> add(canonical, ScalarSubqueries.joined(subquery.plan())))
        .column();
  }

  /** Under an identity of its own: the same plan may stand elsewhere in the query. */
  private Value add(LogicalPlan canonical, LogicalPlan plan) {
    if (!AtMostOneRow.is(plan)) {
      throw SubqueryRefusals.severalRows();
    }
    Attribute first = Scala.<Attribute>list(plan.output()).get(0);
    Alias own = Catalyst.alias(first, first.name());
    LogicalPlan row = new Project(Scala.seq(List.<NamedExpression>of(own)), plan);
    Value value = new Value(canonical, row, own.toAttribute().withNullability(true));
    values.add(value);
    return value;
  }

  /** A plan with the values as its last columns: NULL for a subquery without a row, as in SQL. */
  LogicalPlan beside(LogicalPlan plan) {
    LogicalPlan joined = plan;
    for (Value value : values) {
      joined = new Join(joined, value.row(), LeftOuter$.MODULE$, Scala.none(), JoinHint.NONE());
    }
    return joined;
  }
}
