package io.sallyport.dp.mechanism;

import io.sallyport.dp.Require;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sampling.ExactBernoulli;
import java.math.BigInteger;

/**
 * A private choice of the candidate with (nearly) the largest integer score.
 *
 * <p>Guarantee: pure epsilon-DP for one choice, if adding or removing one privacy unit moves every
 * score by at most {@code sensitivity}; with {@link Scores#MONOTONE}, if besides all scores move in
 * the same direction, which saves a factor two. Every coin is an exact Bernoulli(exp(-rational)):
 * no floating point, no ties. The candidates are public and their order does not matter. Immutable
 * and thread-safe.
 */
public final class Choice {
  /** How scores move between neighbours. */
  public enum Scores {
    /** All in the same direction, such as counts. */
    MONOTONE,
    /** Each in any direction. */
    GENERAL
  }

  private final Epsilon epsilon;
  private final BigInteger numerator;
  private final BigInteger denominator;

  private Choice(Epsilon epsilon, BigInteger sensitivity, Scores scores) {
    Require.that(!epsilon.isZero(), "epsilon must be > 0", epsilon);
    Require.that(sensitivity.signum() > 0, "sensitivity must be > 0", sensitivity);
    this.epsilon = epsilon;
    int decimals = Math.max(0, epsilon.value().scale());
    numerator = epsilon.value().setScale(decimals).unscaledValue();
    BigInteger divisor = scores == Scores.GENERAL ? sensitivity.shiftLeft(1) : sensitivity;
    denominator = BigInteger.TEN.pow(decimals).multiply(divisor);
  }

  /** A choice with {@code epsilon} among scores of this sensitivity. */
  public static Choice of(Epsilon epsilon, BigInteger sensitivity, Scores scores) {
    return new Choice(epsilon, sensitivity, scores);
  }

  /**
   * The exponential mechanism: index i with probability proportional to exp(-epsilon (best -
   * score_i) / (2 sensitivity)) [McSherryTalwar07], by rejection: at most n tries are expected for
   * n scores.
   */
  public int exponential(long[] scores, EntropySource entropy) {
    long best = best(scores);
    while (true) {
      int candidate = (int) entropy.nextBelow(scores.length);
      if (accepts(best, scores[candidate], entropy)) {
        return candidate;
      }
    }
  }

  /**
   * Permute-and-flip: candidates in random order, the first whose coin succeeds [McKennaSheldon20,
   * Algorithm 1]. Never worse than the exponential mechanism in expectation, at most n coins for n
   * scores.
   */
  public int permuteAndFlip(long[] scores, EntropySource entropy) {
    long best = best(scores);
    int[] order = new int[scores.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (int i = 0; i < order.length; i++) {
      int j = i + (int) entropy.nextBelow(order.length - i);
      int candidate = order[j];
      order[j] = order[i];
      if (accepts(best, scores[candidate], entropy)) {
        return candidate;
      }
    }
    throw new AssertionError("the candidate with the best score is always accepted");
  }

  private boolean accepts(long best, long score, EntropySource entropy) {
    BigInteger gap = BigInteger.valueOf(best).subtract(BigInteger.valueOf(score));
    return ExactBernoulli.expMinus(gap.multiply(numerator), denominator, entropy);
  }

  private static long best(long[] scores) {
    Require.between("number of candidates", scores.length, 1, Integer.MAX_VALUE);
    long best = scores[0];
    for (long score : scores) {
      best = Math.max(best, score);
    }
    return best;
  }

  /** What one choice costs. */
  public PrivacyLoss loss() {
    return new PrivacyLoss.Pure(epsilon);
  }
}
