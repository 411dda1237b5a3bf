package io.sallyport.dp.mechanism;

import io.sallyport.dp.Require;
import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.dp.sensitivity.Sensitivity;
import java.math.BigInteger;
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

  /** The most levels below the root: 65 536 leaves. */
  public static final int HEIGHT = 4;

  private static final int BITS_PER_LEVEL = 4;

  private final Interval range;
  private final int height;
  private final NoisyRelease part;

  private QuantileTree(Interval range, int height, NoisyRelease part) {
    Require.that(range.width() > 0, "range must have a positive width", range);
    Require.between("height", height, 1, HEIGHT);
    this.range = range;
    this.height = height;
    this.part = part;
  }

  /** Quantiles of values clamped to {@code range} with all of {@code budget}, in a full tree. */
  public static QuantileTree of(Interval range, ContributionBounds bounds, NoiseBudget budget) {
    return of(range, HEIGHT, budget.release(sensitivity(HEIGHT, bounds)));
  }

  /**
   * Quantiles of values clamped to {@code range} from a tree with a noise that was chosen before.
   *
   * @param height levels below the root, from 1 to {@link #HEIGHT}
   * @param part the noise of every node; its sensitivity is {@link #sensitivity}
   */
  public static QuantileTree of(Interval range, int height, NoisyRelease part) {
    return new QuantileTree(range, height, part);
  }

  /** How far one unit moves the counts of the nodes of all groups. */
  public static Sensitivity sensitivity(int height, ContributionBounds bounds) {
    return Sensitivity.ofCoordinates(
        Math.multiplyExact(bounds.groups(), height), BigInteger.valueOf(bounds.perGroup()));
  }

  /** The number of leaves of a tree. */
  public static int leaves(int height) {
    return 1 << (BITS_PER_LEVEL * height);
  }

  /** An empty tree of exact counts for one group. */
  public Counts counts() {
    return new Counts(range, height);
  }

  /**
   * One group's quantiles at {@code ranks}, each in [0, 1]. A node's noise is drawn once in this
   * call, so more ranks cost nothing.
   */
  public List<Double> release(Counts exact, List<Double> ranks, EntropySource entropy) {
    NoisyCounts noisy = release(exact, entropy);
    return ranks.stream().map(noisy::quantile).toList();
  }

  /** One group's counts with noise: one release, however many quantiles are read from it. */
  public NoisyCounts release(Counts exact, EntropySource entropy) {
    Require.that(exact.range.equals(range), "counts must be over this tree's range", exact.range);
    Require.that(exact.height == height, "counts must be of this tree's height", exact.height);
    return new NoisyCounts(exact, entropy);
  }

  /** Levels below the root. */
  public int height() {
    return height;
  }

  /**
   * One group's tree with noise. A node's noise is drawn when it is first looked at, and kept. Not
   * thread-safe; to be read before its source of entropy is closed.
   */
  public final class NoisyCounts {
    private final Counts exact;
    private final EntropySource entropy;
    private final Map<Integer, Double> drawn = new HashMap<>();

    private NoisyCounts(Counts exact, EntropySource entropy) {
      this.exact = exact;
      this.entropy = entropy;
    }

    /** The quantile at a rank in [0, 1]. */
    public double quantile(double rank) {
      Require.that(rank >= 0 && rank <= 1, "rank must be between 0 and 1", rank);
      int node = 0;
      double wanted = rank;
      for (int level = 1; level <= height; level++) {
        double[] sizes = new double[BRANCHING];
        double total = 0;
        for (int child = 0; child < BRANCHING; child++) {
          sizes[child] = Math.max(0, noisy(level, node * BRANCHING + child));
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
      return at((node + wanted) / leaves(height));
    }

    private double noisy(int level, int node) {
      int key = nodeKey(level, node);
      Double known = drawn.get(key);
      if (known != null) {
        return known;
      }
      double fresh = part.noise().perturb(exact.nodes.getOrDefault(key, 0L), entropy);
      drawn.put(key, fresh);
      return fresh;
    }
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
    private final int height;
    private final Map<Integer, Long> nodes = new HashMap<>();

    private Counts(Interval range, int height) {
      this.range = range;
      this.height = height;
    }

    /** Counts one value, clamped to the range; NaN counts as absent. */
    public void add(double value) {
      if (Double.isNaN(value)) {
        return;
      }
      double fraction = (range.clamp(value) - range.lower()) / range.width();
      int leaf = Math.max(0, Math.min(leaves(height) - 1, (int) (fraction * leaves(height))));
      addLeaf(leaf, 1);
    }

    /** Counts {@code count} values in one of the leaves. */
    public void addLeaf(int leaf, long count) {
      Require.between("leaf", leaf, 0, leaves(height) - 1);
      for (int level = 1; level <= height; level++) {
        int node = leaf >> (BITS_PER_LEVEL * (height - level));
        nodes.merge(nodeKey(level, node), count, Long::sum);
      }
    }
  }
}
