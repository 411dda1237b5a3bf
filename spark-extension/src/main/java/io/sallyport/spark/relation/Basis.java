package io.sallyport.spark.relation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A basis of some vectors, in reduced echelon form. */
final class Basis {

  private static final long SEED = 20_261_130L;

  private final int length;
  private final List<long[]> rows = new ArrayList<>();
  private final List<Integer> pivots = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final long[] orthogonal;

  Basis(int length) {
    this.length = length;
    this.orthogonal = new long[length];
    newOrthogonal();
  }

  int size() {
    return rows.size();
  }

  /**
   * Whether a vector lies in the span: by a random vector that is orthogonal to all that do, so
   * wrongly said to once in two thousand million times.
   */
  boolean spans(long[] vector) {
    if (rows.size() == length) {
      return true;
    }
    long product = 0;
    for (int i = 0; i < length; i++) {
      if (vector[i] != 0) {
        product = Modulo.plusTimes(product, vector[i], orthogonal[i]);
      }
    }
    return product == 0;
  }

  /** Adds a vector; false when it lies in the span. */
  boolean add(long[] vector) {
    long[] rest = vector.clone();
    for (int i = 0; i < rows.size(); i++) {
      subtract(rest, rest[pivots.get(i)], rows.get(i));
    }
    int pivot = 0;
    while (pivot < length && rest[pivot] == 0) {
      pivot++;
    }
    if (pivot == length) {
      return false;
    }
    long inverse = Modulo.inverse(rest[pivot]);
    for (int i = pivot; i < length; i++) {
      rest[i] = Modulo.times(rest[i], inverse);
    }
    for (long[] row : rows) {
      subtract(row, row[pivot], rest);
    }
    rows.add(rest);
    pivots.add(pivot);
    newOrthogonal();
    return true;
  }

  private static void subtract(long[] from, long factor, long[] row) {
    if (factor != 0) {
      long minus = Modulo.minus(factor);
      for (int i = 0; i < row.length; i++) {
        from[i] = Modulo.plusTimes(from[i], minus, row[i]);
      }
    }
  }

  /** Chosen freely where no row has its pivot; then the others follow. */
  private void newOrthogonal() {
    for (int i = 0; i < length; i++) {
      orthogonal[i] = random.nextLong(Modulo.PRIME);
    }
    pivots.forEach(pivot -> orthogonal[pivot] = 0);
    for (int i = 0; i < rows.size(); i++) {
      long[] row = rows.get(i);
      long product = 0;
      for (int j = 0; j < length; j++) {
        if (j != pivots.get(i) && row[j] != 0) {
          product = Modulo.plusTimes(product, row[j], orthogonal[j]);
        }
      }
      orthogonal[pivots.get(i)] = Modulo.minus(product);
    }
  }
}
