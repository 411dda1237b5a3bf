package io.sallyport.spark.relation;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * A basis that consists of people, and linear functions of columns that are each zero for all but
 * one of these. People are exchanged one by one (Canteaut and Chabaud, 1998).
 */
final class DualFunctions {

  private static final long SEED = 7_919L;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final int people;

  /** For each function its values for people, then its coefficients. */
  private final long[][] functions;

  /** Who is in the basis, by function; and who is at all. */
  private final int[] members;

  private final BitSet taken = new BitSet();

  /** Called with each function that has changed. */
  private final IntConsumer changed;

  /**
   * @param columns by people, independent
   */
  DualFunctions(List<long[]> columns, IntConsumer changed) {
    this.changed = changed;
    this.people = columns.get(0).length;
    this.members = new int[columns.size()];
    this.functions = new long[columns.size()][people + columns.size()];
    for (int i = 0; i < columns.size(); i++) {
      System.arraycopy(columns.get(i), 0, functions[i], 0, people);
      functions[i][people + i] = 1;
      members[i] = -1;
    }
  }

  int size() {
    return functions.length;
  }

  /** For how many of the people a function is not zero. */
  long told(int function) {
    long told = 0;
    for (int p = 0; p < people; p++) {
      told += functions[function][p] == 0 ? 0 : 1;
    }
    return told;
  }

  long coefficient(int function, int column) {
    return functions[function][people + column];
  }

  /** Takes somebody else in the place of one of the basis, if anybody can be. */
  void exchange(int function) {
    int from = random.nextInt(people);
    for (int i = 0; i < people; i++) {
      int person = (from + i) % people;
      if (functions[function][person] != 0 && !taken.get(person)) {
        take(function, person);
        return;
      }
    }
  }

  private void take(int function, int person) {
    if (members[function] >= 0) {
      taken.clear(members[function]);
    }
    members[function] = person;
    taken.set(person);
    long[] pivot = functions[function];
    long inverse = Modulo.inverse(pivot[person]);
    for (int i = 0; i < pivot.length; i++) {
      pivot[i] = Modulo.times(pivot[i], inverse);
    }
    for (int i = 0; i < functions.length; i++) {
      long factor = functions[i][person];
      if (i != function && factor != 0) {
        subtract(functions[i], factor, pivot);
        changed.accept(i);
      }
    }
  }

  private static void subtract(long[] from, long factor, long[] pivot) {
    long minus = Modulo.minus(factor);
    for (int i = 0; i < pivot.length; i++) {
      from[i] = Modulo.plusTimes(from[i], minus, pivot[i]);
    }
  }
}
