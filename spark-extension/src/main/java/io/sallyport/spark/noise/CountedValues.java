package io.sallyport.spark.noise;

import io.sallyport.dp.sampling.EntropySource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What was counted by group and value, exactly.
 *
 * @param counts for each of the point's values and each group, its number for each value; what has
 *     no values, one number under 0
 */
record CountedValues(
    NoisyPoint point, Calibration calibration, List<Map<InternalRow, Map<Long, Long>>> counts) {

  /**
   * Reads what the {@link ValueQuery} of each of the point's values gave.
   *
   * @param rows in the order of the point's values
   */
  static CountedValues of(NoisyPoint point, Calibration calibration, List<List<InternalRow>> rows) {
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
    return new CountedValues(point, calibration, counts);
  }

  /** Draws the noise of one group; a group of nobody has noise too. */
  List<DoubleUnaryOperator> noisy(InternalRow key, EntropySource entropy) {
    List<DoubleUnaryOperator> noisy = new ArrayList<>();
    for (int i = 0; i < point.values().size(); i++) {
      Values values = point.values().get(i);
      Map<Long, Long> own = counts.get(i).getOrDefault(key, Map.of());
      noisy.add(values.noisy(own, calibration.noise().get(point.ordinal(values)), entropy));
    }
    return noisy;
  }
}
