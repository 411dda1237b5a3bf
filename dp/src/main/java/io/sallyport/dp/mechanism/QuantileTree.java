package io.sallyport.dp.mechanism;

import io.sallyport.dp.Require;
import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sampling.NoiseDistribution;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.dp.sensitivity.Sensitivity;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Any number of quantiles per group from one tree of noisy counts.
 *
 * <p>The interval is cut into branching^height leaves; each row counts in one node per level.
 * Guarantee: the budget's loss for all quantiles of all groups together, under add/remove of one
 * privacy unit: height times L0 counts move by at most C each. Assumptions as for {@link
 * BoundedMean}. The error is on the rank, not on the value. Immutable and thread-safe. Source:
 * [HayEtAl10] for the tree; the search is that of every prefix tree.
 */
public final class QuantileTree implements Mechanism {
  /** Children of a node. */
  public static final int BRANCHING = 16;

  /** Levels below the root: 65 536 leaves. */
  public static final int HEIGHT = 4;

  private static final int LEAVES = 1 << 16;
  private static final int BITS_PER_LEVEL = 4;

  private final Interval range;
  private final NoisyRelease part;

  private QuantileTree(Interval range, NoisyRelease part) {
    this.range = range;
    this.part = part;
  }

  /** Quantiles of values clamped to {@code range} with all of {@code budget}. */
  public static QuantileTree of(Interval range, ContributionBounds bounds, NoiseBudget budget) {
    Require.that(range.width() > 0, "range must have a positive width", range);
    Sensitivity sensitivity =
        Sensitivity.ofCoordinates(bounds.groups() * HEIGHT, BigInteger.valueOf(bounds.perGroup()));
    return new QuantileTree(range, budget.release(sensitivity));
  }

  /** An empty tree of exact counts for one group. */
  public Counts counts() {
    return new Counts(range);
  }

  /**
   * One group's quantiles at {@code ranks}, each in [0, 1]. A node's noise is drawn once in this
   * call, so more ranks cost nothing.
   */
  public List<Double> release(Counts exact, List<Double> ranks, EntropySource entropy) {
    Require.that(exact.range.equals(range), "counts must be over this tree's range", exact.range);
    Map<Integer, Double> drawn = new HashMap<>();
    List<Double> quantiles = new ArrayList<>();
    for (double rank : ranks) {
      Require.that(rank >= 0 && rank <= 1, "rank must be between 0 and 1", rank);
      quantiles.add(descend(exact, rank, drawn, entropy));
    }
    return List.copyOf(quantiles);
  }

  private double descend(
      Counts exact, double rank, Map<Integer, Double> drawn, EntropySource entropy) {
    int node = 0;
    double wanted = rank;
    for (int level = 1; level <= HEIGHT; level++) {
      double[] sizes = new double[BRANCHING];
      double total = 0;
      for (int child = 0; child < BRANCHING; child++) {
        sizes[child] = Math.max(0, noisy(exact, level, node * BRANCHING + child, drawn, entropy));
        total += sizes[child];
      }
      if (total == 0) {
        return at((node + wanted) / Math.scalb(1.0, BITS_PER_LEVEL * (level - 1)));
      }
      double target = wanted * total;
      int child = 0;
      while (child < BRANCHING - 1 && target > sizes[child]) {
        target -= sizes[child];
        child++;
      }
      wanted = sizes[child] == 0 ? 0.5 : Math.min(1, target / sizes[child]);
      node = node * BRANCHING + child;
    }
    return at((node + wanted) / LEAVES);
  }

  private double noisy(
      Counts exact, int level, int node, Map<Integer, Double> drawn, EntropySource entropy) {
    int key = nodeKey(level, node);
    Double known = drawn.get(key);
    if (known != null) {
      return known;
    }
    NoiseDistribution noise = part.noise();
    double fresh = noise.perturb(exact.nodes.getOrDefault(key, 0L), entropy);
    drawn.put(key, fresh);
    return fresh;
  }

  private double at(double fraction) {
    return range.clamp(range.lower() + range.width() * fraction);
  }

  /** Levels get disjoint keys: level l has node numbers below 2^(4 l). */
  private static int nodeKey(int level, int node) {
    return (1 << (BITS_PER_LEVEL * level)) | node;
  }

  @Override
  public List<NoisyRelease> parts() {
    return List.of(part);
  }

  /** Exact counts of the nodes of one group's tree. Mutable and not thread-safe. */
  public static final class Counts {
    private final Interval range;
    private final Map<Integer, Long> nodes = new HashMap<>();

    private Counts(Interval range) {
      this.range = range;
    }

    /** Counts one value, clamped to the range; NaN counts as absent. */
    public void add(double value) {
      if (Double.isNaN(value)) {
        return;
      }
      double fraction = (range.clamp(value) - range.lower()) / range.width();
      int leaf = Math.max(0, Math.min(LEAVES - 1, (int) (fraction * LEAVES)));
      addLeaf(leaf, 1);
    }

    /** Counts {@code count} values in one of the 65 536 leaves. */
    public void addLeaf(int leaf, long count) {
      Require.between("leaf", leaf, 0, LEAVES - 1);
      for (int level = 1; level <= HEIGHT; level++) {
        int node = leaf >> (BITS_PER_LEVEL * (HEIGHT - level));
        nodes.merge(nodeKey(level, node), count, Long::sum);
      }
    }
  }
}
