package io.sallyport.dp.accounting;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.loss.Rho;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Admits releases, whose parameters may depend on earlier results, while a limit lasts.
 *
 * <p>Guarantee: whatever the analyst asks in whatever order, the admitted releases together satisfy
 * the limit: rho-zCDP up to delta for {@link Concentrated}, (epsilon, delta)-DP for {@link Basic}.
 * In both definitions fully adaptive composition costs no more than composition in advance. A
 * refused request changes nothing. Sums are exact, so no sequence of small requests slips through.
 * Immutable and thread-safe; the caller keeps the returned filter, durably. Source: [RogersEtAl16,
 * section 4] for basic, [FeldmanZrnic21; WhitehouseEtAl23, Theorem 1] for concentrated sums.
 */
public sealed interface PrivacyFilter {

  /** The answer to a request. */
  sealed interface Admission {}

  /** The release may run; {@code next} must replace the filter before it does. */
  record Admitted(PrivacyFilter next) implements Admission {}

  /** The release must not run. The remaining budget is public: it depends on past requests only. */
  record Refused(String remaining) implements Admission {}

  /** Asks for one release. */
  Admission admit(PrivacyLoss loss);

  /** A filter on the sum of rho, and on the sum of the deltas of releases that have one. */
  static PrivacyFilter concentrated(Rho limit, Delta deltaLimit) {
    return new Concentrated(limit, deltaLimit, Composition.EMPTY);
  }

  /** A filter on the sums of epsilon and delta. */
  static PrivacyFilter basic(Epsilon limit, Delta deltaLimit) {
    return new Basic(limit, deltaLimit, Composition.EMPTY);
  }

  /**
   * Admits while rho, with epsilon^2 / 2 for releases stated in epsilon, stays within the limit.
   */
  record Concentrated(Rho limit, Delta deltaLimit, Composition spent) implements PrivacyFilter {
    @Override
    public Admission admit(PrivacyLoss loss) {
      Composition next = spent.plus(loss);
      boolean fits =
          next.concentrated().compareTo(limit) <= 0 && next.delta().compareTo(deltaLimit) <= 0;
      return fits
          ? new Admitted(new Concentrated(limit, deltaLimit, next))
          : new Refused(
              "rho %s, delta %s"
                  .formatted(
                      limit.value().subtract(spent.concentrated().value()).toPlainString(),
                      deltaLimit.value().subtract(spent.delta().value()).toPlainString()));
    }
  }

  /** Admits while epsilon and delta stay within their limits; refuses losses stated in rho. */
  record Basic(Epsilon limit, Delta deltaLimit, Composition spent) implements PrivacyFilter {
    @Override
    public Admission admit(PrivacyLoss loss) {
      Composition next = spent.plus(loss);
      boolean fits =
          next.rho().isZero()
              && next.pure().compareTo(limit) <= 0
              && next.delta().compareTo(deltaLimit) <= 0;
      return fits
          ? new Admitted(new Basic(limit, deltaLimit, next))
          : new Refused(
              "epsilon %s, delta %s"
                  .formatted(
                      limit.value().subtract(spent.pure().value()).toPlainString(),
                      deltaLimit.value().subtract(spent.delta().value()).toPlainString()));
    }
  }

  /**
   * Admits while what was spent is within (limit, deltaLimit) by any of these: the sum of epsilons,
   * where no rho is in it; the concentrated sum, all of it converted; the sum of epsilons with the
   * rest converted, for an order of a fixed list. And while the deltas that releases state stay
   * within half of deltaLimit.
   *
   * <p>Why any of several is a filter, though which of them holds in the end depends on results: a
   * path whose epsilons are within the limit has no loss above it. At a fixed order a, the
   * expectation of exp((a - 1)(loss - spent at order a)) is at most 1, whatever is asked and
   * whenever it ends [FeldmanZrnic21; WhitehouseEtAl23]. So all paths that end within one line add
   * no more than the line's share of delta to the hockey-stick divergence; each path is counted
   * with one line, the shares are fixed in advance and add up to half of deltaLimit, and the stated
   * deltas to no more than the other half. The proof is in {@code doc/proofs.md}.
   *
   * @param spent what was admitted so far
   */
  record BasicOrConcentrated(Epsilon limit, Delta deltaLimit, Composition spent)
      implements PrivacyFilter {
    @Override
    public Admission admit(PrivacyLoss loss) {
      Composition next = spent.plus(loss);
      return fits(next)
          ? new Admitted(new BasicOrConcentrated(limit, deltaLimit, next))
          : new Refused("epsilon " + remaining());
    }

    private boolean fits(Composition total) {
      if (total.delta().compareTo(statedLimit()) > 0) {
        return false;
      }
      return (total.rho().isZero() && total.pure().compareTo(limit) <= 0)
          || total.concentrated().compareTo(rooms().concentrated()) <= 0
          || rooms().lines().stream().anyMatch(line -> line.left(total).signum() >= 0);
    }

    /** The most that all releases may state as their deltas together: half of the limit. */
    public Delta statedLimit() {
      return deltaLimit.isZero() ? deltaLimit : deltaLimit.share(2);
    }

    private Rooms rooms() {
      return Rooms.of(limit, statedLimit());
    }

    /** The largest epsilon of one more release of pure loss that would be admitted. */
    public Epsilon remaining() {
      if (spent.delta().compareTo(statedLimit()) > 0) {
        return Epsilon.ZERO;
      }
      BigDecimal most = BigDecimal.ZERO;
      if (spent.rho().isZero()) {
        most = most.max(limit.value().subtract(spent.pure().value()));
      }
      for (RenyiLine line : rooms().lines()) {
        most = most.max(line.left(spent));
      }
      BigDecimal rho = rooms().concentrated().value().subtract(spent.concentrated().value());
      if (rho.signum() > 0) {
        most = most.max(Zcdp.pureWithin(new Rho(rho)).value());
      }
      return new Epsilon(most.setScale(Math.min(most.scale(), 60), RoundingMode.FLOOR));
    }
  }
}
