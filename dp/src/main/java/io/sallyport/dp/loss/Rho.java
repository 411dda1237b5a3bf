package io.sallyport.dp.loss;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Rho of zero-concentrated differential privacy [BunSteinke16, Definition 1.1].
 *
 * <p>Exact: sums never round. A value holds at most 60 decimals and at most 10^9. Immutable and
 * thread-safe.
 *
 * @param value the parameter, >= 0
 */
public record Rho(BigDecimal value) implements Comparable<Rho>, Serializable {
  /** Nothing spent. */
  public static final Rho ZERO = new Rho(BigDecimal.ZERO);

  /** Checks the range; throws {@link IllegalArgumentException} outside it. */
  public Rho {
    value = Budgets.checked("rho", value);
  }

  /** Reads a decimal such as {@code "0.1"} exactly. */
  public static Rho of(String decimal) {
    return new Rho(new BigDecimal(decimal));
  }

  /** The charge for a computed loss: the double rounded up to 60 decimals. */
  public static Rho atLeast(double computed) {
    return new Rho(Budgets.rounded("rho", computed, RoundingMode.CEILING));
  }

  /** The grant for a computed allowance: the double rounded down to 60 decimals. */
  public static Rho atMost(double computed) {
    return new Rho(Budgets.rounded("rho", computed, RoundingMode.FLOOR));
  }

  /** The exact sum of two losses. */
  public Rho plus(Rho other) {
    return new Rho(value.add(other.value));
  }

  /** The exact loss of {@code count} equal releases. */
  public Rho times(long count) {
    return new Rho(value.multiply(BigDecimal.valueOf(count)));
  }

  /** One of {@code parts} equal shares, rounded down: the shares never add up to more than this. */
  public Rho share(long parts) {
    return new Rho(Budgets.share(value, parts));
  }

  /** The largest double not above the value: for calibrating noise. */
  public double lower() {
    return Budgets.below(value);
  }

  /** The smallest double not below the value: for computing charges. */
  public double upper() {
    return Budgets.above(value);
  }

  /** True if nothing may be spent. */
  public boolean isZero() {
    return value.signum() == 0;
  }

  @Override
  public int compareTo(Rho other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toPlainString();
  }
}
