package io.sallyport.spark.exact;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Abs;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.NumericEvalContext;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.types.DataTypes;

/**
 * The last digits of sums of doubles, which depend on the order of the rows: what a sum of so many
 * values of that size may be off by, and sums without these digits.
 */
public final class Rounding {

  private static final NumericEvalContext PLAIN = new NumericEvalContext(EvalMode.LEGACY(), true);

  /** For each row, of the largest value: twice what an addition may be off by, and some more. */
  private static final double OF_EACH_ROW = 0x1p-50;

  /** So many digits of one row's value are looked at, fewer of a sum of many. */
  private static final int DIGITS = 14;

  private static final int LEAST_DIGITS = 9;

  /** No short decimal fraction lies where digits are cut. */
  private static final BigDecimal CUT = new BigDecimal("0.3819660112501051518");

  private Rounding() {}

  /** Whether a sum is farther from zero than its last digits. */
  static Expression isFarFromZero(Expression sum, Expression size, Expression rows) {
    Expression each = Catalyst.literal(OF_EACH_ROW, DataTypes.DoubleType);
    Expression digits =
        new Multiply(
            size, new Multiply(Catalyst.cast(rows, DataTypes.DoubleType), each, PLAIN), PLAIN);
    return new GreaterThan(new Abs(Catalyst.cast(sum, DataTypes.DoubleType), false), digits);
  }

  /** A sum without its last digits. */
  static Expression rounded(Expression sum, Expression size, Expression rows) {
    return new StaticInvoke(
        Rounding.class,
        DataTypes.DoubleType,
        "rounded",
        Scala.seq(
            List.of(
                Catalyst.cast(sum, DataTypes.DoubleType),
                size,
                Catalyst.cast(rows, DataTypes.LongType))),
        Scala.seq(List.of()),
        true,
        true,
        true,
        Scala.none());
  }

  /**
   * Sums of as many values are equal if they differ in their last digits alone, unless that is
   * where they are cut; and what has few decimals is equal however many it is a sum of.
   *
   * @param size of the largest value
   */
  public static double rounded(double sum, double size, long rows) {
    double largest = Math.max(Math.abs(sum), Math.abs(size));
    if (!Double.isFinite(largest) || largest == 0) {
      return sum + 0.0; // one zero
    }
    int lost = (int) Math.ceil(Math.log10((double) Math.max(1, rows)));
    int digits = Math.max(LEAST_DIGITS, DIGITS - lost);
    int scale = digits - 1 - (int) Math.floor(Math.log10(largest));
    BigDecimal shifted = new BigDecimal(sum).add(CUT.scaleByPowerOfTen(-scale));
    return shifted.setScale(scale, RoundingMode.FLOOR).doubleValue() + 0.0;
  }
}
