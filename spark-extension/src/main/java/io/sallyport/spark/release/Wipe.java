package io.sallyport.spark.release;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.label.ColumnLabel;
import io.sallyport.spark.label.NodeLabel;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.FrameTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.StringType;

/**
 * The blacklist: a column whose value derives from a blacklisted column leaves as {@code *} when it
 * is a string and as NULL otherwise, whatever its name or expression.
 */
final class Wipe {

  private final Map<FrameName, Frame> frames;

  Wipe(List<FrameTable> tables) {
    this.frames =
        tables.stream()
            .map(table -> table.frame().orElseThrow())
            .collect(Collectors.toUnmodifiableMap(Frame::name, Function.identity()));
  }

  List<UnsafeRow> apply(List<UnsafeRow> rows, List<Attribute> columns, NodeLabel label) {
    boolean none = columns.stream().noneMatch(column -> isWiped(column, label));
    if (none) {
      return rows;
    }
    UnsafeProjection projection = projection(columns, label);
    return rows.stream().map(row -> Rows.project(projection, row)).toList();
  }

  /** From rows that begin with the columns to rows of the columns as they leave. */
  UnsafeProjection projection(List<Attribute> columns, NodeLabel label) {
    List<Expression> values = new ArrayList<>(Rows.references(columns, 0, columns.size()));
    for (int i = 0; i < columns.size(); i++) {
      if (isWiped(columns.get(i), label)) {
        values.set(i, wiped(columns.get(i)));
      }
    }
    return Rows.projection(values);
  }

  /** Some columns of a plan as they leave. */
  LogicalPlan over(LogicalPlan plan, List<Attribute> columns, NodeLabel label) {
    List<NamedExpression> shown = new ArrayList<>();
    for (Attribute column : columns) {
      shown.add(isWiped(column, label) ? Catalyst.alias(wiped(column), column.name()) : column);
    }
    return new Project(Scala.seq(shown), plan);
  }

  /** Columns as they leave: a wiped one may be NULL. */
  List<Attribute> columns(List<Attribute> columns, NodeLabel label) {
    return columns.stream()
        .map(column -> isWiped(column, label) ? column.withNullability(true) : column)
        .toList();
  }

  boolean isWiped(Attribute column, NodeLabel label) {
    ColumnLabel lineage = label.columns().get(column.exprId());
    return lineage.origins().stream()
        .anyMatch(
            origin ->
                frames.containsKey(origin.frame())
                    && frames.get(origin.frame()).blacklist().contains(origin.column()));
  }

  private static Expression wiped(Attribute column) {
    return column.dataType() instanceof StringType
        ? Literal.create("*", column.dataType())
        : Catalyst.nothing(column.dataType());
  }
}
