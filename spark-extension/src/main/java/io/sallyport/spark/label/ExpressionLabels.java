package io.sallyport.spark.label;

import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionRef;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.expressions.UnaryPositive;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.NumericType;

/** The label of an expression over labelled columns: its origins, and whether it is affine. */
final class ExpressionLabels {

  private final Map<ExprId, ColumnLabel> scope;

  ExpressionLabels(Map<ExprId, ColumnLabel> scope) {
    this.scope = scope;
  }

  ColumnLabel of(Expression expression) {
    if (expression instanceof AttributeReference column) {
      return column(column);
    }
    if (expression instanceof Literal || expression instanceof CommonExpressionRef) {
      return ColumnLabel.CONSTANT; // what a reference stands for is a child of the same With
    }
    if (Scala.children(expression).isEmpty()) {
      throw new IllegalStateException("The leaf " + expression.prettyName() + " has no label");
    }
    List<ColumnLabel> inputs = Scala.children(expression).stream().map(this::of).toList();
    if (expression instanceof Alias || expression instanceof AggregateExpression) {
      return expression instanceof AggregateExpression aggregate
          ? aggregate(aggregate, inputs.get(0))
          : inputs.get(0);
    }
    return ColumnLabel.join(inputs, form(expression, inputs));
  }

  private ColumnLabel column(AttributeReference column) {
    ColumnLabel label = scope.get(column.exprId());
    if (label == null) {
      throw new IllegalStateException("The column " + column.name() + " has no label");
    }
    return label;
  }

  /** A number of rows carries no value of the rows it counts. */
  private static ColumnLabel aggregate(AggregateExpression aggregate, ColumnLabel function) {
    ColumnForm form = aggregate.isDistinct() ? ColumnForm.OPAQUE : function.form();
    return aggregate.aggregateFunction() instanceof Count
        ? new ColumnLabel(Set.of(), Set.of(), form)
        : function.withForm(form);
  }

  private static ColumnForm form(Expression expression, List<ColumnLabel> inputs) {
    if (inputs.stream().allMatch(input -> input.form() == ColumnForm.CONSTANT)) {
      return expression instanceof AggregateFunction ? ColumnForm.MEASURE : ColumnForm.CONSTANT;
    }
    if (inputs.stream().anyMatch(input -> input.form() == ColumnForm.OPAQUE)) {
      return ColumnForm.OPAQUE;
    }
    return keepsMeasure(expression, inputs) ? ColumnForm.MEASURE : ColumnForm.OPAQUE;
  }

  /** Inputs are constants and measures, at least one of them a measure. */
  private static boolean keepsMeasure(Expression expression, List<ColumnLabel> inputs) {
    long measures = inputs.stream().filter(i -> i.form() == ColumnForm.MEASURE).count();
    if (expression instanceof Cast cast) {
      return isNumber(cast.child()) && isNumber(cast);
    }
    if (expression instanceof Divide) {
      return inputs.get(1).form() == ColumnForm.CONSTANT;
    }
    if (expression instanceof Add
        || expression instanceof Subtract
        || expression instanceof Multiply
        || expression instanceof UnaryMinus
        || expression instanceof UnaryPositive) {
      return measures == 1;
    }
    return expression instanceof AggregateFunction;
  }

  private static boolean isNumber(Expression expression) {
    return expression.dataType() instanceof NumericType
        || expression.dataType() instanceof BooleanType;
  }
}
