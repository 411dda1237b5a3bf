package io.sallyport.spark.relation;

import java.math.BigInteger;

/**
 * Arithmetic modulo a large prime. What is independent there is independent over the rational
 * numbers; decimal fractions are numbers there too.
 */
public final class Modulo {

  private static final long BELOW = 19;

  private static final long BITS = (1L << 31) - 1;

  /** Below 2^31 so that products fit, and nothing that people write for "no limit" as 2^31 - 1. */
  static final long PRIME = (1L << 31) - BELOW;

  private static final BigInteger BIG_PRIME = BigInteger.valueOf(PRIME);

  private Modulo() {}

  static long of(long number) {
    return Math.floorMod(number, PRIME);
  }

  static long of(BigInteger number) {
    return number.mod(BIG_PRIME).longValueExact();
  }

  /** Of two numbers from 0 to the prime. */
  public static long plusTimes(long sum, long a, long b) {
    long product = a * b; // below 2^62
    long folded = (product & BITS) + BELOW * (product >>> 31) + sum; // below 21 * 2^31
    folded = (folded & BITS) + BELOW * (folded >>> 31); // below 2^31 + 400
    return folded >= PRIME ? folded - PRIME : folded;
  }

  public static long times(long a, long b) {
    return plusTimes(0, a, b);
  }

  public static long minus(long number) {
    return number == 0 ? 0 : PRIME - number;
  }

  public static long inverse(long number) {
    return power(number, PRIME - 2);
  }

  /** Ten to a power, which may be negative. */
  static long powerOfTen(int exponent) {
    long power = power(10, Math.abs(exponent));
    return exponent < 0 ? inverse(power) : power;
  }

  private static long power(long base, long exponent) {
    long result = 1;
    long square = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        result = times(result, square);
      }
      square = times(square, square);
    }
    return result;
  }
}
