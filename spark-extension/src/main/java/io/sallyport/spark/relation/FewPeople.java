package io.sallyport.spark.relation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Looks for linear functions of people's vectors that are not zero for somebody, but for fewer
 * people than are enough: the words of low weight of a linear code. They are found as such words
 * are, by information sets (Prange, 1962): of a basis that consists of people, each dual function
 * is zero for all but one of them, and one of few people is soon among them. People are exchanged
 * one by one (Canteaut and Chabaud, 1998).
 *
 * <p>Of few people, some relation always holds for nearly all. A function of m positions counts
 * when it is zero for all but fewer than one in m of those who have a part in it: then it is no
 * accident that it is.
 */
public final class FewPeople {

  private static final long SEED = 7_919L;

  /** About so many multiplications are spent on one search. */
  private static final long MOST_STEPS = 200_000_000L;

  /** So often each of a basis is exchanged, at most and at least. */
  private static final long MOST_ROUNDS = 200;

  private static final long LEAST_ROUNDS = 3;

  /** Up to so many positions every two are looked at by themselves. */
  private static final int MOST_IN_PAIRS = 40;

  private static final int OTHER_ORDERS = 4;

  private final VectorSketch sketch;
  private final List<long[]> vectors;
  private final BitSet always;
  private final BitSet found = new BitSet();

  private FewPeople(VectorSketch sketch, BitSet always) {
    this.sketch = sketch;
    this.vectors = sketch.vectors();
    this.always = always;
  }

  /**
   * The positions of the functions that were found; empty where there is none.
   *
   * @param always functions of these positions alone count whatever they are
   */
  public static BitSet positions(VectorSketch sketch, BitSet always) {
    FewPeople search = new FewPeople(sketch, always);
    if (!sketch.isProved()) {
      BitSet all = new BitSet();
      all.set(0, sketch.length());
      search.among(all);
      search.amongOthers(all);
      search.among(always);
      search.amongPairs();
    }
    return search.found;
  }

  /**
   * The same of sums of positions too: that somebody's parts add up to something else than others'
   * is known beforehand, however many numbers they are spread over.
   *
   * @param into for each position the sum that it is a part of, counted from 0
   */
  public static BitSet positions(VectorSketch sketch, BitSet always, int[] into) {
    BitSet found = positions(sketch, always);
    int size = Arrays.stream(into).max().orElse(-1) + 1;
    if (size == sketch.length()) {
      return found;
    }
    BitSet counts = new BitSet();
    counts.set(0, size);
    for (int i = 0; i < into.length; i++) {
      if (!always.get(i)) {
        counts.clear(into[i]);
      }
    }
    BitSet sums = positions(sketch.summed(into, size), counts);
    for (int i = 0; i < into.length; i++) {
      if (sums.get(into[i])) {
        found.set(i);
      }
    }
    return found;
  }

  /** A smaller function may be hidden by others of few people that are accidents. */
  private void amongPairs() {
    BitSet all = new BitSet();
    all.set(0, sketch.length());
    long mayBeAccidents = (long) sketch.least() * sketch.rank();
    if (sketch.length() > MOST_IN_PAIRS || sketch.peopleIn(all) > mayBeAccidents) {
      return;
    }
    for (int i = 0; i < sketch.length(); i++) {
      for (int j = i + 1; j < sketch.length(); j++) {
        BitSet pair = new BitSet();
        pair.set(i);
        pair.set(j);
        among(pair);
      }
    }
  }

  /** Of more numbers than there are dimensions, others are looked at than the first ones. */
  private void amongOthers(BitSet all) {
    if (sketch.rank() == sketch.length()) {
      return;
    }
    SplittableRandom random = new SplittableRandom(SEED);
    int[] order = all.stream().toArray();
    for (int round = 0; round < OTHER_ORDERS; round++) {
      for (int i = order.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
      }
      among(order);
    }
  }

  private void among(BitSet positions) {
    among(positions.stream().toArray());
  }

  private void among(int[] positions) {
    int[] columns = independent(positions);
    if (columns.length == 0) {
      return;
    }
    Search search = new Search(columns);
    search.start();
    long step = (long) (vectors.size() + columns.length) * columns.length;
    long affordable = MOST_STEPS / step / columns.length;
    long rounds = Math.max(LEAST_ROUNDS, Math.min(MOST_ROUNDS, affordable));
    for (long i = 0; i < rounds * columns.length; i++) {
      search.exchange((int) (i % columns.length));
    }
  }

  /**
   * Positions of which no function is zero for everybody, as many as there are; first ones first.
   */
  private int[] independent(int[] positions) {
    Basis basis = new Basis(vectors.size());
    List<Integer> columns = new ArrayList<>();
    for (int position : positions) {
      long[] column = new long[vectors.size()];
      for (int i = 0; i < column.length; i++) {
        column[i] = vectors.get(i)[position];
      }
      if (basis.add(column)) {
        columns.add(position);
      }
    }
    return columns.stream().mapToInt(Integer::intValue).toArray();
  }

  /** A basis of people, and the dual functions. */
  private final class Search {
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final int[] columns;

    /** For each function its values for people, then its coefficients. */
    private final long[][] functions;

    /** Who is in the basis, by function; and who is at all. */
    private final int[] members;

    private final BitSet taken = new BitSet();

    Search(int[] columns) {
      this.columns = columns;
      int people = vectors.size();
      this.members = new int[columns.length];
      this.functions = new long[columns.length][people + columns.length];
      for (int i = 0; i < columns.length; i++) {
        for (int p = 0; p < people; p++) {
          functions[i][p] = vectors.get(p)[columns[i]];
        }
        functions[i][people + i] = 1;
        members[i] = -1;
      }
    }

    void start() {
      for (int i = 0; i < columns.length; i++) {
        judge(i);
      }
      for (int i = 0; i < columns.length; i++) {
        exchange(i);
      }
    }

    /** Takes somebody else in the place of one of the basis, if anybody can be. */
    void exchange(int function) {
      int people = vectors.size();
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
          judge(i);
        }
      }
    }

    private static void subtract(long[] from, long factor, long[] pivot) {
      long minus = Modulo.minus(factor);
      for (int i = 0; i < pivot.length; i++) {
        from[i] = Modulo.plusTimes(from[i], minus, pivot[i]);
      }
    }

    private void judge(int function) {
      int people = vectors.size();
      long told = 0;
      for (int p = 0; p < people; p++) {
        told += functions[function][p] == 0 ? 0 : 1;
      }
      if (told == 0 || told >= sketch.least()) {
        return;
      }
      BitSet used = new BitSet();
      for (int i = 0; i < columns.length; i++) {
        if (functions[function][people + i] != 0) {
          used.set(columns[i]);
        }
      }
      BitSet others = (BitSet) used.clone();
      others.andNot(always);
      if (others.isEmpty() || used.cardinality() * told < sketch.peopleIn(used)) {
        found.or(used);
      }
    }
  }
}
