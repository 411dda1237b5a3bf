package io.sallyport.policy.frame;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What an owner declares in public about a column. Nothing rests on its truth: a value outside the
 * bounds counts as the nearer bound, and a row with another value is in none of the groups, nor in
 * what is added up from them.
 *
 * @param lower the least value that counts as itself; with upper, or neither
 * @param upper the greatest
 * @param values all values that groups may have, as texts; empty when these are not public
 * @param complete whether every row has one of the values, so that groups add up to the whole
 */
public record ColumnDomain(
    OptionalDouble lower, OptionalDouble upper, List<String> values, boolean complete) {

  /**
   * @throws IllegalArgumentException when a bound is missing, infinite or not below the other, or
   *     no values are complete
   */
  public ColumnDomain {
    requireNonNull(lower, "lower");
    requireNonNull(upper, "upper");
    values = List.copyOf(values);
    if (complete && values.isEmpty()) {
      throw new IllegalArgumentException("There are no values that could be complete");
    }
    if (lower.isPresent() != upper.isPresent()) {
      throw new IllegalArgumentException("A column has both bounds or none");
    }
    if (lower.isPresent()
        && !(Double.isFinite(lower.getAsDouble())
            && Double.isFinite(upper.getAsDouble())
            && lower.getAsDouble() < upper.getAsDouble())) {
      throw new IllegalArgumentException("The lower bound must be below the upper one");
    }
  }
}
