package io.sallyport.dp.accounting;

import io.sallyport.dp.Require;

/**
 * Two distributions P and Q such that every pair of neighbours is at most as easy to tell apart.
 *
 * <p>The privacy loss is L = ln(P(x) / Q(x)) for x drawn from P. All pairs here are symmetric: the
 * loss of Q against P has the same distribution, so one pair covers both adding and removing a
 * unit. For noise with a log-concave mass the pair at the largest shift dominates all smaller
 * shifts, and a vector of independent coordinates is dominated by the composition of its
 * coordinates' pairs [ZDW22, Theorem 10]. Immutable and thread-safe.
 */
public sealed interface DominatingPair {

  /** Continuous Laplace noise of scale 1 against itself shifted by {@code epsilon}. */
  record Laplace(double epsilon) implements DominatingPair {
    /** Checks the range. */
    public Laplace {
      Require.positive("epsilon", epsilon);
    }
  }

  /** Discrete Laplace noise of this scale, shifted by a whole number of steps. */
  record DiscreteLaplace(double scale, double shift) implements DominatingPair {
    /** Checks the ranges. */
    public DiscreteLaplace {
      Require.positive("scale", scale);
      Require.positive("shift", shift);
    }
  }

  /** Continuous Gaussian noise of deviation 1 against itself shifted by {@code mu}. */
  record Gaussian(double mu) implements DominatingPair {
    /** Checks the range. */
    public Gaussian {
      Require.positive("mu", mu);
    }
  }

  /** Discrete Gaussian noise of this sigma, shifted by a whole number of steps. */
  record DiscreteGaussian(double sigma, double shift) implements DominatingPair {
    /** Checks the ranges. */
    public DiscreteGaussian {
      Require.positive("sigma", sigma);
      Require.positive("shift", shift);
    }
  }

  /** Randomized response: dominates every (epsilon, delta)-DP mechanism [KairouzOhViswanath15]. */
  record Response(double epsilon, double delta) implements DominatingPair {
    /** Checks the ranges. */
    public Response {
      Require.that(epsilon >= 0 && Double.isFinite(epsilon), "epsilon must be >= 0", epsilon);
      Require.that(delta >= 0 && delta < 1, "delta must be >= 0 and < 1", delta);
    }
  }

  /** The largest absolute loss, or infinity. */
  default double range() {
    if (this instanceof Laplace l) {
      return l.epsilon();
    } else if (this instanceof DiscreteLaplace d) {
      return d.shift() / d.scale();
    } else if (this instanceof Response r) {
      return r.epsilon();
    }
    return Double.POSITIVE_INFINITY;
  }

  /** A number s such that the loss, less its mean, is sub-Gaussian with variance s^2. */
  default double deviation() {
    if (this instanceof Gaussian g) {
      return g.mu();
    } else if (this instanceof DiscreteGaussian d) {
      return d.shift() / d.sigma();
    }
    // A variable in [-r, r] is sub-Gaussian with variance r^2 (Hoeffding's lemma).
    return range();
  }
}
