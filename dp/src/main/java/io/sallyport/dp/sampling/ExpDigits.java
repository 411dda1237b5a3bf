package io.sallyport.dp.sampling;

import java.math.BigInteger;

/** Binary digits of e^-k, to any length, by an alternating series in integers. Stateless. */
final class ExpDigits {

  private ExpDigits() {}

  /** The integer part of 2^bits e^-k, for k >= 1: such a number is irrational, so the loop ends. */
  static BigInteger floor(int k, int bits) {
    for (int guard = 64; ; guard *= 2) {
      BigInteger value = power(inverseE(bits + guard), k, bits + guard);
      // With p digits the series is off by less than 2 p units, a power of it by 1.6 (2 p + 1).
      BigInteger error = BigInteger.valueOf(4L * (bits + guard + k));
      BigInteger least = value.subtract(error).shiftRight(guard);
      BigInteger most = value.add(error).shiftRight(guard);
      if (least.equals(most)) {
        return least;
      }
    }
  }

  private static BigInteger inverseE(int precision) {
    BigInteger term = BigInteger.ONE.shiftLeft(precision);
    BigInteger sum = term;
    for (int n = 1; term.signum() > 0; n++) {
      term = term.divide(BigInteger.valueOf(n));
      sum = n % 2 == 0 ? sum.add(term) : sum.subtract(term);
    }
    return sum;
  }

  private static BigInteger power(BigInteger base, int exponent, int precision) {
    BigInteger result = BigInteger.ONE.shiftLeft(precision);
    for (int i = 0; i < exponent; i++) {
      result = result.multiply(base).shiftRight(precision);
    }
    return result;
  }
}
