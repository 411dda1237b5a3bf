package io.sallyport.spark.noise;

import io.sallyport.dp.sensitivity.Sensitivity;
import io.sallyport.policy.frame.FrameName;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;

/** Lets tests read what the chamber counted. */
public final class NoiseReading {

  private NoiseReading() {}

  /** For each group its units, then its statistics. */
  public static Map<InternalRow, List<BigInteger>> vectors(
      List<InternalRow> rows, NoisyPoint point, List<FrameName> frames) {
    Map<InternalRow, List<BigInteger>> vectors = new HashMap<>();
    for (InternalRow row : rows) {
      ExactGroup group = ExactGroup.of(row, point.layout(), frames.size());
      List<BigInteger> vector = new ArrayList<>();
      vector.add(BigInteger.valueOf(group.units()));
      vector.addAll(group.steps());
      vectors.put(group.key(), vector);
    }
    return vectors;
  }

  /** For each group and number that gets noise, what was counted by value. */
  public static Map<List<Object>, BigInteger> numbers(
      List<InternalRow> rows, NoisyPoint point, ValueQuery query) {
    Map<List<Object>, BigInteger> numbers = new HashMap<>();
    int next = point.keys().size();
    for (InternalRow row : rows) {
      InternalRow key = point.key(row);
      if (query.values() instanceof Ranks ranks) {
        BigInteger count = BigInteger.valueOf(row.getLong(next + 1));
        for (int level = 1; level <= ranks.height(); level++) {
          long node = row.getLong(next) >> (4 * (ranks.height() - level));
          numbers.merge(List.of(key, level, node), count, BigInteger::add);
        }
      } else if (query.values() instanceof Bins) {
        BigInteger count = BigInteger.valueOf(row.getLong(next + 1));
        numbers.put(List.of(key, row.getLong(next)), count);
      } else {
        numbers.put(List.of(key), BigInteger.valueOf(row.getLong(next)));
      }
    }
    return numbers;
  }

  /** What one person may move of them. */
  public static Sensitivity declared(Calibration calibration, ValueQuery query) {
    return calibration.noise().get(query.point().ordinal(query.values())).sensitivity();
  }
}
