package io.sallyport.spark.label;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.expressions.UnaryPositive;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;

/** Whether an expression over measures and constants is a measure again, and in which form. */
final class Measures {

  private Measures() {}

  /** The form of an expression over constants alone. */
  static Affine constant(Expression expression) {
    if (!expression.foldable() || !(expression.dataType() instanceof NumericType)) {
      return Affine.UNKNOWN;
    }
    Object value = expression.eval(null);
    if (value == null) {
      return Affine.constant(0); // NULL adds nothing
    }
    if (value instanceof Number number) {
      return Affine.constant(number.doubleValue());
    }
    return value instanceof Decimal decimal ? Affine.constant(decimal.toDouble()) : Affine.UNKNOWN;
  }

  /** Empty unless the expression is affine in one measure. */
  static Optional<Affine> affine(Expression expression, List<ColumnLabel> inputs) {
    return unchecked(expression, inputs)
        .filter(form -> form.isZero() || form.isTame(expression.dataType()))
        .filter(form -> form.isZero() || keepsScale(expression, inputs));
  }

  private static Optional<Affine> unchecked(Expression expression, List<ColumnLabel> inputs) {
    List<Affine> forms = inputs.stream().map(ColumnLabel::affine).toList();
    if (expression instanceof Cast cast) {
      return Optional.of(forms.get(0)).filter(f -> keepsValue(cast.child().dataType(), cast));
    }
    if (expression instanceof UnaryPositive) {
      return Optional.of(forms.get(0));
    }
    if (expression instanceof UnaryMinus) {
      return Optional.of(forms.get(0).times(-1));
    }
    if (expression instanceof AggregateFunction function) {
      return perPerson(function, inputs);
    }
    boolean one = inputs.size() == 2 && forms.stream().filter(f -> !f.isConstant()).count() == 1;
    return one ? ofTwo(expression, forms.get(0), forms.get(1)) : Optional.empty();
  }

  private static Optional<Affine> ofTwo(Expression expression, Affine left, Affine right) {
    if (expression instanceof Add) {
      return Optional.of(left.plus(right));
    }
    if (expression instanceof Subtract) {
      return Optional.of(left.plus(right.times(-1)));
    }
    if (expression instanceof Multiply) {
      return Optional.of(left.isConstant() ? right.times(left.shift()) : left.times(right.shift()));
    }
    return expression instanceof Divide && right.isConstant()
        ? Optional.of(left.times(1 / right.shift()))
        : Optional.empty();
  }

  /** A function over one person's rows: a value of that person. */
  private static Optional<Affine> perPerson(AggregateFunction function, List<ColumnLabel> inputs) {
    Affine form = inputs.isEmpty() ? Affine.IDENTITY : inputs.get(0).affine();
    if (form.isConstant()) {
      return Optional.of(Affine.IDENTITY); // a multiple of the number of rows
    }
    if (function instanceof Sum) {
      // a shift would be added once for every row, so it would not be a constant any more
      return Optional.of(form).filter(f -> f.shift() == 0);
    }
    boolean passes =
        function instanceof Average || function instanceof Min || function instanceof Max;
    return Optional.of(passes ? form : Affine.IDENTITY);
  }

  /** Whether a cast only changes how a number is written. A boolean's is a condition. */
  private static boolean keepsValue(DataType from, Cast to) {
    DataType type = to.dataType();
    if (from instanceof BooleanType || !(from instanceof NumericType)) {
      return false;
    }
    if (type instanceof DoubleType || type.equals(from)) {
      return true;
    }
    if (from instanceof IntegralType && type instanceof IntegralType) {
      return type.defaultSize() >= from.defaultSize();
    }
    return type instanceof DecimalType decimal
        && (from instanceof IntegralType
            || (from instanceof DecimalType exact && decimal.scale() >= exact.scale()));
  }

  private static boolean keepsScale(Expression expression, List<ColumnLabel> inputs) {
    if (!(expression.dataType() instanceof DecimalType) || inputs.size() != 2) {
      return true;
    }
    int measure = inputs.get(0).affine().isConstant() ? 1 : 0;
    double constant = inputs.get(1 - measure).affine().shift();
    double factor =
        expression instanceof Multiply ? constant : expression instanceof Divide ? 1 / constant : 1;
    DataType value = expression.children().apply(measure).dataType();
    return Affine.keepsScale(value, factor, expression.dataType());
  }

  /** Whether the value is NULL in every row. */
  static boolean isNothing(Expression expression) {
    return expression.foldable() && expression.eval(null) == null;
  }

  /** Whether the value is zero, or NULL, in every row. */
  static boolean isZero(Expression expression) {
    if (expression.foldable()) {
      return constant(expression).shift() == 0;
    }
    return expression instanceof Multiply product
        && (isZero(product.left()) || isZero(product.right()));
  }
}
