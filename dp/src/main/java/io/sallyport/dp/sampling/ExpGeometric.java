package io.sallyport.dp.sampling;

import java.math.BigInteger;

/**
 * The number of successes before the first failure of coins with bias 1/e: P(V >= k) = e^-k.
 *
 * <p>One uniform word is compared with the first 64 digits of e^-1, e^-2, ...; equal digits (2^-64
 * each) are settled by drawing more. The distribution has no memory, so a value beyond the table
 * starts again from zero. Exact. Stateless and thread-safe.
 */
final class ExpGeometric {
  private static final int TABLE = 24;
  private static final long[] FIRST_DIGITS = firstDigits();

  private ExpGeometric() {}

  static long sample(EntropySource entropy) {
    long word = entropy.nextLong();
    // Most words are decided by the first entries, so a walk beats a binary search.
    for (int k = 0; k < TABLE; k++) {
      if (!belowExp(word, k, entropy)) {
        return k;
      }
    }
    return TABLE + sample(entropy);
  }

  /** True with probability 1/e. */
  static boolean oneOverE(EntropySource entropy) {
    return belowExp(entropy.nextLong(), 0, entropy);
  }

  private static boolean belowExp(long word, int index, EntropySource entropy) {
    int order = Long.compareUnsigned(word, FIRST_DIGITS[index]);
    return order == 0 ? resolve(word, index + 1, entropy) : order < 0;
  }

  private static boolean resolve(long word, int power, EntropySource entropy) {
    BigInteger prefix = ExactBernoulli.append(BigInteger.ZERO, word);
    for (int bits = 128; ; bits += 64) {
      prefix = ExactBernoulli.append(prefix, entropy.nextLong());
      int order = prefix.compareTo(ExpDigits.floor(power, bits));
      if (order != 0) {
        return order < 0;
      }
    }
  }

  private static long[] firstDigits() {
    long[] digits = new long[TABLE];
    for (int i = 0; i < TABLE; i++) {
      digits[i] = ExpDigits.floor(i + 1, 64).longValue();
    }
    return digits;
  }
}
