package io.sallyport.examples.tpch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * How far noisy answers are from an exact one: of each number in a row whose keys both have, the
 * distance as a part of the exact number, where that is not 0.
 */
final class Errors {

  private final int keys;
  private final Map<List<Object>, Row> exact = new HashMap<>();
  private final List<Double> relative = new ArrayList<>();
  private final List<Integer> shown = new ArrayList<>();

  /**
   * @param keys how many columns say which group a row is of
   */
  Errors(int keys, List<Row> exact) {
    this.keys = keys;
    exact.forEach(row -> this.exact.put(key(row), row));
  }

  void add(List<Row> answer) {
    int found = 0;
    for (Row noisy : answer) {
      Row same = exact.get(key(noisy));
      if (same != null) {
        found++;
        compare(noisy, same);
      }
    }
    shown.add(found);
  }

  private void compare(Row noisy, Row same) {
    for (int i = keys; i < same.size(); i++) {
      if (same.get(i) instanceof Number exactly
          && exactly.doubleValue() != 0
          && noisy.get(i) instanceof Number about) {
        relative.add(Math.abs(about.doubleValue() / exactly.doubleValue() - 1));
      }
    }
  }

  private List<Object> key(Row row) {
    List<Object> key = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      key.add(row.get(i));
    }
    return key;
  }

  /** The median; NaN when nothing could be compared. */
  double median() {
    List<Double> sorted = relative.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }

  /** The groups that the exact answer has. */
  int groups() {
    return exact.size();
  }

  /** The part of them that the answer lacks, in the median; NaN when there are none. */
  double dropped() {
    int median = shown.stream().sorted().toList().get(shown.size() / 2);
    return exact.isEmpty() ? Double.NaN : 1 - (double) median / groups();
  }
}
