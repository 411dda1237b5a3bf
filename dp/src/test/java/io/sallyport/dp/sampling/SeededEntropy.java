package io.sallyport.dp.sampling;

import java.util.SplittableRandom;

/**
 * A seedable source. It exists in the tests only: {@code EntropySource}'s constructor is hidden.
 */
public final class SeededEntropy extends EntropySource {
  private final SplittableRandom random;

  public SeededEntropy(long seed) {
    random = new SplittableRandom(seed);
  }

  @Override
  long[] refill() {
    long[] words = new long[16];
    for (int i = 0; i < words.length; i++) {
      words[i] = random.nextLong();
    }
    return words;
  }
}
