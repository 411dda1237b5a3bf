package io.sallyport.dp.google;

import com.google.privacy.differentialprivacy.GaussianNoise;
import com.google.privacy.differentialprivacy.LaplaceNoise;
import com.google.privacy.differentialprivacy.Noise;
import io.sallyport.dp.Require;
import io.sallyport.dp.engine.Engine;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.mechanism.NoiseBudget;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.dp.sensitivity.Sensitivity;

/**
 * A request in the words of Google's library: its noise, and doubles rounded down from our budget.
 *
 * @param noise Laplace or Gaussian
 * @param epsilon not above the grant
 * @param delta 0 for Laplace noise, not above the grant for Gaussian
 * @param groups maxPartitionsContributed
 * @param perGroup maxContributionsPerPartition
 */
record Terms(Noise noise, double epsilon, double delta, int groups, int perGroup) {

  static Terms of(ContributionBounds bounds, PrivacyLoss granted, Engine.Noise wanted) {
    return granted.fold(
        pure -> of(bounds, granted, pure.epsilon(), Delta.ZERO, wanted),
        approximate -> of(bounds, granted, approximate.epsilon(), approximate.delta(), wanted),
        concentrated -> {
          throw new IllegalArgumentException(
              "Google's engine takes epsilon and delta, not rho. Provided value: " + concentrated);
        });
  }

  private static Terms of(
      ContributionBounds bounds,
      PrivacyLoss granted,
      Epsilon epsilon,
      Delta delta,
      Engine.Noise wanted) {
    int groups = small("groups per unit", bounds.groups());
    int perGroup = small("contributions per group", bounds.perGroup());
    if (isGaussian(bounds, granted, wanted)) {
      Require.that(!delta.isZero(), "Gaussian noise needs delta > 0", delta);
      return new Terms(new GaussianNoise(), epsilon.lower(), delta.lower(), groups, perGroup);
    }
    return new Terms(new LaplaceNoise(), epsilon.lower(), 0.0, groups, perGroup);
  }

  private static boolean isGaussian(
      ContributionBounds bounds, PrivacyLoss granted, Engine.Noise wanted) {
    return switch (wanted) {
      case LAPLACE -> false;
      case GAUSSIAN -> true;
      case LEAST ->
          NoiseBudget.leastNoise(granted, Sensitivity.ofCount(bounds), 1)
              instanceof NoiseBudget.Gaussian;
    };
  }

  static int small(String name, long value) {
    return (int) Require.between(name, value, 1, Integer.MAX_VALUE);
  }
}
