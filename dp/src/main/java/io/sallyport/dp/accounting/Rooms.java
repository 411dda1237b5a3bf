package io.sallyport.dp.accounting;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.Rho;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a limit leaves room for, once delta is shared among the ways to convert rho.
 *
 * <p>Guarantee: a function of limit and delta alone; the shares of its parts add up to no more than
 * delta. Immutable and thread-safe. Kept once computed, since a limit is asked for with each charge
 * and there are as many limits as budgets.
 *
 * @param concentrated the most of rho, with epsilons as epsilon^2 / 2
 * @param lines the most of rho and epsilons together
 */
record Rooms(Rho concentrated, List<RenyiLine> lines) {

  /** One part of this many is for lines, the others for the concentrated sum. */
  private static final long PARTS = 8;

  private static final int MOST_KEPT = 1024;

  private static final Map<Limit, Rooms> KEPT = new ConcurrentHashMap<>();

  private record Limit(Epsilon epsilon, Delta delta) {}

  Rooms {
    lines = List.copyOf(lines);
  }

  static Rooms of(Epsilon limit, Delta delta) {
    if (KEPT.size() >= MOST_KEPT) {
      KEPT.clear();
    }
    return KEPT.computeIfAbsent(
        new Limit(limit, delta), asked -> computed(asked.epsilon(), asked.delta()));
  }

  private static Rooms computed(Epsilon limit, Delta delta) {
    Delta part = delta.share(PARTS);
    Rho most =
        new Rho(
            RenyiLine.best(limit, part.times(PARTS - 1))
                .map(RenyiLine::mostRho)
                .orElse(BigDecimal.ZERO));
    return new Rooms(most, RenyiLine.within(limit, part));
  }
}
