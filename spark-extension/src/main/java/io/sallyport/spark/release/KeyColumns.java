package io.sallyport.spark.release;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;

/**
 * Which columns of a result are the keys of an aggregate, by where they come from and never by
 * their names: each row of the result then is a group of the aggregate, and its keys say which.
 */
final class KeyColumns {

  private KeyColumns() {}

  /**
   * The column of each key, from 0, in the order of the keys.
   *
   * @return empty unless every key is a column as it was, and above the aggregate is nothing that
   *     makes other rows of its rows
   */
  static Optional<List<Integer>> of(LogicalPlan plan, Aggregate aggregate) {
    List<Integer> columns = new ArrayList<>();
    for (Expression key : Scala.list(aggregate.groupingExpressions())) {
      Optional<Integer> column = column(plan, aggregate, key);
      if (column.isEmpty()) {
        return Optional.empty();
      }
      columns.add(column.get());
    }
    return columns.isEmpty() ? Optional.empty() : Optional.of(columns);
  }

  private static Optional<Integer> column(LogicalPlan plan, Aggregate aggregate, Expression key) {
    List<Attribute> output = Scala.list(plan.output());
    for (int i = 0; i < output.size(); i++) {
      if (isKey(plan, output.get(i), aggregate, key)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private static boolean isKey(
      LogicalPlan plan, Attribute column, Aggregate aggregate, Expression key) {
    if (plan.equals(aggregate)) {
      return made(Scala.list(aggregate.aggregateExpressions()), column)
          .filter(value -> value.deterministic() && value.semanticEquals(key))
          .isPresent();
    }
    if (plan instanceof Project project) {
      return made(Scala.list(project.projectList()), column)
          .filter(Attribute.class::isInstance)
          .filter(value -> isKey(project.child(), (Attribute) value, aggregate, key))
          .isPresent();
    }
    boolean keepsRows =
        plan instanceof SubqueryAlias
            || plan instanceof Filter
            || plan instanceof Sort
            || plan instanceof GlobalLimit
            || plan instanceof LocalLimit;
    return keepsRows && isKey(plan.children().head(), column, aggregate, key);
  }

  /** What a column is, where it is made. */
  private static Optional<Expression> made(List<NamedExpression> list, Attribute column) {
    for (NamedExpression named : list) {
      if (named.exprId().equals(column.exprId())) {
        return Optional.of(named instanceof Alias alias ? alias.child() : (Expression) named);
      }
    }
    return Optional.empty();
  }
}
