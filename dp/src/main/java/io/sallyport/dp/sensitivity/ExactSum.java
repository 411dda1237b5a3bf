package io.sallyport.dp.sensitivity;

import java.math.BigInteger;

/**
 * A 128-bit sum of 64-bit steps.
 *
 * <p>Fewer than 2^63 additions cannot overflow it, so the result does not depend on the order, and
 * its sensitivity is that of the mathematical sum: no wrap-around, no repeated rounding
 * [Casacuberta et al. 22]. Mutable and not thread-safe; merge partial sums instead of sharing one.
 */
public final class ExactSum {
  private long high;
  private long low;

  /** Adds one contribution. */
  public void add(long steps) {
    long sum = low + steps;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    high += (steps >> 63) + carry;
    low = sum;
  }

  /** Adds another partial sum. */
  public void merge(ExactSum other) {
    long sum = low + other.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    high += other.high + carry;
    low = sum;
  }

  /** The exact sum so far. */
  public BigInteger total() {
    BigInteger lowUnsigned = BigInteger.valueOf(low);
    if (low < 0) {
      lowUnsigned = lowUnsigned.add(BigInteger.ONE.shiftLeft(64));
    }
    return BigInteger.valueOf(high).shiftLeft(64).add(lowUnsigned);
  }
}
