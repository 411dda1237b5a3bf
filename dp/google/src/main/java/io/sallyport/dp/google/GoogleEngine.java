package io.sallyport.dp.google;

import com.google.privacy.differentialprivacy.BoundedMean;
import com.google.privacy.differentialprivacy.BoundedQuantiles;
import com.google.privacy.differentialprivacy.BoundedSum;
import com.google.privacy.differentialprivacy.BoundedVariance;
import com.google.privacy.differentialprivacy.Count;
import com.google.privacy.differentialprivacy.PreAggSelectPartition;
import io.sallyport.dp.Require;
import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.engine.Engine;
import io.sallyport.dp.engine.OneShot;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.sensitivity.ContributionBounds;

/**
 * Google's differential-privacy library, version 4.1.0, behind our interface.
 *
 * <p>The guarantee of each method is that of the library's class of the same name, for the privacy
 * units and bounds that the caller enforces. Sums are computed in floating point there, which the
 * default engine avoids. Losses stated in rho are refused. Not thread-safe.
 *
 * <p>Written against the library's published sources; see the README for where it was compiled.
 */
final class GoogleEngine implements Engine {

  @Override
  public NoisyCount count(ContributionBounds bounds, PrivacyLoss granted, Noise noise) {
    Terms terms = Terms.of(bounds, granted, noise);
    if (terms.perGroup() == 1) {
      return exact -> countOnce(terms, exact);
    }
    // The library's Count bounds one contribution per group; its noise takes any number.
    return exact ->
        terms
            .noise()
            .addNoise(
                exact, terms.groups(), (long) terms.perGroup(), terms.epsilon(), terms.delta());
  }

  private static long countOnce(Terms terms, long exact) {
    Count count =
        Count.builder()
            .epsilon(terms.epsilon())
            .delta(terms.delta())
            .noise(terms.noise())
            .maxPartitionsContributed(terms.groups())
            .build();
    count.incrementBy(exact);
    return count.computeResult();
  }

  @Override
  public Aggregation sum(
      Interval row, ContributionBounds bounds, PrivacyLoss granted, Noise noise) {
    Terms terms = Terms.of(bounds, granted, noise);
    Require.that(
        terms.perGroup() == 1,
        "Google's BoundedSum takes one contribution per unit and group; add up each unit's rows",
        bounds);
    BoundedSum sum =
        BoundedSum.builder()
            .epsilon(terms.epsilon())
            .delta(terms.delta())
            .noise(terms.noise())
            .maxPartitionsContributed(terms.groups())
            .lower(row.lower())
            .upper(row.upper())
            .build();
    return new OneShot(sum::addEntry, sum::computeResult);
  }

  @Override
  public Aggregation mean(
      Interval row, ContributionBounds bounds, PrivacyLoss granted, Noise noise) {
    Terms terms = Terms.of(bounds, granted, noise);
    BoundedMean mean =
        BoundedMean.builder()
            .epsilon(terms.epsilon())
            .delta(terms.delta())
            .noise(terms.noise())
            .maxPartitionsContributed(terms.groups())
            .maxContributionsPerPartition(terms.perGroup())
            .lower(row.lower())
            .upper(row.upper())
            .build();
    return new OneShot(mean::addEntry, mean::computeResult);
  }

  @Override
  public Aggregation variance(
      Interval row, ContributionBounds bounds, PrivacyLoss granted, Noise noise) {
    Terms terms = Terms.of(bounds, granted, noise);
    BoundedVariance variance =
        BoundedVariance.builder()
            .epsilon(terms.epsilon())
            .delta(terms.delta())
            .noise(terms.noise())
            .maxPartitionsContributed(terms.groups())
            .maxContributionsPerPartition(terms.perGroup())
            .lower(row.lower())
            .upper(row.upper())
            .build();
    return new OneShot(variance::addEntry, variance::computeResult);
  }

  @Override
  public Aggregation quantile(
      double rank, Interval row, ContributionBounds bounds, PrivacyLoss granted, Noise noise) {
    Require.that(rank >= 0 && rank <= 1, "rank must be between 0 and 1", rank);
    Terms terms = Terms.of(bounds, granted, noise);
    BoundedQuantiles quantiles =
        BoundedQuantiles.builder()
            .epsilon(terms.epsilon())
            .delta(terms.delta())
            .noise(terms.noise())
            .maxPartitionsContributed(terms.groups())
            .maxContributionsPerPartition(terms.perGroup())
            .lower(row.lower())
            .upper(row.upper())
            .build();
    return new OneShot(quantiles::addEntry, () -> quantiles.computeResult(rank));
  }

  @Override
  public KeySelection selection(
      long groupsPerUnit, long minimumUnits, Epsilon epsilon, Delta delta) {
    int groups = Terms.small("groups per unit", groupsPerUnit);
    int minimum = Terms.small("minimum group size", Math.max(1, minimumUnits));
    Require.that(!delta.isZero(), "delta must be > 0 to select partitions", delta);
    return units -> {
      PreAggSelectPartition selection =
          PreAggSelectPartition.builder()
              .epsilon(epsilon.lower())
              .delta(delta.lower())
              .maxPartitionsContributed(groups)
              .preThreshold(minimum)
              .build();
      selection.incrementBy(units);
      return selection.shouldKeepPartition();
    };
  }

  /** The library keeps no resources. */
  @Override
  public void close() {}
}
