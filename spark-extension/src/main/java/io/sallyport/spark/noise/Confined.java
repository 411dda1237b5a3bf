package io.sallyport.spark.noise;

import io.sallyport.policy.frame.ColumnDomain;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;

/**
 * Whether a column has no other values than some: by a condition of the plan, or because owners say
 * so. Then groups of these values add up to the whole.
 */
final class Confined {

  private final Set<Object> values;

  private Confined(List<Object> values) {
    this.values = new HashSet<>(values);
  }

  /** False for every operator that is not known to pass rows on as they are, or fewer of them. */
  static boolean is(Expression column, List<Object> values, LogicalPlan plan) {
    return column instanceof Attribute attribute && new Confined(values).in(attribute, plan);
  }

  private boolean in(Attribute column, LogicalPlan plan) {
    if (plan instanceof SealedFrame leaf) {
      return isDeclared(column.exprId(), leaf);
    }
    if (plan instanceof SubqueryAlias named) {
      return in(column, named.child());
    }
    if (plan instanceof Filter filter) {
      return conjuncts(filter.condition()).anyMatch(one -> confines(one, column))
          || in(column, filter.child());
    }
    if (plan instanceof Project project) {
      return Scala.<NamedExpression>list(project.projectList()).stream()
          .filter(output -> output.exprId().equals(column.exprId()))
          .map(output -> output instanceof Alias alias ? alias.child() : (Expression) output)
          .anyMatch(own -> own instanceof Attribute passed && in(passed, project.child()));
    }
    return false;
  }

  private static boolean isDeclared(ExprId column, SealedFrame leaf) {
    return leaf.attributes().stream()
        .filter(own -> own.exprId().equals(column))
        .anyMatch(
            own ->
                leaf.table()
                    .frame()
                    .map(frame -> frame.facts().columns())
                    .map(columns -> columns.get(own.name().toLowerCase(Locale.ROOT)))
                    .filter(ColumnDomain::complete)
                    .isPresent());
  }

  private static Stream<Expression> conjuncts(Expression condition) {
    return condition instanceof And and
        ? Stream.concat(conjuncts(and.left()), conjuncts(and.right()))
        : Stream.of(condition);
  }

  private boolean confines(Expression condition, Attribute column) {
    if (condition instanceof EqualTo equal) {
      return (isColumn(equal.left(), column) && isOne(equal.right()))
          || (isColumn(equal.right(), column) && isOne(equal.left()));
    }
    return condition instanceof In in
        && isColumn(in.value(), column)
        && Scala.<Expression>list(in.list()).stream().allMatch(this::isOne);
  }

  private static boolean isColumn(Expression expression, Attribute column) {
    return expression instanceof Attribute own && own.exprId().equals(column.exprId());
  }

  private boolean isOne(Expression expression) {
    return expression instanceof Literal literal && values.contains(literal.value());
  }
}
