package io.sallyport.dp.mechanism;

import io.sallyport.dp.Require;
import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sensitivity.ContributionBounds;
import java.util.Arrays;
import java.util.List;

/**
 * Counts over public bins that are given by their ascending inner edges.
 *
 * <p>Guarantee and assumptions as for {@link Count}, with bins in the place of groups. Bins come
 * from public edges, so empty bins are released with noise like all others and no delta is spent.
 * Immutable and thread-safe.
 */
public final class Histogram implements Mechanism {
  private final double[] edges;
  private final Count count;

  private Histogram(double[] edges, Count count) {
    this.edges = edges;
    this.count = count;
  }

  /**
   * A histogram with {@code edges.length + 1} bins; the outer two are unbounded.
   *
   * @param edges strictly ascending, without NaN
   */
  public static Histogram of(double[] edges, ContributionBounds bounds, NoiseBudget budget) {
    double[] copy = edges.clone();
    for (int i = 0; i < copy.length; i++) {
      boolean ascending = i == 0 ? !Double.isNaN(copy[0]) : copy[i] > copy[i - 1];
      Require.that(ascending, "edges must be strictly ascending", copy[i]);
    }
    return new Histogram(copy, Count.of(bounds, budget));
  }

  /** The bin of a present value: the number of edges that are &lt;= it. NaN must be skipped. */
  public int bin(double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("NaN is absent and must be skipped before binning");
    }
    int at = Arrays.binarySearch(edges, value + 0.0);
    return at >= 0 ? at + 1 : -at - 1;
  }

  /** The number of bins. */
  public int bins() {
    return edges.length + 1;
  }

  /** All bins plus noise. */
  public long[] release(long[] exact, EntropySource entropy) {
    Require.that(exact.length == bins(), "one count per bin", exact.length);
    return count.releaseAll(exact, entropy);
  }

  @Override
  public List<NoisyRelease> parts() {
    return count.parts();
  }
}
