package io.sallyport.dp.sampling;

import java.math.BigInteger;

/**
 * Coins of exact bias, in integers of any size: the slow path of every sampler here.
 *
 * <p>Source: [CKS20] Canonne, Kamath, Steinke, The Discrete Gaussian for Differential Privacy,
 * Algorithm 1, arXiv:2004.00010. Stateless and thread-safe.
 */
public final class ExactBernoulli {
  private static final int WORD = 64;

  private ExactBernoulli() {}

  /** A uniform integer in {@code [0, bound)}. */
  static BigInteger below(BigInteger bound, EntropySource entropy) {
    int bits = bound.bitLength();
    BigInteger candidate;
    do {
      candidate = BigInteger.ZERO;
      for (int have = 0; have < bits; have += WORD) {
        candidate = append(candidate, entropy.nextLong());
      }
      candidate = candidate.shiftRight((WORD - bits % WORD) % WORD);
    } while (candidate.compareTo(bound) >= 0);
    return candidate;
  }

  /** True with probability exp(-numerator/denominator), for a quotient of any size >= 0. */
  public static boolean expMinus(
      BigInteger numerator, BigInteger denominator, EntropySource entropy) {
    BigInteger rest = numerator;
    while (rest.compareTo(denominator) > 0) {
      if (!expMinusUnit(BigInteger.ONE, BigInteger.ONE, entropy)) {
        return false;
      }
      rest = rest.subtract(denominator);
    }
    return expMinusUnit(rest, denominator, entropy);
  }

  /** As above for a quotient in [0, 1]: the first failure among coins of bias g/1, g/2, g/3, ... */
  private static boolean expMinusUnit(BigInteger num, BigInteger den, EntropySource entropy) {
    BigInteger scaled = den;
    boolean even = true;
    while (below(scaled, entropy).compareTo(num) < 0) {
      scaled = scaled.add(den);
      even = !even;
    }
    return even;
  }

  /**
   * Decides U < numerator/denominator for a uniform real U of which {@code firstWord} are the first
   * 64 binary digits, drawing further digits as needed.
   */
  static boolean less(
      long firstWord, BigInteger numerator, BigInteger denominator, EntropySource entropy) {
    BigInteger prefix = append(BigInteger.ZERO, firstWord);
    int bits = WORD;
    while (true) {
      BigInteger scaled = numerator.shiftLeft(bits);
      if (prefix.add(BigInteger.ONE).multiply(denominator).compareTo(scaled) <= 0) {
        return true;
      }
      if (prefix.multiply(denominator).compareTo(scaled) >= 0) {
        return false;
      }
      prefix = append(prefix, entropy.nextLong());
      bits += WORD;
    }
  }

  /** {@code prefix} followed by the 64 digits of {@code word}. */
  static BigInteger append(BigInteger prefix, long word) {
    BigInteger high = BigInteger.valueOf(word >>> 32);
    BigInteger low = BigInteger.valueOf(word & 0xffffffffL);
    return prefix.shiftLeft(32).add(high).shiftLeft(32).add(low);
  }
}
