package io.sallyport.spark.relation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Of two columns, the ratios that all but few people have who have a part in either. Every pair is
 * looked at, whatever other columns there are.
 */
final class CommonRatios {

  private final List<long[]> columns;
  private final List<long[]> inverses = new ArrayList<>();
  private final int few;

  /** A ratio, and how many people have another one. */
  record Ratio(long value, long others) {}

  /**
   * @param columns by people
   * @param few fewer people than that are few
   */
  CommonRatios(List<long[]> columns, int few) {
    this.columns = columns;
    this.few = few;
    for (long[] column : columns) {
      long[] inverse = new long[column.length];
      for (int p = 0; p < column.length; p++) {
        inverse[p] = column[p] == 0 ? 0 : Modulo.inverse(column[p]);
      }
      inverses.add(inverse);
    }
  }

  /** The ratios of one column to another that some, but few people do not have. */
  List<Ratio> of(int column, int other) {
    long[] ratios = ratios(column, other);
    Set<Long> candidates = new HashSet<>();
    if (ratios.length < 2L * few) {
      for (long ratio : ratios) {
        candidates.add(ratio);
      }
    } else {
      candidates.add(majority(ratios));
    }
    List<Ratio> common = new ArrayList<>();
    for (long candidate : candidates) {
      long others = 0;
      for (long ratio : ratios) {
        others += ratio == candidate ? 0 : 1;
      }
      // 0 and -1 are of one column alone
      if (candidate > 0 && others > 0 && others < few) {
        common.add(new Ratio(candidate, others));
      }
    }
    return common;
  }

  /** Of those in whom not both are zero; -1 where the other one is. */
  private long[] ratios(int column, int other) {
    long[] a = columns.get(column);
    long[] b = columns.get(other);
    long[] inverse = inverses.get(other);
    long[] ratios = new long[a.length];
    int size = 0;
    for (int p = 0; p < a.length; p++) {
      if (b[p] != 0) {
        ratios[size++] = Modulo.times(a[p], inverse[p]);
      } else if (a[p] != 0) {
        ratios[size++] = -1;
      }
    }
    return Arrays.copyOf(ratios, size);
  }

  /** What more than half of them are, if anything is (Boyer and Moore, 1981). */
  private static long majority(long[] ratios) {
    long candidate = 0;
    int lead = 0;
    for (long ratio : ratios) {
      if (lead == 0) {
        candidate = ratio;
      }
      lead += ratio == candidate ? 1 : -1;
    }
    return candidate;
  }
}
