package io.sallyport.spark.noise;

import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.mechanism.NoiseBudget;
import io.sallyport.dp.selection.NoisyMinimum;
import io.sallyport.dp.selection.PartitionSelection;
import io.sallyport.dp.selection.PreThreshold;
import io.sallyport.dp.selection.ThresholdSelection;
import io.sallyport.dp.selection.TruncatedGeometricSelection;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.dp.sensitivity.Sensitivity;
import io.sallyport.policy.decision.NoiseTerms;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much noise each statistic of a release point gets, and how keys are selected: a function of
 * plan and policy alone.
 *
 * <p>Guarantee: releasing the noisy statistics and the selected keys together costs {@link
 * #losses}, which is at most (epsilon, delta) of the terms, under add/remove of one privacy unit,
 * if each unit contributes within {@link #bounds}. Source: the vector of all statistics of all
 * groups moves by at most L0 groups times Linf contributions in each coordinate; each coordinate
 * has an equal share.
 *
 * @param bounds what one person may contribute
 * @param noise of each statistic and then of each count of values, in their order
 * @param selection of the groups that are shown: by their keys, where the data say which there are,
 *     and by how many people they rest on, where a minimum is asked; empty when all are shown
 * @param losses what the release costs: what the noise and the selection were granted
 */
public record Calibration(
    ContributionBounds bounds,
    List<NoisyRelease> noise,
    Optional<PartitionSelection> selection,
    List<PrivacyLoss> losses) {

  /** Below this many groups per person the optimal selection beats the Gaussian threshold. */
  private static final long FEW_GROUPS = 3;

  public Calibration {
    noise = List.copyOf(noise);
    losses = List.copyOf(losses);
  }

  /**
   * The calibration of a release point within some terms.
   *
   * @param minimumUnits the fewest persons of a group that is shown, one in all and declared ones
   *     too; 0 when nothing is asked
   * @throws RefusedException KEY_NOT_ALLOWED when keys are to be selected and there is no delta
   */
  public static Calibration of(NoisyPoint point, NoiseTerms terms, long minimumUnits) {
    ContributionBounds bounds = bounds(point, terms);
    boolean selects = point.selectsKeys() || minimumUnits > 1;
    int shares = point.noisyParts() + (selects ? 1 : 0);
    Optional<PartitionSelection> selection = Optional.empty();
    Epsilon left = terms.epsilon();
    Delta leftDelta = terms.delta();
    if (selects) {
      requireDelta(point, terms);
      Epsilon share = terms.epsilon().share(shares);
      leftDelta = point.noisyParts() == 0 ? Delta.ZERO : terms.delta().share(2);
      Delta own = point.noisyParts() == 0 ? terms.delta() : leftDelta;
      selection = Optional.of(selection(bounds.groups(), minimumUnits, share, own));
      left = new Epsilon(left.value().subtract(share.value()));
    }
    List<PrivacyLoss> losses = new ArrayList<>();
    selection.ifPresent(chosen -> losses.addAll(chosen.losses()));
    List<NoisyRelease> noise = new ArrayList<>();
    if (point.noisyParts() > 0) {
      NoiseBudget share = share(point, bounds, left, leftDelta);
      for (Statistic statistic : point.statistics()) {
        noise.add(share.release(sensitivity(statistic, bounds)));
        losses.add(share.loss());
      }
      for (Values values : point.values()) {
        noise.add(share.release(values.sensitivity(bounds)));
        losses.add(share.loss());
      }
    }
    return new Calibration(bounds, noise, selection, losses);
  }

  private static ContributionBounds bounds(NoisyPoint point, NoiseTerms terms) {
    if (point.singleRows()) {
      return ContributionBounds.SINGLE;
    }
    long groups = point.isGlobal() ? 1 : point.groups(terms.groups());
    long all = point.publicKeys().map(keys -> keys.atMost().orElse(groups)).orElse(groups);
    return new ContributionBounds(Math.max(1, Math.min(groups, all)), terms.rows());
  }

  private static PartitionSelection selection(
      long groups, long minimumUnits, Epsilon epsilon, Delta delta) {
    if (delta.isZero()) {
      return NoisyMinimum.of(minimumUnits, groups, epsilon);
    }
    PartitionSelection selection =
        groups <= FEW_GROUPS
            ? TruncatedGeometricSelection.of(groups, epsilon, delta)
            : ThresholdSelection.gaussian(groups, epsilon, delta);
    return minimumUnits > 1 ? new PreThreshold(minimumUnits, selection) : selection;
  }

  /** The budget of each statistic, in the kind of noise that is smaller. */
  private static NoiseBudget share(
      NoisyPoint point, ContributionBounds bounds, Epsilon epsilon, Delta delta) {
    int parts = point.noisyParts();
    PrivacyLoss granted =
        delta.isZero()
            ? new PrivacyLoss.Pure(epsilon)
            : new PrivacyLoss.Approximate(epsilon, delta);
    return NoiseBudget.leastNoise(granted, Sensitivity.ofCount(bounds), parts).share(parts);
  }

  static Sensitivity sensitivity(Statistic statistic, ContributionBounds bounds) {
    return statistic.kind() == Statistic.Kind.UNITS
        ? Sensitivity.ofCount(bounds.withPerGroup(1))
        : Sensitivity.ofSum(bounds, statistic.largestSteps());
  }

  /** Groups whose keys are public are tested for their people without one. */
  private static void requireDelta(NoisyPoint point, NoiseTerms terms) {
    if (point.selectsKeys() && terms.delta().isZero()) {
      throw RefusedException.of(
          RefusalCode.KEY_NOT_ALLOWED,
          "which groups there are would be told, and the policy's dp(...) has no delta for that",
          "one global aggregate, keys whose owner declares column.<name>.values, or an owner who"
              + " gives dp(...) a delta");
    }
  }
}
