package io.sallyport.dp.sampling;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * The coin of the Gaussian sampler: true with probability exp(-g), g = (w |y| - m)^2 / (2 t m w).
 *
 * <p>g is held as q / 2^56 with q &lt;= g 2^56 &lt; q + SLACK, from a 128-bit product with a
 * reciprocal computed once. Each comparison with a uniform word is decided outside the slack and
 * settled in big integers inside it, so the coin is exact. Immutable and thread-safe.
 */
final class AcceptStep implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int FRACTION_BITS = 56;
  private static final long FRACTION = (1L << FRACTION_BITS) - 1;

  /** prod is low by less than 4 units; a shift left by up to 3 makes that less than 32. */
  private static final long SLACK = 32;

  private static final int MOST_SHIFT_LEFT = 3;

  private final long m;
  private final int logW;
  private final long largestMagnitude;
  private final BigInteger denominator;
  private final long reciprocal;
  private final int reciprocalExponent;

  AcceptStep(long t, long m, int logW) {
    this.m = m;
    this.logW = logW;
    largestMagnitude = (1L << 62) >> (logW + 1);
    denominator = BigInteger.valueOf(t).multiply(BigInteger.valueOf(m)).shiftLeft(logW + 1);
    // reciprocal = floor(2^exponent / denominator) has 62 or 63 bits.
    reciprocalExponent = 61 + denominator.bitLength();
    reciprocal = BigInteger.ONE.shiftLeft(reciprocalExponent).divide(denominator).longValueExact();
  }

  /** Tosses the coin for the proposal of magnitude {@code y >= 0}. */
  boolean test(long y, EntropySource entropy) {
    if (y >= largestMagnitude) {
      return exactly(y, entropy);
    }
    long distance = Math.abs((y << logW) - m);
    long q = quotient(distance);
    long fraction = q & FRACTION;
    if (q < 0 || fraction > FRACTION - SLACK) {
      return exactly(y, entropy);
    }
    for (long whole = q >>> FRACTION_BITS; whole > 0; whole--) {
      if (!ExpGeometric.oneOverE(entropy)) {
        return false;
      }
    }
    return acceptsFraction(fraction, distance, q >>> FRACTION_BITS, entropy);
  }

  /** The lower end of the interval for g 2^56, or -1 if g is too large for it. */
  private long quotient(long distance) {
    if (distance == 0) {
      return 0;
    }
    int zeros = Long.numberOfLeadingZeros(distance) - 1;
    long normal = distance << zeros;
    long square = Math.multiplyHigh(normal, normal);
    long product = Math.multiplyHigh(square, reciprocal);
    int shift = 128 + FRACTION_BITS - 2 * zeros - reciprocalExponent;
    if (shift > MOST_SHIFT_LEFT || (shift > 0 && product >> (62 - shift) != 0)) {
      return -1;
    }
    if (shift >= 0) {
      return product << shift;
    }
    return -shift >= Long.SIZE ? 0 : product >> -shift;
  }

  /** True with probability exp(-f): a run of coins with bias f/1, f/2, f/3, ... */
  private boolean acceptsFraction(long fraction, long distance, long whole, EntropySource entropy) {
    boolean even = true;
    for (long k = 1; ; k++) {
      long word = entropy.nextLong();
      long digits = word >>> (Long.SIZE - FRACTION_BITS);
      boolean success;
      if (digits < fraction / k) {
        success = true;
      } else if (digits > (fraction + SLACK) / k) {
        success = false;
      } else {
        success = settle(word, distance, whole, k, entropy);
      }
      if (!success) {
        return even;
      }
      even = !even;
    }
  }

  private boolean settle(long word, long distance, long whole, long k, EntropySource entropy) {
    BigInteger numerator =
        square(BigInteger.valueOf(distance))
            .subtract(denominator.multiply(BigInteger.valueOf(whole)));
    return ExactBernoulli.less(
        word, numerator, denominator.multiply(BigInteger.valueOf(k)), entropy);
  }

  private boolean exactly(long y, EntropySource entropy) {
    BigInteger distance = BigInteger.valueOf(y).shiftLeft(logW).subtract(BigInteger.valueOf(m));
    return ExactBernoulli.expMinus(square(distance), denominator, entropy);
  }

  private static BigInteger square(BigInteger value) {
    return value.multiply(value);
  }
}
