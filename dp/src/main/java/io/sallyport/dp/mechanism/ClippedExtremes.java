package io.sallyport.dp.mechanism;

import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sensitivity.ContributionBounds;
import java.util.List;

/**
 * Minimum and maximum, as the quantiles 0.005 and 0.995.
 *
 * <p>The true extreme is one unit's value and has unbounded sensitivity in the rank, so it is never
 * released; these two are. Guarantee and assumptions as for {@link QuantileTree}, for both numbers
 * together. Immutable and thread-safe.
 */
public final class ClippedExtremes implements Mechanism {
  /** The rank that stands for the minimum; one minus it stands for the maximum. */
  public static final double TAIL = 0.005;

  private final QuantileTree tree;

  private ClippedExtremes(QuantileTree tree) {
    this.tree = tree;
  }

  /** Extremes of values clamped to {@code range} with all of {@code budget}. */
  public static ClippedExtremes of(Interval range, ContributionBounds bounds, NoiseBudget budget) {
    return new ClippedExtremes(QuantileTree.of(range, bounds, budget));
  }

  /** An empty tree of exact counts for one group. */
  public QuantileTree.Counts counts() {
    return tree.counts();
  }

  /** One group's clipped minimum and maximum, in order. */
  public Interval release(QuantileTree.Counts exact, EntropySource entropy) {
    List<Double> ends = tree.release(exact, List.of(TAIL, 1 - TAIL), entropy);
    double low = Math.min(ends.get(0), ends.get(1));
    return new Interval(low, Math.max(ends.get(0), ends.get(1)));
  }

  @Override
  public List<NoisyRelease> parts() {
    return tree.parts();
  }
}
