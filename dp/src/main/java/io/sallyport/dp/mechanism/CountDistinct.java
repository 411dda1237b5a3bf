package io.sallyport.dp.mechanism;

import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sensitivity.ContributionBounds;
import java.util.List;

/**
 * The number of distinct values that are held by somebody, per group.
 *
 * <p>Guarantee: the budget's loss under add/remove of one privacy unit. Assumes that each unit
 * keeps at most {@code bounds.perGroup()} distinct values in each of at most {@code
 * bounds.groups()} groups, chosen from its own values only, before the union is counted. Proof:
 * removing a unit can remove from the union only values that it kept. The result is biased
 * downwards by values that every holder had to drop. Immutable and thread-safe.
 */
public final class CountDistinct implements Mechanism {
  private final Count count;

  private CountDistinct(Count count) {
    this.count = count;
  }

  /** A count of distinct values under these bounds with all of {@code budget}. */
  public static CountDistinct of(ContributionBounds bounds, NoiseBudget budget) {
    return new CountDistinct(Count.of(bounds, budget));
  }

  /** The size of one group's union of kept values plus noise; never negative. */
  public long release(long unionOfKept, EntropySource entropy) {
    return Math.max(0, count.release(unionOfKept, entropy));
  }

  @Override
  public List<NoisyRelease> parts() {
    return count.parts();
  }
}
