package io.sallyport.dp.loss;

import io.sallyport.dp.Require;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Delta of (epsilon, delta)-differential privacy: a probability.
 *
 * <p>Exact: sums never round. A value holds at most 60 decimals and at most 10^9. Immutable and
 * thread-safe.
 *
 * @param value the parameter, >= 0 and < 1
 */
public record Delta(BigDecimal value) implements Comparable<Delta>, Serializable {
  /** Nothing spent. */
  public static final Delta ZERO = new Delta(BigDecimal.ZERO);

  /** Checks the range; throws {@link IllegalArgumentException} outside it. */
  public Delta {
    value = Budgets.checked("delta", value);
    Require.that(value.compareTo(BigDecimal.ONE) < 0, "delta must be < 1", value);
  }

  /** Reads a decimal such as {@code "0.1"} exactly. */
  public static Delta of(String decimal) {
    return new Delta(new BigDecimal(decimal));
  }

  /** The charge for a computed loss: the double rounded up to 60 decimals. */
  public static Delta atLeast(double computed) {
    return new Delta(Budgets.rounded("delta", computed, RoundingMode.CEILING));
  }

  /** The grant for a computed allowance: the double rounded down to 60 decimals. */
  public static Delta atMost(double computed) {
    return new Delta(Budgets.rounded("delta", computed, RoundingMode.FLOOR));
  }

  /** The exact sum of two losses. */
  public Delta plus(Delta other) {
    return new Delta(value.add(other.value));
  }

  /** The exact loss of {@code count} equal releases. */
  public Delta times(long count) {
    return new Delta(value.multiply(BigDecimal.valueOf(count)));
  }

  /** One of {@code parts} equal shares, rounded down: the shares never add up to more than this. */
  public Delta share(long parts) {
    return new Delta(Budgets.share(value, parts));
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
  public int compareTo(Delta other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toPlainString();
  }
}
