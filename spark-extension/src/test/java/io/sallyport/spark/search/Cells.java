package io.sallyport.spark.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows of an answer by their keys: the columns whose names begin with k. */
final class Cells {

  private Cells() {}

  static List<Object> key(List<Object> values) {
    List<Object> key = new ArrayList<>();
    values.forEach(value -> key.add(String.valueOf(value)));
    return key;
  }

  /** Two rows with one key stay two. */
  static Map<List<Object>, List<Object>> of(List<String> columns, Collection<List<Object>> rows) {
    Map<List<Object>, List<Object>> cells = new HashMap<>();
    for (List<Object> row : rows) {
      List<Object> keys = new ArrayList<>();
      List<Object> numbers = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        (columns.get(i).startsWith("k") ? keys : numbers).add(row.get(i));
      }
      List<Object> key = key(keys);
      while (cells.containsKey(key)) {
        key.add("again");
      }
      cells.put(key, numbers);
    }
    return cells;
  }

  /** Of one type, and the same but for the last digits. */
  static boolean same(Object left, Object right) {
    if (left instanceof Number l && right instanceof Number r) {
      double a = l.doubleValue();
      double b = r.doubleValue();
      double tolerance = 1e-6 + 1e-9 * Math.max(Math.abs(a), Math.abs(b));
      boolean close = Double.compare(a, b) == 0 || Math.abs(a - b) <= tolerance;
      return close && l.getClass() == r.getClass();
    }
    return left == null ? right == null : left.equals(right);
  }

  /** Whether all rows are the same, but for the last digits. */
  static boolean same(Map<List<Object>, List<Object>> left, Map<List<Object>, List<Object>> right) {
    return left.keySet().equals(right.keySet())
        && left.entrySet().stream()
            .allMatch(
                row -> {
                  List<Object> other = right.get(row.getKey());
                  for (int i = 0; i < other.size(); i++) {
                    if (!same(row.getValue().get(i), other.get(i))) {
                      return false;
                    }
                  }
                  return true;
                });
  }
}
