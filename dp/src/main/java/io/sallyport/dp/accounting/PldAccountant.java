package io.sallyport.dp.accounting;

import io.sallyport.dp.Require;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Adds up releases by their privacy-loss distributions: the tightest of the accountants here.
 *
 * <p>Guarantee: {@link #epsilon} is an upper bound for releases whose parameters were fixed in
 * advance, under add/remove of one privacy unit. A release of a vector counts as one pair for each
 * coordinate that a unit can move, at its largest shift: sound because the noise is log-concave and
 * independent. The result is never worse than {@link Composition}'s, which takes over where delta
 * is too small for floating point. Immutable and thread-safe.
 */
public final class PldAccountant {
  /** Nothing released yet. */
  public static final PldAccountant EMPTY = new PldAccountant(Map.of(), Composition.EMPTY);

  private final Map<DominatingPair, Long> pairs;
  private final Composition total;

  private PldAccountant(Map<DominatingPair, Long> pairs, Composition total) {
    this.pairs = pairs;
    this.total = total;
  }

  /** The accountant after {@code count} more releases of the same shape. */
  public PldAccountant plus(NoisyRelease release, long count) {
    Require.between("number of releases", count, 1, 1_000_000_000);
    BigInteger largest = release.sensitivity().perCoordinate();
    double near = largest.doubleValue();
    double shift = largest.bitLength() <= 53 ? near : Math.nextUp(near);
    double parameter = Math.nextDown(release.parameter());
    DominatingPair pair =
        release.isGaussian()
            ? new DominatingPair.DiscreteGaussian(parameter, shift)
            : new DominatingPair.DiscreteLaplace(parameter, shift);
    long coordinates = Math.multiplyExact(count, release.sensitivity().coordinates());
    return with(pair, coordinates, total.plus(release.loss(), count));
  }

  /**
   * The accountant after a release known only by its loss, counted as randomized response.
   *
   * @throws IllegalArgumentException for a loss stated in rho, which has no worst pair; give the
   *     release itself instead
   */
  public PldAccountant plus(PrivacyLoss loss) {
    DominatingPair pair =
        loss.fold(
            p -> new DominatingPair.Response(p.epsilon().upper(), 0),
            a -> new DominatingPair.Response(a.epsilon().upper(), a.delta().upper()),
            c -> {
              throw new IllegalArgumentException(
                  "A loss in rho has no loss distribution. Provided value: " + c.rho());
            });
    return with(pair, 1, total.plus(loss));
  }

  private PldAccountant with(DominatingPair pair, long count, Composition next) {
    Map<DominatingPair, Long> more = new HashMap<>(pairs);
    more.merge(pair, count, Math::addExact);
    return new PldAccountant(Map.copyOf(more), next);
  }

  /** An epsilon for which all releases together are (epsilon, delta)-DP. */
  public Epsilon epsilon(Delta delta) {
    if (pairs.isEmpty()) {
      return Epsilon.ZERO;
    }
    Optional<Epsilon> tight = LossComposer.compose(pairs).epsilon(delta);
    if (delta.compareTo(total.delta()) <= 0) {
      return tight.orElseThrow(
          () ->
              new IllegalArgumentException("delta must exceed the sum of deltas " + total.delta()));
    }
    Epsilon plain = total.epsilon(delta);
    return tight.filter(t -> t.compareTo(plain) < 0).orElse(plain);
  }
}
