package io.sallyport.spark.admission;

import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Round;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Which admitted expressions have a value, or NULL, for every input, outside ANSI mode. What is not
 * known to, may fail.
 *
 * <p>Read in Spark 4.2's sources and tried at the ends of each type; {@code ErrorOracleTest} holds
 * what fails.
 */
final class TotalExpressions {

  private TotalExpressions() {}

  /** Whether there could be a row on which Spark raises an error. */
  static boolean mayFail(Expression expression) {
    if (AdmittedExpressions.isTotal(expression.getClass())) {
      return expression instanceof UnaryMinus minus && AdmitIntervals.isInterval(minus.child());
    }
    if (expression instanceof Cast cast) {
      return !isTotal(cast.child().dataType(), cast.dataType());
    }
    return !(expression instanceof Round round) || round.child().dataType() instanceof DecimalType;
  }

  /**
   * Of numbers and texts, what does not fit is NULL or the nearest value. Dates need not fit into
   * timestamps, and a decimal's text may have an exponent that no decimal has.
   */
  private static boolean isTotal(DataType from, DataType to) {
    if (from.equals(to)) {
      return true;
    }
    if (to instanceof StringType) {
      return isNumber(from) || from instanceof DateType || from instanceof TimestampType;
    }
    if (isNumber(from)) {
      return isNumber(to) || to instanceof TimestampType;
    }
    if (from instanceof StringType) {
      return (isNumber(to) && !(to instanceof DecimalType)) || to instanceof DateType;
    }
    return from instanceof TimestampType && (isNumber(to) || to instanceof DateType);
  }

  private static boolean isNumber(DataType type) {
    return type instanceof NumericType || type instanceof BooleanType;
  }
}
