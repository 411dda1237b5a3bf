package io.sallyport.dp.mechanism;

import io.sallyport.dp.Require;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sensitivity.ContributionBounds;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * One quantile per group, chosen among public candidates by the exponential mechanism.
 *
 * <p>The score of candidate c for the quantile a/b is -|b #{x &lt;= c} - a n|. Guarantee: pure
 * epsilon-DP for the quantiles of all groups together, under add/remove of one privacy unit: one
 * unit with C rows moves a score by at most C max(a, b - a), and at most L0 groups change. The
 * error is on the rank, not on the value. Immutable and thread-safe. Source: [Smith11, Algorithm
 * 2], over a list of candidates.
 */
public final class ExponentialQuantile {
  private final double[] candidates;
  private final int numerator;
  private final int denominator;
  private final Choice choice;
  private final Epsilon epsilon;

  private ExponentialQuantile(double[] candidates, int a, int b, Choice choice, Epsilon epsilon) {
    this.candidates = candidates;
    this.numerator = a;
    this.denominator = b;
    this.choice = choice;
    this.epsilon = epsilon;
  }

  /**
   * The quantile {@code a / b} among {@code candidates}, with {@code epsilon} for all groups.
   *
   * @param a between 0 and b
   * @param b between 1 and 10 000
   * @param candidates strictly ascending and finite
   */
  public static ExponentialQuantile of(
      int a, int b, double[] candidates, ContributionBounds bounds, Epsilon epsilon) {
    Require.between("denominator of the rank", b, 1, 10_000);
    Require.between("numerator of the rank", a, 0, b);
    Require.between("number of candidates", candidates.length, 1, 1 << 20);
    double[] copy = candidates.clone();
    for (int i = 0; i < copy.length; i++) {
      Require.finite("candidate", copy[i]);
      Require.that(i == 0 || copy[i] > copy[i - 1], "candidates must ascend strictly", copy[i]);
    }
    BigInteger sensitivity =
        BigInteger.valueOf(bounds.perGroup()).multiply(BigInteger.valueOf(Math.max(a, b - a)));
    Epsilon perGroup = epsilon.share(bounds.groups());
    Choice choice = Choice.of(perGroup, sensitivity, Choice.Scores.GENERAL);
    return new ExponentialQuantile(copy, a, b, choice, epsilon);
  }

  /** One group's quantile. NaN counts as absent. */
  public double release(double[] values, EntropySource entropy) {
    long[] atMost = new long[candidates.length];
    long n = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        n++;
        int at = Arrays.binarySearch(candidates, value + 0.0);
        int bin = at >= 0 ? at : -at - 1;
        if (bin < atMost.length) {
          atMost[bin]++;
        }
      }
    }
    long[] scores = new long[candidates.length];
    long below = 0;
    for (int i = 0; i < scores.length; i++) {
      below += atMost[i];
      scores[i] = -Math.abs(denominator * below - numerator * n);
    }
    return candidates[choice.exponential(scores, entropy)];
  }

  /** What the quantiles of all groups cost. */
  public PrivacyLoss loss() {
    return new PrivacyLoss.Pure(epsilon);
  }
}
