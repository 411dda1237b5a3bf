package io.sallyport.dp.accuracy;

import io.sallyport.dp.Require;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.Rho;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/**
 * The inverse question: which budget grants a wished-for error?
 *
 * <p>Assumes that more budget never means more error, as for all mechanisms here. Answers have four
 * digits and are rounded up, so they do grant the wish. Stateless and thread-safe.
 */
public final class BudgetSearch {
  private static final double LEAST = 1e-6;
  private static final double MOST = 100;
  private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.UP);

  private BudgetSearch() {}

  /** The smallest epsilon up to 100 with a half-width of at most {@code wish}; empty if none. */
  public static Optional<Epsilon> epsilon(double wish, Function<Epsilon, Accuracy> accuracy) {
    return search(wish, e -> accuracy.apply(new Epsilon(rounded(e))).halfWidth95())
        .map(Epsilon::new);
  }

  /** The smallest rho up to 100 with a half-width of at most {@code wish}; empty if none. */
  public static Optional<Rho> rho(double wish, Function<Rho, Accuracy> accuracy) {
    return search(wish, r -> accuracy.apply(new Rho(rounded(r))).halfWidth95()).map(Rho::new);
  }

  private static Optional<BigDecimal> search(double wish, DoubleUnaryOperator halfWidth) {
    Require.positive("wished-for half-width", wish);
    if (halfWidth.applyAsDouble(MOST) > wish) {
      return Optional.empty();
    }
    double low = Math.log(LEAST);
    double high = Math.log(MOST);
    for (int i = 0; i < 40; i++) {
      double middle = (low + high) / 2;
      if (halfWidth.applyAsDouble(Math.exp(middle)) <= wish) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return Optional.of(rounded(Math.min(MOST, Math.exp(high))));
  }

  private static BigDecimal rounded(double budget) {
    return new BigDecimal(budget).round(FOUR_DIGITS);
  }
}
