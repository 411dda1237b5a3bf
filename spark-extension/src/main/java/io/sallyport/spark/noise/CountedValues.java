package io.sallyport.spark.noise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What was counted by group and value, exactly.
 *
 * @param counts for each of the point's values and each group, its number for each value; what has
 *     no values, one number under 0
 */
record CountedValues(List<Map<InternalRow, Map<Long, Long>>> counts) {

  /**
   * Reads what the {@link ValueQuery} of each of the point's values gave.
   *
   * @param rows in the order of the point's values
   */
  static CountedValues of(NoisyPoint point, List<List<InternalRow>> rows) {
    List<Map<InternalRow, Map<Long, Long>>> counts = new ArrayList<>();
    for (int i = 0; i < point.values().size(); i++) {
      Map<InternalRow, Map<Long, Long>> groups = new HashMap<>();
      int next = point.keys().size();
      int last = point.values().get(i).isOncePerPerson() ? next : next + 1;
      for (InternalRow row : rows.get(i)) {
        long value = last == next ? 0 : row.getLong(next);
        groups
            .computeIfAbsent(point.key(row), key -> new HashMap<>())
            .merge(value, row.getLong(last), Math::addExact);
      }
      counts.add(groups);
    }
    return new CountedValues(counts);
  }

  /** The counts of one group, which may be of nobody. */
  List<Map<Long, Long>> of(InternalRow key) {
    return counts.stream().map(groups -> groups.getOrDefault(key, Map.of())).toList();
  }
}
