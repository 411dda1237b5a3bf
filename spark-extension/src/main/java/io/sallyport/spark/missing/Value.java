package io.sallyport.spark.missing;

import io.sallyport.spark.scala.Catalyst;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/** Constants for columns. */
final class Value {

  private Value() {}

  /** Whether a constant stands for values of a column's kind, as {@code df.na} takes it. */
  static boolean suits(Literal value, DataType column) {
    DataType of = value.dataType();
    return (of instanceof NumericType && column instanceof NumericType)
        || (of instanceof StringType && column instanceof StringType)
        || (of instanceof BooleanType && column instanceof BooleanType);
  }

  /** The constant as a value of a column's type. */
  static Expression as(Literal value, DataType column) {
    return value.value() == null ? Catalyst.nothing(column) : Catalyst.cast(value, column);
  }
}
