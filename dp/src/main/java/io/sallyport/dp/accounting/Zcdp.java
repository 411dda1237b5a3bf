package io.sallyport.dp.accounting;

import io.sallyport.dp.Require;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.Rho;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.DoubleUnaryOperator;

/**
 * Conversions between zero-concentrated and (epsilon, delta)-differential privacy.
 *
 * <p>rho-zCDP implies (epsilon, delta)-DP for epsilon = a rho + ln(1/(a delta))/(a - 1) + ln(1 -
 * 1/a) and every order a &gt; 1 [CKS20, Proposition 12 through Corollary 13]. Any order gives a
 * true statement, so the search for the best one need not be exact; the result is padded upwards by
 * one part in 10^12 for the errors of the logarithms. Stateless and thread-safe.
 */
public final class Zcdp {
  private static final double PAD = 1e-12;
  private static final int STEPS = 120;

  private Zcdp() {}

  /** The smallest epsilon found for which {@code rho}-zCDP implies (epsilon, delta)-DP. */
  public static Epsilon epsilon(Rho rho, Delta delta) {
    if (rho.isZero()) {
      return Epsilon.ZERO;
    }
    Require.that(!delta.isZero(), "delta must be > 0 to convert rho to epsilon", delta);
    return Epsilon.atLeast(bestEpsilon(rho.upper(), delta.lower()));
  }

  /** The largest rho found for which {@code rho}-zCDP implies (epsilon, delta)-DP. */
  public static Rho rho(Epsilon epsilon, Delta delta) {
    Require.that(!delta.isZero(), "delta must be > 0 to convert epsilon to rho", delta);
    double limit = epsilon.lower();
    double target = delta.lower();
    double low = 0;
    double high = Math.max(limit, 1e-300);
    while (bestEpsilon(high, target) <= limit) {
      high *= 2;
    }
    for (int i = 0; i < STEPS; i++) {
      double middle = (low + high) / 2;
      if (middle > 0 && bestEpsilon(middle, target) <= limit) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Rho.atMost(low);
  }

  /** epsilon-DP implies (epsilon^2 / 2)-zCDP [BunSteinke16, Proposition 1.4]; rounded up. */
  public static Rho ofPure(Epsilon epsilon) {
    BigDecimal half = epsilon.value().pow(2).divide(BigDecimal.valueOf(2));
    return new Rho(half.setScale(60, RoundingMode.CEILING));
  }

  /** The largest epsilon whose pure DP implies {@code rho}-zCDP, rounded down. */
  public static Epsilon pureWithin(Rho rho) {
    Epsilon near = Epsilon.atMost(Math.sqrt(2 * rho.lower()));
    while (ofPure(near).compareTo(rho) > 0) {
      near = Epsilon.atMost(Math.nextDown(near.lower()));
    }
    return near;
  }

  /** The order is looked for around the unrefined optimum. */
  private static double bestEpsilon(double rho, double delta) {
    double centre = Math.log(Math.sqrt(-Math.log(delta) / rho));
    double order = search(centre - 4, centre + 4, x -> at(1 + Math.exp(x), rho, delta));
    return Math.max(0, at(order, rho, delta));
  }

  /**
   * Golden-section search for the order of the least value.
   *
   * @param left logarithm of the first order minus 1
   * @param right likewise of the last
   * @param value of the logarithm of an order minus 1
   */
  static double search(double left, double right, DoubleUnaryOperator value) {
    double ratio = (Math.sqrt(5) - 1) / 2;
    double low = left;
    double high = right;
    for (int i = 0; i < 60; i++) {
      double a = high - ratio * (high - low);
      double b = low + ratio * (high - low);
      if (value.applyAsDouble(a) < value.applyAsDouble(b)) {
        high = b;
      } else {
        low = a;
      }
    }
    return 1 + Math.exp((low + high) / 2);
  }

  private static double at(double order, double rho, double delta) {
    double epsilon = order * rho + price(order, delta);
    return epsilon + PAD * (1 + Math.abs(epsilon) + order * rho);
  }

  /**
   * What must be added to a divergence of this order to get the epsilon of (epsilon, delta)-DP,
   * padded upwards; negative where the order alone is worth that much.
   */
  static double price(double order, double delta) {
    double excess = order - 1;
    double price = -(Math.log(delta) + Math.log(order)) / excess + Math.log(excess / order);
    return price + PAD * (1 + Math.abs(price) - Math.log(delta) / excess);
  }
}
