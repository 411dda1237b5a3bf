package io.sallyport.spark.noise;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.noise.NoisyGroups.ExactGroup;
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
      ExactGroup group = ExactGroup.of(row, point, frames);
      List<BigInteger> vector = new ArrayList<>();
      vector.add(BigInteger.valueOf(group.units()));
      vector.addAll(group.steps());
      vectors.put(group.key(), vector);
    }
    return vectors;
  }
}
