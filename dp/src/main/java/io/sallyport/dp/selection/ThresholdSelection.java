package io.sallyport.dp.selection;

import io.sallyport.dp.Require;
import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.accounting.Zcdp;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.loss.Rho;
import io.sallyport.dp.mechanism.NoiseBudget;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sampling.NoiseDistribution;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.dp.sensitivity.Sensitivity;
import java.util.List;
import java.util.OptionalLong;

/**
 * Shows a key if its noisy number of units reaches a threshold; the noisy number may be shown too.
 *
 * <p>Guarantee: the noise's own loss for the counts, plus delta: a key that one unit alone brought
 * is shown with probability at most delta / L0, and one unit brings at most L0 keys. So publishing
 * the noisy counts of kept keys costs nothing more. Immutable and thread-safe. Source:
 * [KorolovaEtAl09], [Wilson et al. 20, section 3.3]; Gaussian noise as in [Google, delta for
 * thresholding].
 */
public final class ThresholdSelection implements PartitionSelection {
  private static final long serialVersionUID = 1L;

  private final NoisyRelease part;
  private final long threshold;
  private final List<PrivacyLoss> losses;

  private ThresholdSelection(NoisyRelease part, Delta delta, PrivacyLoss noiseLoss) {
    this.part = part;
    threshold = 1 + smallestTail(part.noise(), delta.share(part.sensitivity().coordinates()));
    losses = List.of(noiseLoss, new PrivacyLoss.Approximate(Epsilon.ZERO, delta));
  }

  /** Laplace noise with all of {@code epsilon}, threshold with all of {@code delta}. */
  public static ThresholdSelection laplace(long groupsPerUnit, Epsilon epsilon, Delta delta) {
    NoiseBudget budget = new NoiseBudget.Laplace(epsilon);
    return of(groupsPerUnit, budget, delta);
  }

  /**
   * Gaussian noise with {@code epsilon} and half of {@code delta}, threshold with the other half.
   */
  public static ThresholdSelection gaussian(long groupsPerUnit, Epsilon epsilon, Delta delta) {
    Rho rho = Zcdp.rho(epsilon, delta.share(2));
    return of(groupsPerUnit, new NoiseBudget.Gaussian(rho), delta.share(2));
  }

  /** Either kind of noise with all of {@code budget}, threshold with all of {@code delta}. */
  public static ThresholdSelection of(long groupsPerUnit, NoiseBudget budget, Delta delta) {
    Require.that(!delta.isZero(), "delta must be > 0 to select partitions", delta);
    Sensitivity units = Sensitivity.ofCount(new ContributionBounds(groupsPerUnit, 1));
    return new ThresholdSelection(budget.release(units), delta, budget.loss());
  }

  /** The smallest number of steps that the noise reaches with probability at most delta. */
  private static long smallestTail(NoiseDistribution noise, Delta delta) {
    double limit = delta.lower();
    Require.that(limit > 0, "delta per group must be > 0", delta);
    double steps = noise.quantileSteps(limit);
    Require.that(steps < Math.scalb(1.0, 62), "threshold must be below 2^62", steps);
    return (long) steps;
  }

  /** The noisy number of units if the key is shown, else empty. */
  public OptionalLong release(long units, EntropySource entropy) {
    long noisy = part.noise().perturb(units, entropy);
    // A key that nobody brought does not exist; one that a single unit brought shows with delta /
    // L0.
    return units > 0 && noisy >= threshold ? OptionalLong.of(noisy) : OptionalLong.empty();
  }

  @Override
  public boolean keeps(long units, EntropySource entropy) {
    return release(units, entropy).isPresent();
  }

  @Override
  public double keepProbability(long units) {
    if (units <= 0) {
      return 0;
    }
    long needed = threshold - units;
    NoiseDistribution noise = part.noise();
    return needed >= 1
        ? noise.upperTail((double) needed)
        : 1 - noise.upperTail((double) (1 - needed));
  }

  @Override
  public long threshold() {
    return threshold;
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
