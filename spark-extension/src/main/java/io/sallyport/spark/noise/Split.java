package io.sallyport.spark.noise;

import io.sallyport.spark.scala.Catalyst;
import java.math.BigInteger;
import org.apache.spark.sql.catalyst.expressions.BitwiseAnd;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ShiftRight;

/**
 * A long as its upper 40 bits, with the sign, and its lower 24: if it is within 2^48, sums of 2^39
 * of either fit in a long, and together they are the exact sum. Of a long within 2^24, as many fit
 * as it is.
 */
final class Split {

  private static final int LOW_BITS = 24;

  private Split() {}

  /** Whether sums of 2^39 such values may not fit in a long. */
  static boolean isNeeded(long most) {
    return most > 1L << LOW_BITS;
  }

  static Expression high(Expression value) {
    return new ShiftRight(value, Catalyst.integer(LOW_BITS));
  }

  static Expression low(Expression value) {
    return new BitwiseAnd(value, Arithmetic.number((1L << LOW_BITS) - 1));
  }

  static BigInteger join(long high, long low) {
    return BigInteger.valueOf(high).shiftLeft(LOW_BITS).add(BigInteger.valueOf(low));
  }
}
