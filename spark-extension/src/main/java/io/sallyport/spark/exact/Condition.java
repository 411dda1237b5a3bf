package io.sallyport.spark.exact;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;

/**
 * A condition as it was written, over stored columns: a bit of the cells. Unknown is false.
 *
 * @param canonical what it is compared by
 */
record Condition(Expression expression, Expression canonical) {

  static Condition of(Expression expression) {
    return new Condition(expression, expression.canonicalized());
  }

  /** True or false for each row. */
  Expression bit() {
    return expression.nullable()
        ? new Coalesce(
            Scala.seq(List.of(expression, Catalyst.literal(false, DataTypes.BooleanType))))
        : expression;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Condition that && canonical.equals(that.canonical);
  }

  @Override
  public int hashCode() {
    return canonical.hashCode();
  }
}
