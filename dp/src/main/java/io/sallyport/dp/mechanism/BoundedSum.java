package io.sallyport.dp.mechanism;

import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.dp.sensitivity.Quantizer;
import io.sallyport.dp.sensitivity.Sensitivity;
import java.math.BigInteger;
import java.util.List;

/**
 * A sum of clamped values per group.
 *
 * <p>Guarantee: the budget's loss under add/remove of one privacy unit. Two ways to bound a unit:
 * {@link #ofRows} clamps each row and counts on at most {@code perGroup} rows; {@link #ofUnits}
 * clamps each unit's sum in a group, loses no row, and usually needs less noise. What is summed is
 * integer steps, exactly; the sensitivity is the largest step that the quantizer can return.
 * Unbiased up to clamping; the sum of no rows is 0 plus noise. Immutable and thread-safe. Source:
 * [DMNS06]; [Casacuberta et al. 22] for why sums are integers.
 */
public final class BoundedSum implements Mechanism {
  private final Quantizer quantizer;
  private final NoisyRelease part;

  private BoundedSum(Quantizer quantizer, NoisyRelease part) {
    this.quantizer = quantizer;
    this.part = part;
  }

  /** Each row is clamped to {@code row}. */
  public static BoundedSum ofRows(Interval row, ContributionBounds bounds, NoiseBudget budget) {
    return of(Quantizer.over(row), bounds, budget);
  }

  /** Each unit's sum within a group is clamped to {@code unit}. */
  public static BoundedSum ofUnits(Interval unit, long groupsPerUnit, NoiseBudget budget) {
    return of(Quantizer.over(unit), new ContributionBounds(groupsPerUnit, 1), budget);
  }

  /** As {@link #ofRows}, on a grid of the caller's choice. */
  public static BoundedSum of(Quantizer quantizer, ContributionBounds bounds, NoiseBudget budget) {
    Sensitivity sensitivity = Sensitivity.ofSum(bounds, quantizer.largestSteps());
    return new BoundedSum(quantizer, budget.release(sensitivity));
  }

  /** Takes a contribution to the steps that must be summed. */
  public Quantizer quantizer() {
    return quantizer;
  }

  /** The exact sum in steps plus noise, in the unit of the values. */
  public double release(BigInteger exactSteps, EntropySource entropy) {
    return quantizer.grid().value(part.noise().perturb(exactSteps, entropy));
  }

  /** The exact sum in steps plus noise, in steps clamped to {@code long}: the fast path. */
  public long releaseSteps(long exactSteps, EntropySource entropy) {
    return part.noise().perturb(exactSteps, entropy);
  }

  @Override
  public List<NoisyRelease> parts() {
    return List.of(part);
  }
}
