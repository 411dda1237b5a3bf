package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.ConvertTimezone;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FromUTCTimestamp;
import org.apache.spark.sql.catalyst.expressions.GetJsonObject;
import org.apache.spark.sql.catalyst.expressions.Levenshtein;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.ToCharacter;
import org.apache.spark.sql.catalyst.expressions.ToNumber;
import org.apache.spark.sql.catalyst.expressions.ToUTCTimestamp;
import org.apache.spark.sql.catalyst.expressions.TryToNumber;

/** Formats, zones and paths that a function reads for each row: short constants. */
final class WrittenPatterns {

  private static final int LONGEST = 200;

  /** Which operands. */
  private static final Map<Class<?>, Set<Integer>> PLACES =
      Map.of(
          ToNumber.class, Set.of(1),
          TryToNumber.class, Set.of(1),
          ToCharacter.class, Set.of(1),
          ToUTCTimestamp.class, Set.of(1),
          FromUTCTimestamp.class, Set.of(1),
          ConvertTimezone.class, Set.of(0, 1),
          GetJsonObject.class, Set.of(1));

  private WrittenPatterns() {}

  /**
   * Judges an expression, if it has one.
   *
   * @throws RefusedException PARAM_INVALID when it is not a constant, or long
   */
  static void require(Expression expression) {
    List<Expression> operands = Scala.children(expression);
    if (expression instanceof Levenshtein
        && !isShort(operands.get(0))
        && !isShort(operands.get(1))) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          "levenshtein of two texts of a row takes the product of their lengths",
          "one of them as a constant: levenshtein(city, 'Vienna')");
    }
    for (int place : PLACES.getOrDefault(expression.getClass(), Set.of())) {
      if (!isShort(operands.get(place))) {
        throw RefusedException.of(
            RefusalCode.PARAM_INVALID,
            expression.prettyName() + " with a format, zone or path that is not a short constant",
            "a text as it is, such as '999.99', 'Europe/Vienna' or '$.name'");
      }
    }
  }

  private static boolean isShort(Expression operand) {
    return operand instanceof Literal literal
        && (literal.value() == null || literal.value().toString().length() <= LONGEST);
  }
}
