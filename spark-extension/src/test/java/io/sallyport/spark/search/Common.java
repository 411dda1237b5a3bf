package io.sallyport.spark.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values that people share most in a row of an answer, the most common first.
 *
 * @param people for each value, how many have it in all their rows
 */
record Common(List<Map.Entry<Double, Integer>> people, int all) {

  static Common of(Effects effects, List<Object> key, int sum, int count) {
    Map<Double, Integer> people = new HashMap<>();
    int all = 0;
    for (Effects.Change change : effects.changes()) {
      double[] by = change.differences().get(key);
      if (by[count] != 0) {
        people.merge(Math.round(by[sum] / by[count] * 1e6) / 1e6, 1, Integer::sum);
        all++;
      }
    }
    List<Map.Entry<Double, Integer>> sorted =
        people.entrySet().stream()
            .sorted(
                Map.Entry.<Double, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    return new Common(sorted, all);
  }

  double value(int rank) {
    return rank < people.size() ? people.get(rank).getKey() : people.get(0).getKey();
  }

  /** What part of the people has one of the first so many values. */
  double share(int values) {
    return people.stream().limit(values).mapToInt(Map.Entry::getValue).sum()
        / (double) Math.max(1, all);
  }
}
