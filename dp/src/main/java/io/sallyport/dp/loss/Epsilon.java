package io.sallyport.dp.loss;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Epsilon of (epsilon, delta)-differential privacy, in nats.
 *
 * <p>Exact: sums never round. A value holds at most 60 decimals and at most 10^9. Immutable and
 * thread-safe.
 *
 * @param value the parameter, >= 0
 */
public record Epsilon(BigDecimal value) implements Comparable<Epsilon>, Serializable {
  /** Nothing spent. */
  public static final Epsilon ZERO = new Epsilon(BigDecimal.ZERO);

  /** Checks the range; throws {@link IllegalArgumentException} outside it. */
  public Epsilon {
    value = Budgets.checked("epsilon", value);
  }

  /** Reads a decimal such as {@code "0.1"} exactly. */
  public static Epsilon of(String decimal) {
    return new Epsilon(new BigDecimal(decimal));
  }

  /** The charge for a computed loss: the double rounded up to 60 decimals. */
  public static Epsilon atLeast(double computed) {
    return new Epsilon(Budgets.rounded("epsilon", computed, RoundingMode.CEILING));
  }

  /** The grant for a computed allowance: the double rounded down to 60 decimals. */
  public static Epsilon atMost(double computed) {
    return new Epsilon(Budgets.rounded("epsilon", computed, RoundingMode.FLOOR));
  }

  /** The exact sum of two losses. */
  public Epsilon plus(Epsilon other) {
    return new Epsilon(value.add(other.value));
  }

  /** The exact loss of {@code count} equal releases. */
  public Epsilon times(long count) {
    return new Epsilon(value.multiply(BigDecimal.valueOf(count)));
  }

  /** One of {@code parts} equal shares, rounded down: the shares never add up to more than this. */
  public Epsilon share(long parts) {
    return new Epsilon(Budgets.share(value, parts));
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
  public int compareTo(Epsilon other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toPlainString();
  }
}
