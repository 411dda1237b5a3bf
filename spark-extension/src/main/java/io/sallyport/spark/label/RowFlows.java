package io.sallyport.spark.label;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.question.Objection;
import io.sallyport.spark.SqlWords;
import io.sallyport.spark.scala.Scala;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/** Labels of operators that look at one row at a time, and of those that pick among rows. */
final class RowFlows {

  private RowFlows() {}

  static NodeLabel same(LogicalPlan operator, List<NodeLabel> inputs) {
    return inputs.get(0);
  }

  static NodeLabel project(Project project, List<NodeLabel> inputs) {
    NodeLabel input = inputs.get(0);
    ExpressionLabels labels = new ExpressionLabels(input.columns());
    Map<ExprId, ColumnLabel> columns = new HashMap<>();
    List<NamedExpression> list = Scala.list(project.projectList());
    list.forEach(column -> columns.put(column.exprId(), labels.of((Expression) column)));
    RowLabel rows = input.rows();
    if (rows instanceof RowLabel.Owned owned) {
      Set<ExprId> unitColumns = surviving(owned.unitColumns(), list);
      unitColumns.addAll(owned.halves().joined(list));
      rows =
          new RowLabel.Owned(
              owned.frames(), unitColumns, owned.countsRows(), owned.halves().surviving(list));
    }
    return new NodeLabel(rows, columns, input.objections(), input.sources());
  }

  /** Unit columns that a list of expressions passes on, under whatever name. */
  static Set<ExprId> surviving(Set<ExprId> unitColumns, List<NamedExpression> list) {
    Set<ExprId> surviving = new HashSet<>();
    for (NamedExpression column : list) {
      Expression value = column instanceof Alias alias ? alias.child() : (Expression) column;
      if (value instanceof AttributeReference passed && unitColumns.contains(passed.exprId())) {
        surviving.add(column.exprId());
      }
    }
    return surviving;
  }

  static NodeLabel filter(Filter filter, List<NodeLabel> inputs) {
    NodeLabel input = inputs.get(0);
    if (input.rows().isFree()) {
      return input;
    }
    Map<ExprId, ColumnLabel> columns = Influence.onFreeColumns(filter.condition(), input.columns());
    return new NodeLabel(input.rows(), columns, input.objections(), input.sources())
        .withObjections(predicate(filter.condition(), input.columns()));
  }

  /** A predicate on a direct identifier picks people one by one. */
  static Objections predicate(Expression condition, Map<ExprId, ColumnLabel> columns) {
    Objections objections = Objections.NONE;
    for (ColumnRef identifier : new ExpressionLabels(columns).of(condition).identifiers()) {
      objections =
          objections.and(
              identifier.frame(),
              new Objection(
                  RefusalCode.PREDICATE_NOT_ALLOWED,
                  "a filter uses " + identifier + ", a direct identifier",
                  "a filter on other columns"));
    }
    return objections;
  }

  /** Which rows remain depends on rows of others, so the rest of the plan mixes people. */
  static NodeLabel selection(LogicalPlan operator, List<NodeLabel> inputs) {
    return picked(
        inputs.get(0),
        new Objection(
            RefusalCode.RAW_OUTPUT,
            SqlWords.of(operator) + " picks single rows",
            "an aggregate first: groupBy(...).agg(...), then the limit"));
  }

  /** One row is kept of those that agree in some columns; by all columns it is an aggregate. */
  static NodeLabel deduplicate(Deduplicate operator, List<NodeLabel> inputs) {
    String keys =
        Scala.<Attribute>list(operator.keys()).stream()
            .map(Attribute::name)
            .collect(Collectors.joining(", "));
    return picked(
        inputs.get(0),
        new Objection(
            RefusalCode.RAW_OUTPUT,
            "dropDuplicates(%s) keeps one row for each, with its other columns".formatted(keys),
            "select(%1$s).distinct(), or groupBy(%1$s) with aggregates of the other columns"
                .formatted(keys)));
  }

  private static NodeLabel picked(NodeLabel input, Objection objection) {
    if (input.rows().isFree() || input.rows() instanceof RowLabel.Mixed) {
      return input;
    }
    return input.withRows(RowLabel.Mixed.of(input.rows().governed(), objection));
  }
}
