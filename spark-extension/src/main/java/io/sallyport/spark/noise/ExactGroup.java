package io.sallyport.spark.noise;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;

/**
 * One group as counted.
 *
 * @param key its keys, as a row that compares by value
 * @param units how many persons
 * @param unitsOf how many of each frame
 * @param steps each statistic, exactly
 */
record ExactGroup(InternalRow key, long units, List<Long> unitsOf, List<BigInteger> steps) {

  /** Reads what {@link BoundedQuery} counted of persons in so many frames. */
  static ExactGroup of(InternalRow row, Layout layout, int frames) {
    int width = layout.keys().size();
    List<Long> unitsOf = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      unitsOf.add(row.isNullAt(width + 1 + i) ? 0L : row.getLong(width + 1 + i));
    }
    List<BigInteger> steps = new ArrayList<>();
    int first = width + 1 + frames;
    for (int i = 0; i < layout.statistics().size(); i++) {
      // A global aggregate over nobody has NULL sums.
      boolean nobody = row.isNullAt(first + 2 * i + 1);
      steps.add(
          nobody
              ? BigInteger.ZERO
              : Split.join(row.getLong(first + 2 * i), row.getLong(first + 2 * i + 1)));
    }
    return new ExactGroup(layout.key(row), row.getLong(width), unitsOf, steps);
  }

  static ExactGroup nobody(Layout layout, int frames) {
    return new ExactGroup(
        new GenericInternalRow(new Object[0]),
        0,
        Collections.nCopies(frames, 0L),
        layout.statistics().stream().map(s -> BigInteger.ZERO).toList());
  }

  ExactGroup at(InternalRow otherKey) {
    return new ExactGroup(otherKey, units, unitsOf, steps);
  }
}
