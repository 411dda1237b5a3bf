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
    return random.longs(256).toArray();
  }
}
