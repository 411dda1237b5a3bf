package io.sallyport.dp.engine;

import io.sallyport.dp.Require;
import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.mechanism.BoundedMean;
import io.sallyport.dp.mechanism.BoundedSum;
import io.sallyport.dp.mechanism.BoundedVariance;
import io.sallyport.dp.mechanism.Count;
import io.sallyport.dp.mechanism.NoiseBudget;
import io.sallyport.dp.mechanism.QuantileTree;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.selection.PartitionSelection;
import io.sallyport.dp.selection.PreThreshold;
import io.sallyport.dp.selection.ThresholdSelection;
import io.sallyport.dp.selection.TruncatedGeometricSelection;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.dp.sensitivity.ExactSum;
import io.sallyport.dp.sensitivity.Sensitivity;
import java.util.List;

/**
 * The default engine: exact discrete noise on exact integer sums.
 *
 * <p>Guarantees and sources are those of the mechanisms in {@link io.sallyport.dp.mechanism}.
 * Belongs to one release and one thread, like its entropy.
 */
public final class ExactEngine implements Engine {
  /**
   * Up to this many groups the truncated geometric strategy needs fewer units than Gaussian noise.
   */
  private static final long FEW_GROUPS = 3;

  private final EntropySource entropy;

  /** An engine that draws from {@code entropy} and closes it. */
  public ExactEngine(EntropySource entropy) {
    this.entropy = entropy;
  }

  @Override
  public NoisyCount count(ContributionBounds bounds, PrivacyLoss granted, Noise noise) {
    Count count = Count.of(bounds, budget(granted, noise, Sensitivity.ofCount(bounds), 1));
    return exact -> count.release(exact, entropy);
  }

  @Override
  public Aggregation sum(
      Interval row, ContributionBounds bounds, PrivacyLoss granted, Noise noise) {
    BoundedSum sum =
        BoundedSum.ofRows(row, bounds, budget(granted, noise, Sensitivity.ofCount(bounds), 1));
    ExactSum steps = new ExactSum();
    return new OneShot(
        value -> steps.add(sum.quantizer().steps(value)),
        () -> sum.release(steps.total(), entropy));
  }

  @Override
  public Aggregation mean(
      Interval row, ContributionBounds bounds, PrivacyLoss granted, Noise noise) {
    BoundedMean mean =
        BoundedMean.of(row, bounds, budget(granted, noise, Sensitivity.ofCount(bounds), 2));
    ExactSum rows = new ExactSum();
    ExactSum steps = new ExactSum();
    return new OneShot(
        value -> {
          rows.add(1);
          steps.add(mean.quantizer().steps(value));
        },
        () -> mean.release(rows.total().longValueExact(), steps.total(), entropy).mean());
  }

  @Override
  public Aggregation variance(
      Interval row, ContributionBounds bounds, PrivacyLoss granted, Noise noise) {
    BoundedVariance variance =
        BoundedVariance.of(row, bounds, budget(granted, noise, Sensitivity.ofCount(bounds), 3));
    ExactSum rows = new ExactSum();
    ExactSum steps = new ExactSum();
    ExactSum squares = new ExactSum();
    return new OneShot(
        value -> {
          long t = variance.quantizer().steps(value);
          rows.add(1);
          steps.add(t);
          squares.add(t * t);
        },
        () ->
            variance
                .release(rows.total().longValueExact(), steps.total(), squares.total(), entropy)
                .variance());
  }

  @Override
  public Aggregation quantile(
      double rank, Interval row, ContributionBounds bounds, PrivacyLoss granted, Noise noise) {
    Require.that(rank >= 0 && rank <= 1, "rank must be between 0 and 1", rank);
    Sensitivity nodes = QuantileTree.sensitivity(QuantileTree.HEIGHT, bounds);
    QuantileTree tree = QuantileTree.of(row, bounds, budget(granted, noise, nodes, 1));
    QuantileTree.Counts counts = tree.counts();
    return new OneShot(counts::add, () -> tree.release(counts, List.of(rank), entropy).get(0));
  }

  @Override
  public KeySelection selection(
      long groupsPerUnit, long minimumUnits, Epsilon epsilon, Delta delta) {
    PartitionSelection inner =
        groupsPerUnit <= FEW_GROUPS
            ? TruncatedGeometricSelection.of(groupsPerUnit, epsilon, delta)
            : ThresholdSelection.gaussian(groupsPerUnit, epsilon, delta);
    PartitionSelection selection = minimumUnits > 1 ? new PreThreshold(minimumUnits, inner) : inner;
    return units -> selection.keeps(units, entropy);
  }

  private static NoiseBudget budget(
      PrivacyLoss granted, Noise noise, Sensitivity sensitivity, int parts) {
    return switch (noise) {
      case LAPLACE -> NoiseBudget.laplace(granted);
      case GAUSSIAN ->
          NoiseBudget.gaussian(granted)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "Gaussian noise needs delta > 0 or rho. Provided value: " + granted));
      case LEAST -> NoiseBudget.leastNoise(granted, sensitivity, parts);
    };
  }

  @Override
  public void close() {
    entropy.close();
  }
}
