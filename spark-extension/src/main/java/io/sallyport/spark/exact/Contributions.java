package io.sallyport.spark.exact;

import io.sallyport.policy.rule.Dominance;
import java.util.Comparator;
import java.util.List;

/**
 * What the people of a cell contribute to one sum.
 *
 * @param total of all of them
 * @param largest the largest contributions of single people, in any order
 * @param negative how many people contribute less than nothing
 */
record Contributions(double total, List<Double> largest, long negative) {

  Contributions {
    largest = largest.stream().sorted(Comparator.reverseOrder()).toList();
  }

  /** Whether nobody dominates; never with negative contributions, for which that is undefined. */
  boolean isSafe(List<Dominance> rules) {
    return rules.isEmpty()
        || (negative == 0 && rules.stream().allMatch(rule -> rule.isSafe(total, largest)));
  }
}
