package io.sallyport.spark.search;

import java.util.Random;

/**
 * How many odd things may still be in a question: a question with many is always refused, and its
 * answer would not tell which of them was at fault.
 */
final class Oddities {

  private final Random random;
  private int left;

  Oddities(Random random) {
    this.random = random;
    this.left = random.nextInt(5) / 2;
  }

  /** Whether there is one here. */
  boolean take(int oneIn) {
    boolean taken = left > 0 && random.nextInt(oneIn) == 0;
    left -= taken ? 1 : 0;
    return taken;
  }
}
