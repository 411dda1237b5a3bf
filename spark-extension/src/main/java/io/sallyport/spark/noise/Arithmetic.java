package io.sallyport.spark.noise;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Greatest;
import org.apache.spark.sql.catalyst.expressions.IsNaN;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.Least;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Rint;
import org.apache.spark.sql.types.DataTypes;

/** Total arithmetic on columns: no value, present or not, makes any of it fail. */
final class Arithmetic {

  private Arithmetic() {}

  static Literal number(long value) {
    return new Literal(value, DataTypes.LongType);
  }

  static Literal number(double value) {
    return new Literal(value, DataTypes.DoubleType);
  }

  static Expression asDouble(Expression value) {
    return Catalyst.cast(value, DataTypes.DoubleType);
  }

  static Expression rounded(Expression value) {
    return Catalyst.cast(new Rint(value), DataTypes.LongType);
  }

  /** The argument within its bounds. */
  static Expression clamped(Argument argument) {
    return least(
        greatest(argument.value(), number(argument.bounds().lower())),
        number(argument.bounds().upper()));
  }

  static Expression between(long lower, Expression value, long upper) {
    return least(greatest(value, number(lower)), number(upper));
  }

  static Expression least(Expression a, Expression b) {
    return new Least(Scala.seq(List.of(a, b)));
  }

  static Expression greatest(Expression a, Expression b) {
    return new Greatest(Scala.seq(List.of(a, b)));
  }

  /** Whether a double is neither NULL nor NaN. */
  static Expression isThere(Expression value) {
    return new And(new IsNotNull(value), new Not(new IsNaN(value)));
  }
}
