package io.sallyport.policy.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The aggregate functions that an owner can name, in families that disclose alike. */
public enum AggregateFamily {
  /** Numbers of rows, of values and of people. */
  COUNT(0),
  SUM(0),
  AVG(0),
  /** The standard deviation, of the sample or the population. */
  STDDEV(1),
  /** The variance, of the sample or the population. */
  VARIANCE(1),
  /** The covariance, of the sample or the population. */
  COVAR(2),
  CORR(2),
  /** Every statistic of a linear regression of one column on another. */
  REGR(2),
  /**
   * Any of these of a product of columns, such as the sum of price times discount. It weighs people
   * by two columns, so it is released only where an owner names it.
   */
  PRODUCT(0),
  /**
   * Medians and other percentiles: what people have at a place in the order of a column. They are
   * released only where an owner says {@code quantiles = true}, of enough people on both sides.
   */
  QUANTILE(0);

  private static final List<AggregateFamily> USUAL =
      Arrays.stream(values()).filter(family -> family != PRODUCT && family != QUANTILE).toList();

  private final int parameters;

  AggregateFamily(int parameters) {
    this.parameters = parameters;
  }

  /**
   * How many parameters are estimated from the values: so many less than the people are the degrees
   * of freedom. 0 for functions to which degrees of freedom do not apply.
   */
  public int parameters() {
    return parameters;
  }

  /** What a rule releases that names no functions: all but the last two. */
  public static List<AggregateFamily> usual() {
    return USUAL;
  }

  /** What analysts are told that it is. */
  public String words() {
    return switch (this) {
      case PRODUCT -> "products of columns";
      case QUANTILE -> "medians and percentiles (quantiles = true)";
      default -> text();
    };
  }

  /** The name as it is written in a rule. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The family of that name; empty when there is none. Names are written in lower case. */
  public static Optional<AggregateFamily> of(String text) {
    return Arrays.stream(values()).filter(family -> family.text().equals(text)).findFirst();
  }
}
