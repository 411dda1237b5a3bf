package io.sallyport.dp.accounting;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What may be spent in epsilon and in rho together, at one Renyi order: epsilons add up as they
 * are, and a rho counts as many times as the order says.
 *
 * <p>Guarantee: releases, chosen adaptively, that are stopped before {@code pure + order * rho}
 * exceeds the room are (limit, share)-DP, for the share of delta that the line was made with.
 * Source: at a fixed order the divergence of a pure release is at most its epsilon and that of a
 * concentrated one order * rho; their sum is a filter [FeldmanZrnic21, section 4]; converted as in
 * {@link Zcdp}. Immutable and thread-safe.
 *
 * @param order above 1
 * @param room what is left of the limit once the order is converted; negative where nothing is
 */
record RenyiLine(BigDecimal order, BigDecimal room) {

  /** Each order is so much further from 1 than the one before: rooms differ by 2 % at most. */
  private static final double RATIO = Math.sqrt(2);

  /** The last order is 2900 times further from 1 than the first; below its rho all are alike. */
  private static final int LINES = 24;

  /**
   * Lines any of which may be kept to, since their shares add up to no more than delta. The first
   * is for the most rho that there can be, the last for hardly any. Shares fall with the order: the
   * further it is from 1, the less the logarithm of a share costs.
   */
  static List<RenyiLine> within(Epsilon limit, Delta delta) {
    List<RenyiLine> lines = new ArrayList<>();
    double excess = bestOrder(limit, delta) - 1;
    for (int i = 0; i < LINES; i++) {
      at(1 + excess * Math.pow(RATIO, i), limit, delta.share((i + 1L) * (i + 2L)))
          .ifPresent(lines::add);
    }
    return lines;
  }

  /** The line with room for the most rho when nothing else is spent; empty without a delta. */
  static Optional<RenyiLine> best(Epsilon limit, Delta delta) {
    return at(bestOrder(limit, delta), limit, delta);
  }

  private static Optional<RenyiLine> at(double order, Epsilon limit, Delta share) {
    if (share.isZero()) {
      return Optional.empty();
    }
    double price = Math.max(0, Zcdp.price(order, share.lower()));
    BigDecimal upwards = Epsilon.atLeast(price).value();
    return Optional.of(new RenyiLine(new BigDecimal(order), limit.value().subtract(upwards)));
  }

  /** Any order is sound, so the search need not be exact. */
  private static double bestOrder(Epsilon limit, Delta delta) {
    double share = Math.max(delta.lower(), Double.MIN_NORMAL);
    return Zcdp.search(
        -6,
        60,
        logExcess -> {
          double order = 1 + Math.exp(logExcess);
          return (Zcdp.price(order, share) - limit.lower()) / order;
        });
  }

  /** The largest epsilon that could be added to what was spent; negative when it is too much. */
  BigDecimal left(Composition spent) {
    return room.subtract(spent.pure().value()).subtract(order.multiply(spent.rho().value()));
  }

  /** The largest sum of rhos when no epsilon is spent, rounded down. */
  BigDecimal mostRho() {
    return room.signum() <= 0 ? BigDecimal.ZERO : room.divide(order, 60, RoundingMode.FLOOR);
  }
}
