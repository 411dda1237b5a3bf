package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.ArrayDistinct;
import org.apache.spark.sql.catalyst.expressions.ArraysOverlap;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Levenshtein;
import org.apache.spark.sql.catalyst.util.TypeUtils$;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What takes the square of its operands' lengths: of texts that are as stored, and no longer. */
final class SquareTime {

  /** By a table of them where they have proper equality, and else each with each other. */
  private static final Set<Class<?>> COMPARES_ENTRIES =
      Set.of(ArraysOverlap.class, ArrayDistinct.class);

  private SquareTime() {}

  /**
   * Judges an expression by the sizes of its operands.
   *
   * @throws RefusedException when it takes the square of something long
   */
  static void require(Expression expression, List<TextSize> operands) {
    if (expression instanceof Levenshtein && !operands.stream().allMatch(TextSize::isAsStored)) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "levenshtein of a text that was made longer takes the product of both lengths",
          "levenshtein(city, 'Vienna'), of a text as it is stored");
    }
    if (expression instanceof Cast cast
        && readsDecimal(cast.child().dataType(), cast.dataType())
        && !operands.get(0).isAsStored()) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "a DECIMAL of a text that was made longer takes the square of its length",
          "CAST(left(text, 100) AS DECIMAL(38, 2)), or a text as it is stored");
    }
    if (COMPARES_ENTRIES.contains(expression.getClass()) && !isQuicklyCompared(expression)) {
      throw RefusedException.of(
          RefusalCode.FUNCTION_NOT_ALLOWED,
          expression.prettyName()
              + " of binary, collated or nested entries compares each with each other",
          "a list of numbers, dates or texts");
    }
  }

  /** Whether a cast reads a decimal from a text, somewhere in its value. */
  private static boolean readsDecimal(DataType from, DataType to) {
    if (from instanceof ArrayType list && to instanceof ArrayType made) {
      return readsDecimal(list.elementType(), made.elementType());
    }
    if (from instanceof MapType map && to instanceof MapType made) {
      return readsDecimal(map.keyType(), made.keyType())
          || readsDecimal(map.valueType(), made.valueType());
    }
    if (from instanceof StructType && to instanceof StructType) {
      return isIn(from, StringType.class) && isIn(to, DecimalType.class);
    }
    return from instanceof StringType && to instanceof DecimalType;
  }

  private static boolean isIn(DataType type, Class<?> wanted) {
    if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields())
          .map(StructField::dataType)
          .anyMatch(field -> isIn(field, wanted));
    }
    if (type instanceof MapType map) {
      return isIn(map.keyType(), wanted) || isIn(map.valueType(), wanted);
    }
    return type instanceof ArrayType list
        ? isIn(list.elementType(), wanted)
        : wanted.isInstance(type);
  }

  private static boolean isQuicklyCompared(Expression lists) {
    return Scala.children(lists).stream()
        .map(Expression::dataType)
        .filter(ArrayType.class::isInstance)
        .allMatch(
            list -> TypeUtils$.MODULE$.typeWithProperEquals(((ArrayType) list).elementType()));
  }
}
