package io.sallyport.dp.accounting;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.loss.Rho;

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
   * Admits while either basic or concentrated composition stays within (limit, deltaLimit), and the
   * deltas that releases state stay within half of deltaLimit.
   *
   * <p>Why the better of two filters is a filter: call an interaction bad if its privacy loss
   * exceeds the limit, outside of the events that the stated deltas account for. Where basic
   * composition still holds at the end, the loss is within the limit on every such path. So a bad
   * path ended with basic composition exceeded, hence with the concentrated sum kept, and because
   * that sum only grows, kept at every step: the concentrated filter alone would not have stopped
   * it. In the interaction that the concentrated filter alone stops, bad paths weigh at most
   * deltaLimit / 2 in the hockey-stick divergence. Together with the stated deltas that is at most
   * deltaLimit.
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
      boolean basic = total.rho().isZero() && total.pure().compareTo(limit) <= 0;
      return basic || total.concentrated().compareTo(concentratedLimit()) <= 0;
    }

    /** The most that all releases may state as their deltas together: half of the limit. */
    public Delta statedLimit() {
      return deltaLimit.isZero() ? deltaLimit : deltaLimit.share(2);
    }

    private Rho concentratedLimit() {
      return deltaLimit.isZero() || limit.isZero() ? Rho.ZERO : Zcdp.rho(limit, statedLimit());
    }

    /** The largest epsilon of one more release of pure loss that would be admitted. */
    public Epsilon remaining() {
      if (spent.delta().compareTo(statedLimit()) > 0) {
        return Epsilon.ZERO;
      }
      Epsilon basic =
          spent.rho().isZero() && spent.pure().compareTo(limit) < 0
              ? new Epsilon(limit.value().subtract(spent.pure().value()))
              : Epsilon.ZERO;
      Rho whole = concentratedLimit();
      Epsilon concentrated =
          spent.concentrated().compareTo(whole) < 0
              ? Zcdp.pureWithin(new Rho(whole.value().subtract(spent.concentrated().value())))
              : Epsilon.ZERO;
      return basic.compareTo(concentrated) >= 0 ? basic : concentrated;
    }
  }
}
