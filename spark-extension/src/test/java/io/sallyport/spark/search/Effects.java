package io.sallyport.spark.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of each sum of a point when something is left out: a person, or a single row.
 *
 * @param sums the sums as they are, by key
 * @param changes for each thing that is left out, the differences by key
 */
record Effects(Map<List<Object>, double[]> sums, List<Change> changes) {

  /** The person who, or one row of whom, is left out. */
  record Change(long person, Map<List<Object>, double[]> differences) {}

  static Effects ofPeople(PlainSpark.Prepared prepared, Point point, List<Long> people) {
    Map<List<Object>, double[]> whole = byKey(prepared.whole(), point);
    List<Change> changes = new ArrayList<>();
    for (long person : people) {
      changes.add(change(person, whole, byKey(prepared.without(person), point)));
    }
    return new Effects(whole, changes);
  }

  static Effects ofRows(PlainSpark.Prepared prepared, Point point, Table table) {
    Map<List<Object>, double[]> whole = byKey(prepared.whole(), point);
    List<Change> changes = new ArrayList<>();
    for (Object[] out : table.rows()) {
      List<Object[]> rows = new ArrayList<>(table.rows());
      rows.removeIf(row -> row == out);
      List<List<Object>> without = prepared.changed(Map.of(point.byRows(), rows));
      changes.add(change(Table.person(out), whole, byKey(without, point)));
    }
    return new Effects(whole, changes);
  }

  private static Change change(
      long person, Map<List<Object>, double[]> whole, Map<List<Object>, double[]> without) {
    Map<List<Object>, double[]> differences = new HashMap<>();
    whole.forEach(
        (key, sums) -> {
          double[] there = without.getOrDefault(key, new double[sums.length]);
          double[] by = new double[sums.length];
          for (int i = 0; i < by.length; i++) {
            by[i] = sums[i] - there[i];
          }
          differences.put(key, by);
        });
    return new Change(person, differences);
  }

  private static Map<List<Object>, double[]> byKey(List<List<Object>> rows, Point point) {
    Map<List<Object>, double[]> sums = new HashMap<>();
    for (List<Object> row : rows) {
      double[] numbers = new double[point.linear().size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = number(row.get(point.keys() + i));
      }
      sums.put(Cells.key(row.subList(0, point.keys())), numbers);
    }
    return sums;
  }

  private static double number(Object value) {
    return value instanceof Number n
        ? n.doubleValue()
        : value instanceof Boolean b ? (b ? 1 : 0) : 0;
  }
}
