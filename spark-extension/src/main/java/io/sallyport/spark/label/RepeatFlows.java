package io.sallyport.spark.label;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.question.Objection;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Generate;

/**
 * Labels of operators that make several rows of one. Each is made of one row, so it is the same
 * person's; but totals over several groupings tell of suppressed groups, and repeated rows weigh
 * people unlike, so that only an answer with noise is automatic.
 */
final class RepeatFlows {

  private RepeatFlows() {}

  static NodeLabel expand(Expand expand, List<NodeLabel> inputs) {
    NodeLabel input = inputs.get(0);
    List<List<Expression>> projections =
        Scala.list(expand.projections()).stream().map(p -> Scala.<Expression>list(p)).toList();
    List<Attribute> output = Scala.list(expand.output());
    ExpressionLabels labels = new ExpressionLabels(input.columns());
    Map<ExprId, ColumnLabel> columns = new HashMap<>();
    Set<ExprId> unitColumns = new HashSet<>();
    for (int i = 0; i < output.size(); i++) {
      List<ColumnLabel> each = new ArrayList<>();
      boolean passed = true;
      boolean unit = input.rows() instanceof RowLabel.Owned;
      for (List<Expression> projection : projections) {
        Expression value = projection.get(i);
        each.add(labels.of(value));
        passed &= value.semanticEquals(projections.get(0).get(i)) && value instanceof Attribute;
        unit &= isUnit(value, input.rows());
      }
      columns.put(
          output.get(i).exprId(),
          passed ? each.get(0) : ColumnLabel.join(each, ColumnForm.OPAQUE, Affine.IDENTITY));
      if (unit) {
        unitColumns.add(output.get(i).exprId());
      }
    }
    return repeated(input, columns, unitColumns, "ROLLUP, CUBE, GROUPING SETS or UNPIVOT");
  }

  static NodeLabel generate(Generate generate, List<NodeLabel> inputs) {
    NodeLabel input = inputs.get(0);
    ColumnLabel generated =
        new ExpressionLabels(input.columns())
            .of((Expression) generate.generator())
            .withForm(ColumnForm.OPAQUE);
    Map<ExprId, ColumnLabel> columns = new HashMap<>();
    for (Attribute column : Scala.<Attribute>list(generate.output())) {
      columns.put(column.exprId(), input.columns().getOrDefault(column.exprId(), generated));
    }
    Set<ExprId> unitColumns = new HashSet<>();
    if (input.rows() instanceof RowLabel.Owned owned) {
      unitColumns.addAll(owned.unitColumns());
      unitColumns.retainAll(columns.keySet());
    }
    return repeated(input, columns, unitColumns, ((Expression) generate.generator()).prettyName());
  }

  private static boolean isUnit(Expression value, RowLabel rows) {
    return rows instanceof RowLabel.Owned owned
        && value instanceof AttributeReference column
        && owned.unitColumns().contains(column.exprId());
  }

  private static NodeLabel repeated(
      NodeLabel input, Map<ExprId, ColumnLabel> columns, Set<ExprId> unitColumns, String what) {
    RowLabel rows = input.rows();
    if (rows instanceof RowLabel.Owned owned) {
      rows =
          owned.countsRows()
              ? RowLabel.Mixed.of(owned.frames(), MixedReasons.rowsRepeated())
              : owned.withUnitColumns(unitColumns);
    }
    Objections objections = input.objections();
    Objection onlyWithNoise =
        new Objection(
            RefusalCode.RELATION_NOT_ALLOWED,
            what + " makes several rows of one, and totals over them tell of suppressed groups",
            "one GROUP BY at a time over the rows as they are, or a frame answered with dp(...)");
    for (var frame : rows.governed()) {
      objections = objections.and(frame, onlyWithNoise);
    }
    return new NodeLabel(rows, columns, objections, input.sources());
  }
}
