package io.sallyport.dp.sampling;

import java.util.Arrays;

/**
 * A buffered stream of independent, uniform 64-bit words.
 *
 * <p>The constructor is visible in this package only, so that noise in production can come from
 * {@link AesCtrEntropy} and {@link KeyedEntropy} alone; a seedable source exists in the tests and
 * nowhere else. Close it when the release is drawn: the buffer is overwritten. Not thread-safe: one
 * source belongs to one thread.
 */
public abstract class EntropySource implements AutoCloseable {
  /** Words not yet used: {@code words[next..]}. A refill replaces all of them. */
  private long[] words = new long[0];

  private int next;

  EntropySource() {}

  /** A source keyed freshly from the system's {@link java.security.SecureRandom}. */
  public static EntropySource fresh() {
    return new AesCtrEntropy();
  }

  /** Returns new uniform words; called when the last ones are used up. */
  abstract long[] refill();

  /** Drops what is buffered, so that the next word comes from a refill. */
  final void discard() {
    next = words.length;
  }

  /** The next uniform 64-bit word. */
  public final long nextLong() {
    if (next >= words.length) {
      words = refill();
      next = 0;
    }
    return words[next++];
  }

  /**
   * A uniform integer in {@code [0, bound)}, exactly [Lemire19, Algorithm 5].
   *
   * @param bound at least 1
   */
  public final long nextBelow(long bound) {
    long word = nextLong();
    long low = word * bound;
    if (Long.compareUnsigned(low, bound) < 0) {
      long threshold = Long.remainderUnsigned(-bound, bound);
      while (Long.compareUnsigned(low, threshold) < 0) {
        word = nextLong();
        low = word * bound;
      }
    }
    return unsignedHigh(word, bound);
  }

  /** The high word of the product of an unsigned word and a bound that is not negative. */
  private static long unsignedHigh(long word, long bound) {
    return Math.multiplyHigh(word, bound) + ((word >> 63) & bound);
  }

  /** Overwrites the buffered words. A closed source must not be used again. */
  @Override
  public void close() {
    Arrays.fill(words, 0);
    discard();
  }
}
