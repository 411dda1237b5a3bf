package io.sallyport.dp.mechanism;

import io.sallyport.dp.Require;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sensitivity.ContributionBounds;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The labels of the k largest counts (k = 1: the mode), without the counts.
 *
 * <p>Guarantee: pure epsilon-DP for all k labels together under add/remove of one privacy unit, by
 * k choices of epsilon / k each, every one among the labels not yet chosen. A unit may contribute
 * to any number of the counts, at most {@code perGroup} to each. The labels are public. Immutable
 * and thread-safe. Source: [McKennaSheldon20] for one choice; peeling composes it [DR14, section
 * 3.3].
 */
public final class NoisyMax {
  private final int k;
  private final Choice choice;
  private final Epsilon epsilon;

  private NoisyMax(int k, Choice choice, Epsilon epsilon) {
    this.k = k;
    this.choice = choice;
    this.epsilon = epsilon;
  }

  /** The top {@code k} with {@code epsilon} in total. */
  public static NoisyMax top(int k, ContributionBounds bounds, Epsilon epsilon) {
    Require.between("k", k, 1, 1_000_000);
    BigInteger sensitivity = BigInteger.valueOf(bounds.perGroup());
    return new NoisyMax(
        k, Choice.of(epsilon.share(k), sensitivity, Choice.Scores.MONOTONE), epsilon);
  }

  /** Indices of the chosen counts, the first choice first; at most {@code counts.length}. */
  public List<Integer> release(long[] counts, EntropySource entropy) {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      left.add(i);
    }
    List<Integer> chosen = new ArrayList<>();
    while (chosen.size() < k && !left.isEmpty()) {
      long[] scores = left.stream().mapToLong(i -> counts[i]).toArray();
      chosen.add(left.remove(choice.permuteAndFlip(scores, entropy)));
    }
    return List.copyOf(chosen);
  }

  /** What one release costs. */
  public PrivacyLoss loss() {
    return new PrivacyLoss.Pure(epsilon);
  }
}
