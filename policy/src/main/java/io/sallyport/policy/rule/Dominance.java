package io.sallyport.policy.rule;

import java.util.Collection;
import java.util.List;

/**
 * When a few people have so much of a sum that the sum tells their values. Contributions are per
 * person, x1 &gt;= x2 &gt;= ... &gt;= 0, and X is their sum. Immutable.
 *
 * <p>Where a contribution is negative or no number, dominance is not defined and counts as broken.
 * (Hundepool et al., Statistical Disclosure Control, 2012, section 4.2.)
 */
public sealed interface Dominance extends Comparable<Dominance> {
  /** How many of the largest contributions a rule may look at. */
  int MOST_LARGEST = 10;

  /** The canonical text, which the parser reads back. */
  String text();

  /** How many of the largest contributions decide. */
  int largest();

  /**
   * Whether nobody dominates. False whenever a number among the arguments is not finite.
   *
   * @param total X, the sum of all contributions
   * @param largest the largest contributions, descending, {@link #largest()} of them or all
   */
  boolean isSafe(double total, List<Double> largest);

  /** Whether what is safe by this rule is always safe by the other. */
  boolean implies(Dominance other);

  /** The rules in canonical order, without those that another one implies. */
  static List<Dominance> withoutImplied(Collection<Dominance> rules) {
    return rules.stream()
        .distinct()
        .filter(rule -> rules.stream().noneMatch(o -> !o.equals(rule) && o.implies(rule)))
        .sorted()
        .toList();
  }

  @Override
  default int compareTo(Dominance other) {
    return text().compareTo(other.text());
  }

  /**
   * The p% rule: the second largest contributor, who knows their own value, must not be able to
   * estimate the largest more closely than to {@code p} percent of it: X - x1 - x2 &gt;= p/100 *
   * x1.
   *
   * @param p percent, from 1 to 100
   */
  record Percent(int p) implements Dominance {
    public Percent {
      if (p < 1 || p > 100) {
        throw new IllegalArgumentException("p must be from 1 to 100. Provided value: " + p);
      }
    }

    @Override
    public String text() {
      return "p(" + p + ")";
    }

    @Override
    public int largest() {
      return 2;
    }

    @Override
    public boolean isSafe(double total, List<Double> largest) {
      double first = largest.isEmpty() ? 0 : largest.get(0);
      double second = largest.size() < 2 ? 0 : largest.get(1);
      return Double.isFinite(total) && total - first - second >= p / 100.0 * first;
    }

    @Override
    public boolean implies(Dominance other) {
      return other instanceof Percent percent && p >= percent.p;
    }
  }

  /**
   * The (n,k) rule: the {@code n} largest contributors must not have more than {@code k} percent of
   * the sum: x1 + ... + xn &lt;= k/100 * X.
   *
   * @param n from 1 to {@link #MOST_LARGEST}
   * @param k percent, from 1 to 99
   */
  record Share(int n, int k) implements Dominance {
    public Share {
      if (n < 1 || n > MOST_LARGEST) {
        throw new IllegalArgumentException(
            "n must be from 1 to " + MOST_LARGEST + ". Provided value: " + n);
      }
      if (k < 1 || k > 99) {
        throw new IllegalArgumentException("k must be from 1 to 99. Provided value: " + k);
      }
    }

    @Override
    public String text() {
      return "nk(" + n + ", " + k + ")";
    }

    @Override
    public int largest() {
      return n;
    }

    @Override
    public boolean isSafe(double total, List<Double> largest) {
      double most = largest.stream().limit(n).mapToDouble(Double::doubleValue).sum();
      return Double.isFinite(total) && most <= k / 100.0 * total;
    }

    @Override
    public boolean implies(Dominance other) {
      return other instanceof Share share && n >= share.n && k <= share.k;
    }
  }
}
