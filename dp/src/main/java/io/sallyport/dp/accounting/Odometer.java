package io.sallyport.dp.accounting;

import io.sallyport.dp.Require;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.loss.Rho;
import java.math.BigDecimal;

/**
 * Tells at any time what has been spent, without a limit set in advance.
 *
 * <p>Guarantee: with probability at least 1 - delta the privacy loss is at most {@link #spent} at
 * all times at once, though requests, and the moments of looking, depend on results. The rho spent
 * is rounded up to a rung {@code unit 2^i} of a ladder fixed in advance; below rung i the
 * interaction is that of a filter with this limit, so the loss exceeds rho + 2 sqrt(rho
 * ln(1/delta_i)) with probability at most delta_i = delta / ((i + 1)(i + 2)), and these add up to
 * delta. Immutable and thread-safe. Source: [RogersEtAl16, section 6], [BunSteinke16, Lemma 3.5
 * through Proposition 1.3].
 *
 * @param unit the first rung
 * @param delta the probability that the report is ever too low
 * @param total exact sums of what was added; releases with a delta of their own are refused
 */
public record Odometer(Rho unit, Delta delta, Composition total) {
  private static final int MOST_RUNGS = 200;

  /** Checks the ranges; throws {@link IllegalArgumentException} outside them. */
  public Odometer {
    Require.that(!unit.isZero(), "the first rung must be > 0", unit);
    Require.that(!delta.isZero(), "delta must be > 0", delta);
    Require.that(total.delta().isZero(), "an odometer adds losses without delta", total.delta());
  }

  /** An odometer that has seen nothing. */
  public static Odometer starting(Rho unit, Delta delta) {
    return new Odometer(unit, delta, Composition.EMPTY);
  }

  /** The odometer after one more release. */
  public Odometer plus(PrivacyLoss loss) {
    return new Odometer(unit, delta, total.plus(loss));
  }

  /** The bound on the loss so far. Zero before the first release. */
  public Epsilon spent() {
    Rho sum = total.concentrated();
    if (sum.isZero()) {
      return Epsilon.ZERO;
    }
    Rho rung = unit;
    int i = 0;
    while (rung.compareTo(sum) < 0) {
      rung = rung.times(2);
      i++;
      Require.between("rungs of the odometer", i, 0, MOST_RUNGS);
    }
    Epsilon ladder = bound(rung, i);
    boolean pureOnly = total.rho().isZero();
    return pureOnly && total.pure().compareTo(ladder) < 0 ? total.pure() : ladder;
  }

  private Epsilon bound(Rho rung, int i) {
    BigDecimal parts = BigDecimal.valueOf((i + 1L) * (i + 2L));
    double logInverse = Math.log(parts.doubleValue() / delta.lower());
    double rho = rung.upper();
    return Epsilon.atLeast((rho + 2 * Math.sqrt(rho * logInverse)) * (1 + 1e-12));
  }
}
