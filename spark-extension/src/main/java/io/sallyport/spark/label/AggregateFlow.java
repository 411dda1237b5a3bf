package io.sallyport.spark.label;

import io.sallyport.spark.scala.Scala;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;

/**
 * Labels of aggregates: per person when the unit is a key, so rows stay one person's; over free
 * data, free; otherwise the release point, where people get mixed.
 */
final class AggregateFlow {

  private AggregateFlow() {}

  static NodeLabel aggregate(Aggregate aggregate, List<NodeLabel> inputs) {
    NodeLabel input = inputs.get(0);
    List<NamedExpression> list = Scala.list(aggregate.aggregateExpressions());
    ExpressionLabels labels = new ExpressionLabels(input.columns());
    boolean perPerson = isPerPerson(aggregate, input);
    Map<ExprId, ColumnLabel> columns = new HashMap<>();
    for (NamedExpression column : list) {
      ColumnLabel label = labels.of((Expression) column);
      columns.put(column.exprId(), perPerson ? label : label.withForm(ColumnForm.OPAQUE));
    }
    if (perPerson) {
      RowLabel.Owned owned = (RowLabel.Owned) input.rows();
      Set<ExprId> unitColumns = RowFlows.surviving(owned.unitColumns(), list);
      unitColumns.addAll(owned.halves().joined(list));
      return new NodeLabel(
          owned.withUnitColumns(unitColumns), columns, input.objections(), input.sources());
    }
    RowLabel rows =
        input.rows() instanceof RowLabel.Public ? input.rows() : new RowLabel.Released();
    return new NodeLabel(rows, columns, Objections.NONE, input.sources());
  }

  /** Whether every group is of one person. */
  static boolean isPerPerson(Aggregate aggregate, NodeLabel input) {
    return input.rows() instanceof RowLabel.Owned owned
        && Scala.<Expression>list(aggregate.groupingExpressions()).stream()
            .anyMatch(
                key ->
                    owned.halves().isJoined(key)
                        || (key instanceof AttributeReference column
                            && owned.unitColumns().contains(column.exprId())));
  }

  /** Whether people get mixed here. */
  static boolean isReleasePoint(Aggregate aggregate, NodeLabel input) {
    return !input.rows().isFree() && !isPerPerson(aggregate, input);
  }
}
