package io.sallyport.spark.label;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.question.Objection;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/**
 * Labels of windows. With the unit among the columns that they are partitioned by, a row gets a
 * value of its own person's rows, so rows stay one person's; otherwise it gets others' values too.
 * Only an answer with noise is automatic: what a window singles out, an exact count would show.
 */
final class WindowFlow {

  private WindowFlow() {}

  static NodeLabel window(Window window, List<NodeLabel> inputs) {
    NodeLabel input = inputs.get(0);
    ExpressionLabels labels = new ExpressionLabels(input.columns());
    Map<ExprId, ColumnLabel> columns = new HashMap<>(input.columns());
    for (NamedExpression column : Scala.<NamedExpression>list(window.windowExpressions())) {
      columns.put(column.exprId(), label(column, window, labels));
    }
    RowLabel rows = input.rows();
    Objections objections = input.objections();
    if (rows instanceof RowLabel.Owned owned && !isPerPerson(window, owned)) {
      rows = RowLabel.Mixed.of(owned.frames(), othersRows());
    } else {
      for (FrameName frame : rows.governed()) {
        objections = objections.and(frame, onlyWithNoise());
      }
    }
    return new NodeLabel(rows, columns, objections, input.sources());
  }

  private static boolean isPerPerson(Window window, RowLabel.Owned owned) {
    return Scala.<Expression>list(window.partitionSpec()).stream()
        .anyMatch(
            key ->
                key instanceof AttributeReference column
                    && owned.unitColumns().contains(column.exprId()));
  }

  /** What is computed, and what it is ordered by; like a key, the partition tells no value. */
  private static ColumnLabel label(NamedExpression column, Window window, ExpressionLabels labels) {
    if (!(column instanceof Alias alias && alias.child() instanceof WindowExpression over)) {
      throw new IllegalStateException("The window column " + column.name() + " has no label");
    }
    List<ColumnLabel> parts = new ArrayList<>();
    Expression function = over.windowFunction();
    if (function instanceof AggregateExpression) {
      parts.add(labels.of(function));
    } else {
      Scala.children(function).forEach(argument -> parts.add(labels.of(argument)));
    }
    for (SortOrder order : Scala.<SortOrder>list(window.orderSpec())) {
      parts.add(labels.of(order.child()));
    }
    return ColumnLabel.join(parts, ColumnForm.OPAQUE, Affine.IDENTITY);
  }

  private static Objection othersRows() {
    return new Objection(
        RefusalCode.UNIT_LOST,
        "a window over rows of several people",
        "OVER (PARTITION BY <the privacy unit> ...), or the window over a released result");
  }

  private static Objection onlyWithNoise() {
    return new Objection(
        RefusalCode.RELATION_NOT_ALLOWED,
        "a window picks among a person's rows, and what it picks can single people out",
        "the aggregate without a window, or a frame answered with dp(...)");
  }
}
