package io.sallyport.spark.admission;

import java.util.Set;

/**
 * How often Spark writes out an operand of a function in the longer form that the function stands
 * for: {@code nullifzero(x)} is {@code IF(x = 0, NULL, x)}. In each other, sixty times, these would
 * be two to the sixty parts, and Spark writes them out while it analyses.
 */
final class RepeatedOperands {

  private static final Set<String> TWICE =
      Set.of(
          "between",
          "count_if",
          "nullif",
          "nullifzero",
          "regexp_substr",
          "regr_avgx",
          "regr_avgy",
          "regr_sxx",
          "regr_syy",
          "right");

  private RepeatedOperands() {}

  /**
   * How often an operand is written out, at least once.
   *
   * @param function its name in lower case
   * @param place of the operand
   * @param operands that the function has
   */
  static int copies(String function, int place, int operands) {
    if (function.equals("decode")) {
      return place == 0 ? Math.max(1, operands - 1) : 2;
    }
    return TWICE.contains(function) ? 2 : 1;
  }
}
