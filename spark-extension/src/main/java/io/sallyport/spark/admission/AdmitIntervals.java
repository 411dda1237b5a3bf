package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.DateAddYMInterval;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalDays;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.TimestampAddInterval;
import org.apache.spark.sql.catalyst.expressions.TimestampAddYMInterval;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.expressions.WindowFrame;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.types.AnsiIntervalType;
import org.apache.spark.sql.types.CalendarIntervalType;
import org.apache.spark.sql.types.DataType;

/**
 * Intervals: constants that a date or timestamp is moved by, nowhere else. Spark fails when a sum
 * of intervals overflows, so how many rows were added up would tell.
 */
final class AdmitIntervals {

  /** What moves a date or timestamp. */
  private static final Set<Class<?>> MOVES =
      Set.of(
          DateAddYMInterval.class,
          TimestampAddInterval.class,
          TimestampAddYMInterval.class,
          ExtractANSIIntervalDays.class);

  private AdmitIntervals() {}

  /**
   * Judges the operands of an expression.
   *
   * @throws RefusedException FUNCTION_NOT_ALLOWED for an interval that is computed or shown
   */
  static void expression(Expression expression) {
    for (Expression operand : Scala.children(expression)) {
      if (isInterval(operand)
          && !(MOVES.contains(expression.getClass()) && isConstant(operand))
          && !(isConstant(expression) && operand instanceof Literal)) {
        throw refused();
      }
    }
  }

  /** Judges an operator's own expression, which nothing moves by. */
  static void whole(Expression expression) {
    if (isInterval(expression)) {
      throw refused();
    }
  }

  /** The parts of a window have no type. */
  static boolean isInterval(Expression expression) {
    if (expression instanceof WindowSpecDefinition || expression instanceof WindowFrame) {
      return false;
    }
    DataType type = expression.dataType();
    return type instanceof AnsiIntervalType || type instanceof CalendarIntervalType;
  }

  private static boolean isConstant(Expression expression) {
    return expression instanceof Literal
        || (expression instanceof UnaryMinus minus && minus.child() instanceof Literal);
  }

  private static RefusedException refused() {
    return RefusedException.of(
        RefusalCode.FUNCTION_NOT_ALLOWED,
        "an interval is used as a value",
        "an interval that is added to a date or timestamp, or taken from it");
  }
}
