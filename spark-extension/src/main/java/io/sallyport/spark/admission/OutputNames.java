package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.text.Printable;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * Holds the names of a question's columns, and of the fields within them, to characters that are
 * only seen, wherever the names come from: an alias, a constant that Spark made a name of, a value
 * of a pivot.
 */
public final class OutputNames {

  private OutputNames() {}

  /**
   * Looks at the columns of an analysed plan.
   *
   * @throws RefusedException PARAM_INVALID when a name has another character
   */
  public static void require(LogicalPlan plan) {
    for (Attribute column : Scala.<Attribute>list(plan.output())) {
      if (!Printable.is(column.name()) || !isHarmless(column.dataType())) {
        throw RefusedException.of(
            RefusalCode.PARAM_INVALID,
            "the name of a column would have a character that is not seen, breaks a line or changes"
                + " how a text is seen",
            "a name of your own for it, with AS or alias()");
      }
    }
  }

  private static boolean isHarmless(DataType type) {
    if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields())
          .allMatch(field -> Printable.is(field.name()) && isHarmless(field.dataType()));
    }
    if (type instanceof ArrayType array) {
      return isHarmless(array.elementType());
    }
    return !(type instanceof MapType map)
        || (isHarmless(map.keyType()) && isHarmless(map.valueType()));
  }
}
