package io.sallyport.examples.hospital;

import java.util.Arrays;
import java.util.Random;

/** Draws ranks 0 to n-1, rank r with a probability proportional to (r + 1) to the power -s. */
final class Zipf {

  private final double[] cumulated;

  Zipf(int n, double s) {
    cumulated = new double[n];
    double sum = 0;
    for (int rank = 0; rank < n; rank++) {
      sum += Math.pow(rank + 1.0, -s);
      cumulated[rank] = sum;
    }
  }

  int draw(Random random) {
    double at = random.nextDouble() * cumulated[cumulated.length - 1];
    int found = Arrays.binarySearch(cumulated, at);
    return found >= 0 ? found : -found - 1;
  }
}
