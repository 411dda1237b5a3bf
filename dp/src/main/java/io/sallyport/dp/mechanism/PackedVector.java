package io.sallyport.dp.mechanism;

import io.sallyport.dp.Require;
import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.dp.sensitivity.Sensitivity;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Several sums over the same contributions, released together.
 *
 * <p>Each coordinate gets an equal share of the budget and noise in its own grid. For Gaussian
 * noise this is the joint release of the vector in units of each coordinate's bound: d coordinates
 * cost a factor sqrt(d) in noise, where separate (epsilon, delta) splits cost d. Immutable and
 * thread-safe.
 */
final class PackedVector {
  private final List<NoisyRelease> parts;

  private PackedVector(List<NoisyRelease> parts) {
    this.parts = List.copyOf(parts);
  }

  /** {@code largestSteps[i]} bounds one contribution to coordinate i. */
  static PackedVector of(NoiseBudget budget, ContributionBounds bounds, long... largestSteps) {
    NoiseBudget share = budget.share(largestSteps.length);
    List<NoisyRelease> parts = new ArrayList<>();
    for (long largest : largestSteps) {
      parts.add(share.release(Sensitivity.ofSum(bounds, largest)));
    }
    return new PackedVector(parts);
  }

  List<NoisyRelease> parts() {
    return parts;
  }

  /** The vector plus noise, as doubles: from here on everything is post-processing. */
  double[] release(EntropySource entropy, BigInteger... exact) {
    Require.that(exact.length == parts.size(), "one exact sum per coordinate", exact.length);
    double[] noisy = new double[exact.length];
    for (int i = 0; i < exact.length; i++) {
      noisy[i] = parts.get(i).noise().perturb(exact[i], entropy).doubleValue();
    }
    return noisy;
  }
}
