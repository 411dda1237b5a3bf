package io.sallyport.spark.label;

import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionRef;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;

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
    if (expression instanceof CommonExpressionRef) {
      // what a reference stands for is a child of the same With
      return ColumnLabel.constant(Affine.UNKNOWN);
    }
    if (expression instanceof Literal || isConstantLeaf(expression)) {
      return ColumnLabel.constant(Measures.constant(expression));
    }
    if (Scala.children(expression).isEmpty()) {
      throw new IllegalStateException("The leaf " + expression.prettyName() + " has no label");
    }
    List<ColumnLabel> inputs = Scala.children(expression).stream().map(this::of).toList();
    if (expression instanceof AggregateExpression aggregate) {
      return aggregate(aggregate, inputs);
    }
    return expression instanceof Alias ? inputs.get(0) : computed(expression, inputs);
  }

  /** Such as pi(). */
  private static boolean isConstantLeaf(Expression expression) {
    return expression.foldable() && Scala.children(expression).isEmpty();
  }

  private ColumnLabel column(AttributeReference column) {
    ColumnLabel label = scope.get(column.exprId());
    if (label == null) {
      throw new IllegalStateException("The column " + column.name() + " has no label");
    }
    return label;
  }

  /** A number of rows carries no value of the rows it counts. */
  private static ColumnLabel aggregate(AggregateExpression aggregate, List<ColumnLabel> inputs) {
    ColumnLabel function = inputs.get(0);
    // over some rows only, or over values instead of rows, it does not weigh everybody alike
    boolean alike = !aggregate.isDistinct() && aggregate.filter().isEmpty();
    ColumnForm form = alike ? function.form() : ColumnForm.OPAQUE;
    if (AggregateFamilies.isCount(aggregate)) {
      return new ColumnLabel(Set.of(), Set.of(), form, Affine.IDENTITY);
    }
    return ColumnLabel.join(inputs, form, alike ? function.affine() : Affine.IDENTITY);
  }

  private static ColumnLabel computed(Expression expression, List<ColumnLabel> inputs) {
    boolean constants = inputs.stream().allMatch(input -> input.form() == ColumnForm.CONSTANT);
    if (constants && !(expression instanceof AggregateFunction)) {
      return ColumnLabel.constant(Measures.constant(expression));
    }
    if (inputs.stream().noneMatch(input -> input.form() == ColumnForm.OPAQUE)) {
      Optional<Affine> affine = Measures.affine(expression, inputs);
      if (affine.isPresent()) {
        ColumnForm form = affine.get().isZero() ? ColumnForm.CONSTANT : ColumnForm.MEASURE;
        return ColumnLabel.join(inputs, form, affine.get());
      }
    }
    return ColumnLabel.join(inputs, ColumnForm.OPAQUE, Affine.IDENTITY);
  }
}
