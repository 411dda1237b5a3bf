package io.sallyport.spark.label;

import io.sallyport.policy.frame.FrameName;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.ExprId;

/**
 * The label of one plan node.
 *
 * @param rows what its rows are
 * @param columns the label of each output column
 * @param objections why its rows, if governed, are not fit for an automatic aggregation
 * @param sources every governed frame below, released or not: what the audit names
 */
public record NodeLabel(
    RowLabel rows,
    Map<ExprId, ColumnLabel> columns,
    Objections objections,
    Set<FrameName> sources) {

  public NodeLabel {
    Objects.requireNonNull(rows, "rows");
    columns = Map.copyOf(columns);
    Objects.requireNonNull(objections, "objections");
    sources = Set.copyOf(new TreeSet<>(sources));
  }

  NodeLabel withRows(RowLabel newRows) {
    return new NodeLabel(newRows, columns, objections, sources);
  }

  NodeLabel withObjections(Objections more) {
    return new NodeLabel(rows, columns, objections.and(more), sources);
  }
}
