package io.sallyport.dp.selection;

import io.sallyport.dp.Require;
import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.mechanism.NoiseBudget;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.dp.sensitivity.Sensitivity;
import java.util.List;

/**
 * A minimum group size for groups whose keys are public, without a delta: a group is shown if its
 * noisy number of units is so far above the minimum that hardly any noise explains it.
 *
 * <p>Guarantee: the noise's own loss, which is pure; and a group of fewer units than the minimum is
 * shown with probability at most {@link #FAILURE}. A group of nobody is tested like any other,
 * because its key tells nothing. Where there is a delta, {@link PreThreshold} never shows such a
 * group. Immutable and thread-safe. Source: [DMNS06] for the noise; the test is post-processing.
 */
public final class NoisyMinimum implements PartitionSelection {
  private static final long serialVersionUID = 1L;

  /** The most that a group below the minimum may be shown by. */
  public static final double FAILURE = 1e-9;

  private final long minimum;
  private final NoisyRelease part;
  private final long threshold;
  private final List<PrivacyLoss> losses;

  private NoisyMinimum(long minimum, NoiseBudget budget, Sensitivity units) {
    this.minimum = minimum;
    this.part = budget.release(units);
    double steps = part.noise().quantileSteps(FAILURE);
    Require.that(steps < Math.scalb(1.0, 60), "threshold must be below 2^60", steps);
    this.threshold = minimum - 1 + (long) steps;
    this.losses = List.of(budget.loss());
  }

  /** Laplace noise with all of {@code epsilon} for at most so many groups of each unit. */
  public static NoisyMinimum of(long minimum, long groupsPerUnit, Epsilon epsilon) {
    Require.between("minimum group size", minimum, 1, 1L << 40);
    return new NoisyMinimum(
        minimum,
        new NoiseBudget.Laplace(epsilon),
        Sensitivity.ofCount(new ContributionBounds(groupsPerUnit, 1)));
  }

  @Override
  public boolean keeps(long units, EntropySource entropy) {
    return part.noise().perturb(units, entropy) >= threshold;
  }

  @Override
  public double keepProbability(long units) {
    long needed = threshold - units;
    return needed >= 1
        ? part.noise().upperTail((double) needed)
        : 1 - part.noise().upperTail((double) (1 - needed));
  }

  @Override
  public long threshold() {
    return threshold;
  }

  /** Fewer units than these are hardly ever shown. */
  public long minimum() {
    return minimum;
  }

  /** The noise on the number of units. */
  public NoisyRelease part() {
    return part;
  }

  @Override
  public List<PrivacyLoss> losses() {
    return losses;
  }
}
