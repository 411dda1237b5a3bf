package io.sallyport.dp.accounting;

import io.sallyport.dp.Require;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.loss.Rho;

/**
 * The running total of releases on the same units, in exact decimals.
 *
 * <p>Guarantee: the releases added so far are together {@link #pure} epsilon-DP up to {@link
 * #delta()} (if no rho was added), and {@link #concentrated} zCDP up to {@link #delta()}; {@link
 * #epsilon} is the better of both readings. Holds for releases whose parameters were fixed in
 * advance; for parameters chosen adaptively use {@link PrivacyFilter}. Immutable and thread-safe.
 * Source: [DMNS06] basic, [BunSteinke16, Lemma 1.7 and Definition 8.1] concentrated composition.
 *
 * @param pure the sum of the epsilons of releases that state one
 * @param rho the sum of the rhos of releases that state one
 * @param pureAsRho the sum of epsilon^2 / 2 over the releases in {@code pure}
 * @param delta the sum of all deltas
 */
public record Composition(Epsilon pure, Rho rho, Rho pureAsRho, Delta delta) {
  /** Nothing released yet. */
  public static final Composition EMPTY =
      new Composition(Epsilon.ZERO, Rho.ZERO, Rho.ZERO, Delta.ZERO);

  /** The total after one more release. */
  public Composition plus(PrivacyLoss loss) {
    return plus(loss, 1);
  }

  /** The total after {@code count} more releases of equal loss. */
  public Composition plus(PrivacyLoss loss, long count) {
    return loss.fold(
        p -> withEpsilon(p.epsilon(), Delta.ZERO, count),
        a -> withEpsilon(a.epsilon(), a.delta(), count),
        c -> new Composition(pure, rho.plus(c.rho().times(count)), pureAsRho, delta));
  }

  private Composition withEpsilon(Epsilon epsilon, Delta more, long count) {
    return new Composition(
        pure.plus(epsilon.times(count)),
        rho,
        pureAsRho.plus(Zcdp.ofPure(epsilon).times(count)),
        delta.plus(more.times(count)));
  }

  /** All releases in concentrated terms; holds up to {@link #delta()}. */
  public Rho concentrated() {
    return rho.plus(pureAsRho);
  }

  /**
   * An epsilon for which all releases together are (epsilon, total)-DP.
   *
   * @param total must exceed {@link #delta()} as soon as a rho is in the sum
   */
  public Epsilon epsilon(Delta total) {
    Require.that(
        total.compareTo(delta) >= 0, "total delta must be >= the sum of deltas " + delta, total);
    Delta left = new Delta(total.value().subtract(delta.value()));
    if (left.isZero()) {
      Require.that(rho.isZero(), "total delta must exceed the sum of deltas " + delta, total);
      return pure;
    }
    Epsilon apart = pure.plus(Zcdp.epsilon(rho, left));
    Epsilon together = Zcdp.epsilon(concentrated(), left);
    return apart.compareTo(together) <= 0 ? apart : together;
  }
}
