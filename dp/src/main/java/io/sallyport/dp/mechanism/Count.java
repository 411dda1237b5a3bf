package io.sallyport.dp.mechanism;

import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.dp.sensitivity.Sensitivity;
import java.util.List;

/**
 * Counts per group: of rows, of rows with a value, of privacy units, of bins or of distinct values.
 *
 * <p>Guarantee: the budget's loss for the counts of all groups together, under add/remove of one
 * privacy unit. Assumes that each unit adds at most {@code bounds.perGroup()} to at most {@code
 * bounds.groups()} counts. For distinct values, keep at most that many values of each unit and
 * count the union: one unit then changes the union by no more than it kept. Unbiased; a result may
 * be negative. Immutable and thread-safe. Source: [DMNS06], [CKS20].
 */
public final class Count implements Mechanism {
  private final NoisyRelease part;

  private Count(NoisyRelease part) {
    this.part = part;
  }

  /** A count under these bounds with all of {@code budget}. */
  public static Count of(ContributionBounds bounds, NoiseBudget budget) {
    return new Count(budget.release(Sensitivity.ofCount(bounds)));
  }

  /** One group's count plus noise, clamped to the range of {@code long}. */
  public long release(long exact, EntropySource entropy) {
    return part.noise().perturb(exact, entropy);
  }

  /** The counts of a histogram's public bins, each plus noise. Empty bins are bins. */
  public long[] releaseAll(long[] exact, EntropySource entropy) {
    long[] noisy = new long[exact.length];
    for (int i = 0; i < exact.length; i++) {
      noisy[i] = part.noise().perturb(exact[i], entropy);
    }
    return noisy;
  }

  @Override
  public List<NoisyRelease> parts() {
    return List.of(part);
  }
}
