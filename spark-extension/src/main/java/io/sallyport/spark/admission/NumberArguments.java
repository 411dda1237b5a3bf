package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.Decimal;

/**
 * The numbers that say how much memory a function takes for each row or group: lengths of texts,
 * sizes of sketches and histograms. They are literals, and small.
 */
final class NumberArguments {

  /**
   * A number among a function's operands.
   *
   * @param place of the operand
   * @param least it may be
   * @param most it may be
   */
  private record Bound(int place, double least, double most) {}

  private static final Bound ACCURACY = new Bound(2, 1, 10_000);
  private static final Bound LENGTH = new Bound(1, Integer.MIN_VALUE, 10_000);

  private static final Map<String, Bound> BOUNDS =
      Map.of(
          "space", new Bound(0, Integer.MIN_VALUE, 10_000),
          "repeat", LENGTH,
          "lpad", LENGTH,
          "rpad", LENGTH,
          "percentile_approx", ACCURACY,
          "approx_percentile", ACCURACY,
          "histogram_numeric", new Bound(1, 1, 1_000),
          "approx_count_distinct", new Bound(1, 0.01, 1));

  private NumberArguments() {}

  /**
   * Judges the operands of a function that is not yet looked up.
   *
   * @throws RefusedException PARAM_INVALID when such a number is computed, too small or too large
   */
  static void require(String function, List<Expression> operands) {
    Bound bound = BOUNDS.get(function);
    if (bound == null
        || operands.size() <= bound.place()
        || !WrittenConstants.namesNothing(operands.get(bound.place()))) {
      return;
    }
    double number = number(operands.get(bound.place()));
    if (!(number >= bound.least() && number <= bound.most())) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          function + " with a number that is computed, too small or too large",
          bound.least() > 0
              ? "a constant number from " + text(bound.least()) + " to " + text(bound.most())
              : "a constant number of at most " + text(bound.most()));
    }
  }

  /**
   * The parts that Spark's plan of a function has beside its operands: a sketch keeps its registers
   * in columns.
   */
  static long parts(String function, List<Expression> operands) {
    if (!function.equals("approx_count_distinct") || operands.size() < 2) {
      return 0;
    }
    double bits = Math.ceil(2 * Math.log(1.106 / number(operands.get(1))) / Math.log(2));
    return Double.isNaN(bits) ? 0 : (long) Math.scalb(1.0, (int) Math.max(0, bits)) / 10;
  }

  /** NaN when it is no literal; a NULL asks for nothing. */
  private static double number(Expression written) {
    if (!(written instanceof Literal literal)) {
      return Double.NaN;
    }
    if (literal.value() instanceof Decimal decimal) {
      return decimal.toDouble();
    }
    if (literal.value() instanceof Number number) {
      return number.doubleValue();
    }
    return literal.value() == null ? 1 : Double.NaN;
  }

  private static String text(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
