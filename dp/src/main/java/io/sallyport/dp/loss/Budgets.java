package io.sallyport.dp.loss;

import io.sallyport.dp.Require;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The decimal arithmetic that epsilon, delta and rho share: bounded digits, directed rounding. */
final class Budgets {
  /**
   * Decimals kept. More digits in a budget are a mistake or an attack on the ledger's arithmetic.
   */
  static final int DECIMALS = 60;

  private static final BigDecimal LARGEST = BigDecimal.TEN.pow(9);

  private Budgets() {}

  static BigDecimal checked(String name, BigDecimal value) {
    Require.that(value.signum() >= 0, name + " must be >= 0", value);
    Require.that(value.compareTo(LARGEST) <= 0, name + " must be <= 10^9", value);
    BigDecimal stripped = value.stripTrailingZeros();
    Require.that(stripped.scale() <= DECIMALS, name + " must have at most 60 decimals", value);
    return stripped;
  }

  static BigDecimal rounded(String name, double value, RoundingMode mode) {
    Require.finite(name, value);
    return new BigDecimal(value).setScale(DECIMALS, mode);
  }

  static BigDecimal share(BigDecimal value, long parts) {
    Require.between("parts", parts, 1, Long.MAX_VALUE);
    return value.divide(BigDecimal.valueOf(parts), DECIMALS, RoundingMode.DOWN);
  }

  /** The largest double that is not above {@code value}. */
  static double below(BigDecimal value) {
    double near = value.doubleValue();
    return new BigDecimal(near).compareTo(value) > 0 ? Math.nextDown(near) : near;
  }

  /** The smallest double that is not below {@code value}. */
  static double above(BigDecimal value) {
    double near = value.doubleValue();
    return new BigDecimal(near).compareTo(value) < 0 ? Math.nextUp(near) : near;
  }
}
