package io.sallyport.spark.certificate;

import io.sallyport.spark.scala.Scala;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.NumericType;

/** Values in which no constant of anybody's has a part: stored columns, and products of some. */
final class StoredValues {

  private StoredValues() {}

  static boolean isStored(Expression value, Predicate<AttributeReference> stored) {
    if (value instanceof AttributeReference column) {
      return stored.test(column);
    }
    if (value instanceof Cast cast) {
      return !(cast.child().dataType() instanceof BooleanType)
          && cast.dataType() instanceof NumericType
          && isStored(cast.child(), stored);
    }
    if (value instanceof Multiply product) {
      return Scala.children(product).stream().allMatch(factor -> isStored(factor, stored));
    }
    return value instanceof If where
        && where.falseValue() instanceof Literal nothing
        && nothing.value() == null
        && isStored(where.trueValue(), stored);
  }
}
