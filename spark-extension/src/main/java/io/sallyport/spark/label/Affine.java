package io.sallyport.spark.label;

import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.ShortType;

/**
 * A number as {@code factor * x + shift} of a column's value x; a constant has factor 0.
 *
 * <p>Machine arithmetic is affine only as long as it neither rounds nor wraps: {@code (x + 1e20) -
 * 1e20} rounds x to multiples of 16384 and so singles out who has much. Forms beyond these bounds
 * are not affine, {@link #isTame}.
 *
 * @param factor of the column's value
 * @param shift what is added to it; not a number when a constant's value is not known
 */
public record Affine(double factor, double shift) {

  static final Affine IDENTITY = new Affine(1, 0);
  static final Affine UNKNOWN = new Affine(0, Double.NaN);

  private static final double MOST = 1e9;
  private static final double MOST_OF_INTEGERS = 1e3;

  static Affine constant(double value) {
    return new Affine(0, value);
  }

  boolean isConstant() {
    return factor == 0;
  }

  /** Whether it is nothing of the value, and nothing else. */
  boolean isZero() {
    return factor == 0 && shift == 0;
  }

  Affine plus(Affine other) {
    return new Affine(factor + other.factor, shift + other.shift);
  }

  Affine times(double constant) {
    return new Affine(factor * constant, shift * constant);
  }

  /**
   * Whether results of that type, computed step by step, are the affine form and not a rounding of
   * it: factors and shifts are within nine decimal digits of the value, and integers do not wrap.
   */
  boolean isTame(DataType type) {
    double size = Math.abs(factor);
    boolean small =
        type instanceof IntegerType || type instanceof ShortType || type instanceof ByteType;
    return size >= 1 / MOST
        && size <= (small ? MOST_OF_INTEGERS : MOST)
        && Math.abs(shift) <= MOST * size;
  }

  /**
   * Whether a decimal result has as fine a scale as the decimal value that it is a multiple of.
   *
   * @param constant by which the value was multiplied
   */
  static boolean keepsScale(DataType value, double constant, DataType result) {
    if (!(result instanceof DecimalType decimal)) {
      return true;
    }
    int scale = value instanceof DecimalType exact ? exact.scale() : 0;
    return Math.pow(10, -decimal.scale()) <= Math.abs(constant) * Math.pow(10, -scale) * 1.0001;
  }
}
