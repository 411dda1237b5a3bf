package io.sallyport.dp.sensitivity;

import io.sallyport.dp.Require;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The multiples of 2^exponent: the only values that are ever summed or released.
 *
 * <p>The exponent is chosen from public bounds, so the digits of a result say nothing about the
 * data [Mironov12; Haney et al. 22]. Immutable and thread-safe.
 *
 * @param exponent of the step, between -1000 and 900
 */
public record Grid(int exponent) {
  /** Whole numbers. */
  public static final Grid INTEGERS = new Grid(0);

  /** Bits of the largest value on a default grid: sums of 2^60 such values fit in 128 bits. */
  public static final int DEFAULT_BITS = 40;

  private static final int MOST_BITS = 62;

  /** Checks the range; throws {@link IllegalArgumentException} outside it. */
  public Grid {
    Require.between("grid exponent", exponent, -1000, 900);
  }

  /**
   * The grid on which {@code largest} is at most 2^bits steps.
   *
   * @param largest the largest absolute value that the public bounds allow, &gt; 0
   * @param bits between 1 and 62
   */
  public static Grid covering(double largest, int bits) {
    Require.positive("largest value", largest);
    Require.between("grid bits", bits, 1, MOST_BITS);
    int exponent = Math.getExponent(largest) + 1 - bits;
    return new Grid(Math.max(-1000, exponent));
  }

  /**
   * The nearest step of a value that lies within 2^62 steps; ties go to even.
   *
   * <p>Scaling by a power of two is exact, so this is one rounding of one row's value.
   */
  public long steps(double value) {
    return (long) Math.rint(value * Math.scalb(1.0, -exponent));
  }

  /** The size of one step. */
  public double step() {
    return Math.scalb(1.0, exponent);
  }

  /** The double nearest to a number of steps. */
  public double value(BigInteger steps) {
    BigDecimal exact = new BigDecimal(steps);
    BigDecimal power = new BigDecimal(BigInteger.ONE.shiftLeft(Math.abs(exponent)));
    return exponent >= 0 ? exact.multiply(power).doubleValue() : exact.divide(power).doubleValue();
  }
}
