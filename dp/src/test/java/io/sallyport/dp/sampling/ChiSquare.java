package io.sallyport.dp.sampling;

import java.util.function.LongSupplier;
import java.util.function.LongToDoubleFunction;

/**
 * Pearson's test of samples against a probability mass on the integers.
 *
 * <p>Bins hold at least 25 expected samples. The statistic X of k bins is compared with the bound
 * of Laurent and Massart: P(X &gt;= d + 2 sqrt(d t) + 2 t) &lt;= e^-t for d = k - 1 and chi-square
 * X; with t = 30 this is 1e-13, which leaves room for the multinomial's distance from it and for
 * all tests of a run together (stated: 1e-9).
 */
final class ChiSquare {
  private static final double T = 30;
  private static final double LEAST_EXPECTED = 25;

  private ChiSquare() {}

  /** True if the samples fit. */
  static boolean fits(LongSupplier sampler, LongToDoubleFunction pmf, long reach, int samples) {
    int[] counts = new int[(int) (2 * reach + 1)];
    int outside = 0;
    for (int i = 0; i < samples; i++) {
      long x = sampler.getAsLong();
      if (Math.abs(x) > reach) {
        outside++;
      } else {
        counts[(int) (x + reach)]++;
      }
    }
    return statistic(counts, outside, pmf, reach, samples);
  }

  private static boolean statistic(
      int[] counts, int outside, LongToDoubleFunction pmf, long reach, int samples) {
    double chi = 0;
    int bins = 0;
    double expected = 0;
    double observed = 0;
    double inside = 0;
    for (long x = -reach; x <= reach; x++) {
      double p = pmf.applyAsDouble(x);
      inside += p;
      expected += samples * p;
      observed += counts[(int) (x + reach)];
      if (expected >= LEAST_EXPECTED) {
        chi += (observed - expected) * (observed - expected) / expected;
        bins++;
        expected = 0;
        observed = 0;
      }
    }
    double rest = Math.max(expected + samples * (1 - inside), 1);
    chi += (observed + outside - rest) * (observed + outside - rest) / rest;
    double d = bins;
    return chi < d + 2 * Math.sqrt(d * T) + 2 * T;
  }
}
