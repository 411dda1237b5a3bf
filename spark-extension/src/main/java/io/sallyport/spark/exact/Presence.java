package io.sallyport.spark.exact;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Abs;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;

/** Whether a stored value is there: not NULL, not NaN, finite. */
final class Presence {

  private Presence() {}

  /** True or false for each row. */
  static Expression of(Expression value) {
    DataType type = value.dataType();
    if (!(type instanceof DoubleType || type instanceof FloatType)) {
      return value.nullable() ? new IsNotNull(value) : Catalyst.yes();
    }
    // NaN is greater than any number for Spark
    Expression finite =
        new LessThanOrEqual(
            new Abs(Catalyst.cast(value, DataTypes.DoubleType), false),
            Catalyst.literal(Double.MAX_VALUE, DataTypes.DoubleType));
    return new Coalesce(Scala.seq(List.of(finite, Catalyst.literal(false, DataTypes.BooleanType))));
  }
}
