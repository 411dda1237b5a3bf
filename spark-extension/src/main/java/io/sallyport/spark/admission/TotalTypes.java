package io.sallyport.spark.admission;

import io.sallyport.spark.scala.Scala;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.CollationFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** For which types the expressions of {@link TotalExpressions} are proved not to fail. */
final class TotalTypes {

  /** Spark negates decimals in arithmetic of so many digits, and fails where that rounds up. */
  private static final int DIGITS_OF_NEGATION = 34;

  private TotalTypes() {}

  /** All operands are of such types. */
  static Predicate<Expression> operands(Predicate<DataType> types) {
    return expression ->
        Scala.children(expression).stream().map(Expression::dataType).allMatch(types);
  }

  /** The first operand is of such a type; the others are constants, or what Spark casts them to. */
  static Predicate<Expression> argument(Predicate<DataType> type) {
    return expression -> {
      List<Expression> operands = Scala.children(expression);
      return !operands.isEmpty() && type.test(operands.get(0).dataType());
    };
  }

  static boolean isNumber(DataType type) {
    return type instanceof NumericType || type instanceof NullType;
  }

  /** Whole numbers and floating point: they wrap, or become infinite. */
  static boolean isMachineNumber(DataType type) {
    return isNumber(type) && !(type instanceof DecimalType);
  }

  static boolean isNegatable(DataType type) {
    return type instanceof DecimalType decimal
        ? decimal.precision() <= DIGITS_OF_NEGATION
        : isMachineNumber(type);
  }

  static boolean isNumberOrMoment(DataType type) {
    return isNumber(type) || isMoment(type);
  }

  /**
   * Types whose values have an order, or at least equality, that is made of that of their parts.
   */
  static boolean areComparable(DataType type) {
    if (type instanceof ArrayType array) {
      return areComparable(array.elementType());
    }
    if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields())
          .map(StructField::dataType)
          .allMatch(TotalTypes::areComparable);
    }
    return isNumberOrMoment(type)
        || type instanceof BooleanType
        || (type instanceof StringType text && hasOrder(text))
        || type instanceof BinaryType;
  }

  /**
   * Casts that give NULL or the nearest value for what does not fit. Dates need not fit into
   * timestamps, and a decimal's text may have an exponent that no decimal has.
   */
  static boolean casts(DataType from, DataType to) {
    if (from.equals(to) || from instanceof NullType) {
      return true;
    }
    if (to instanceof StringType) {
      return isCastable(from) || from instanceof DateType || from instanceof TimestampType;
    }
    if (isCastable(from)) {
      return isCastable(to) || to instanceof TimestampType;
    }
    if (from instanceof StringType) {
      return (isCastable(to) && !(to instanceof DecimalType)) || to instanceof DateType;
    }
    return from instanceof TimestampType && (isCastable(to) || to instanceof DateType);
  }

  /** Of two collations that are mixed there is no order, and Spark finds out where it compares. */
  private static boolean hasOrder(StringType text) {
    return text.collationId() != CollationFactory.INDETERMINATE_COLLATION_ID;
  }

  private static boolean isCastable(DataType type) {
    return type instanceof NumericType || type instanceof BooleanType;
  }

  private static boolean isMoment(DataType type) {
    return type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType;
  }
}
