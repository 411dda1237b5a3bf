package io.sallyport.spark.label;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.PrivacyUnit;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Labels of leaves. */
final class LeafFlows {

  private LeafFlows() {}

  static NodeLabel frame(SealedFrame leaf, List<NodeLabel> inputs) {
    return leaf.table()
        .frame()
        .map(frame -> governed(leaf, frame))
        .orElseGet(() -> free(leaf, inputs));
  }

  static NodeLabel free(LogicalPlan leaf, List<NodeLabel> inputs) {
    Map<ExprId, ColumnLabel> columns = new HashMap<>();
    Scala.<Attribute>list(leaf.output()).forEach(c -> columns.put(c.exprId(), ColumnLabel.FREE));
    return new NodeLabel(new RowLabel.Public(), columns, Objections.NONE, Set.of());
  }

  private static NodeLabel governed(SealedFrame leaf, Frame frame) {
    Set<String> direct = frame.directIdentifiers();
    Map<ExprId, ColumnLabel> columns = new HashMap<>();
    Set<ExprId> unitColumns = new HashSet<>();
    for (Attribute column : leaf.attributes()) {
      Set<ColumnRef> self = Set.of(new ColumnRef(frame.name(), column.name()));
      boolean identifies = direct.contains(column.name().toLowerCase(Locale.ROOT));
      columns.put(
          column.exprId(),
          new ColumnLabel(self, identifies ? self : Set.of(), ColumnForm.MEASURE, Affine.IDENTITY));
      if (isUnit(frame, column)) {
        unitColumns.add(column.exprId());
      }
    }
    RowLabel rows = new RowLabel.Owned(Set.of(frame.name()), unitColumns, frame.unit().isRow());
    return new NodeLabel(rows, columns, Objections.NONE, Set.of(frame.name()));
  }

  /** Whether the column is the frame's privacy unit. */
  static boolean isUnit(Frame frame, Attribute column) {
    return frame.unit() instanceof PrivacyUnit.Column unit
        && unit.name().equalsIgnoreCase(column.name());
  }
}
