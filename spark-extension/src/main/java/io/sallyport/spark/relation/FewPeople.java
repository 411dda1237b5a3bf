package io.sallyport.spark.relation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Looks for linear functions of people's vectors that are not zero for somebody, but for fewer
 * people than are enough: the words of low weight of a linear code. They are found as such words
 * are, by information sets (Prange, 1962): of a basis that consists of people, each dual function
 * is zero for all but one of them, and one of few people is soon among them.
 *
 * <p>Functions of sums of positions that count or add up the same are looked for by themselves:
 * that somebody's parts add up to something else than others' is known beforehand, however many
 * numbers they are spread over.
 *
 * <p>Of few people, some relation always holds for nearly all. A function of m numbers counts when
 * it is zero for all but fewer than one in m of those who have a part in it ({@link Reach}): then
 * it is no accident that it is. A function of counts alone counts always.
 */
public final class FewPeople {

  private static final long SEED = 7_919L;

  /** About so many multiplications are spent on one search. */
  private static final long MOST_STEPS = 200_000_000L;

  /** So often each of a basis is exchanged, at most and at least. */
  private static final long MOST_ROUNDS = 200;

  private static final long LEAST_ROUNDS = 3;

  private static final int OTHER_ORDERS = 4;

  private final VectorSketch sketch;
  private final VectorShape shape;
  private final List<long[]> vectors;
  private final BitSet found = new BitSet();

  private FewPeople(VectorSketch sketch, VectorShape shape) {
    this.sketch = sketch;
    this.shape = shape;
    this.vectors = sketch.vectors();
  }

  /** The same where no positions belong together. */
  public static BitSet positions(VectorSketch sketch, VectorShape shape) {
    return positions(sketch, shape, List.of());
  }

  /**
   * The positions of the functions that were found; empty where there is none.
   *
   * @param blocks positions that are looked at by themselves too, beside all of them
   */
  public static BitSet positions(
      VectorSketch sketch, VectorShape shape, List<List<Integer>> blocks) {
    FewPeople search = new FewPeople(sketch, shape);
    if (!sketch.isProved()) {
      List<int[]> each = new ArrayList<>();
      Map<VectorShape.Position, List<Integer>> alike = new LinkedHashMap<>();
      for (int i = 0; i < shape.positions().size(); i++) {
        each.add(new int[] {i});
        alike.computeIfAbsent(shape.positions().get(i), position -> new ArrayList<>()).add(i);
      }
      search.amongAll(each);
      if (alike.size() < each.size()) {
        search.amongAll(sums(alike.values()));
      }
      blocks.forEach(block -> search.among(block.stream().map(each::get).toList()));
    }
    return search.found;
  }

  private static List<int[]> sums(Collection<List<Integer>> alike) {
    return alike.stream()
        .map(positions -> positions.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  /**
   * @param columns of positions that are added
   */
  private void amongAll(List<int[]> columns) {
    among(columns);
    amongOthers(columns);
    among(columns.stream().filter(this::counts).toList());
    amongPairs(columns);
  }

  private boolean counts(int[] column) {
    return shape.positions().get(column[0]).kind() != VectorShape.Kind.SUM;
  }

  /** A function of two may be hidden by others that are accidents. */
  private void amongPairs(List<int[]> columns) {
    CommonRatios ratios =
        new CommonRatios(columns.stream().map(this::values).toList(), sketch.least());
    for (int i = 0; i < columns.size(); i++) {
      for (int j = i + 1; j < columns.size(); j++) {
        for (CommonRatios.Ratio ratio : ratios.of(i, j)) {
          Function function = new Function();
          function.add(columns.get(i), 1);
          function.add(columns.get(j), Modulo.minus(ratio.value()));
          function.judge(ratio.others());
        }
      }
    }
  }

  /** What people add to a column. */
  private long[] values(int[] column) {
    long[] values = new long[vectors.size()];
    for (int person = 0; person < values.length; person++) {
      for (int position : column) {
        values[person] = Modulo.plusTimes(values[person], 1, vectors.get(person)[position]);
      }
    }
    return values;
  }

  /** Of more numbers than there are dimensions, others are looked at than the first ones. */
  private void amongOthers(List<int[]> columns) {
    if (sketch.rank() >= columns.size()) {
      return;
    }
    Random random = new Random(SEED);
    List<int[]> shuffled = new ArrayList<>(columns);
    for (int round = 0; round < OTHER_ORDERS; round++) {
      Collections.shuffle(shuffled, random);
      among(shuffled);
    }
  }

  private void among(List<int[]> columns) {
    List<int[]> independent = new ArrayList<>();
    List<long[]> values = independent(columns, independent);
    if (values.isEmpty()) {
      return;
    }
    Search search = new Search(independent, values);
    long step = (long) (vectors.size() + values.size()) * values.size();
    long affordable = MOST_STEPS / step / values.size();
    search.run(Math.max(LEAST_ROUNDS, Math.min(MOST_ROUNDS, affordable)));
  }

  /**
   * The values, by people, of columns of which no function is zero for everybody; as many as there
   * are, first ones first.
   *
   * @param independent where the columns go
   */
  private List<long[]> independent(List<int[]> columns, List<int[]> independent) {
    Basis basis = new Basis(vectors.size());
    List<long[]> values = new ArrayList<>();
    for (int[] column : columns) {
      long[] of = values(column);
      if (basis.add(of)) {
        independent.add(column);
        values.add(of);
      }
    }
    return values;
  }

  /** One walk from basis to basis. */
  private final class Search {
    private final List<int[]> columns;
    private final DualFunctions functions;

    Search(List<int[]> columns, List<long[]> values) {
      this.columns = columns;
      this.functions = new DualFunctions(values, this::judge);
    }

    void run(long rounds) {
      for (int i = 0; i < functions.size(); i++) {
        judge(i);
      }
      for (long i = 0; i < (rounds + 1) * functions.size(); i++) {
        functions.exchange((int) (i % functions.size()));
      }
    }

    private void judge(int function) {
      long told = functions.told(function);
      if (told == 0 || told >= sketch.least()) {
        return;
      }
      Function whole = new Function();
      for (int i = 0; i < columns.size(); i++) {
        whole.add(columns.get(i), functions.coefficient(function, i));
      }
      whole.judge(told);
    }
  }

  /** A linear function of positions. */
  private final class Function {
    private final long[] coefficients = new long[shape.positions().size()];
    private final BitSet used = new BitSet();
    private boolean counts = true;

    void add(int[] column, long coefficient) {
      if (coefficient != 0) {
        counts &= FewPeople.this.counts(column);
        for (int position : column) {
          coefficients[position] = coefficient;
          used.set(position);
        }
      }
    }

    /**
     * @param told for how many people it is not zero
     */
    void judge(long told) {
      if (counts || isNoAccident(Reach.of(shape, coefficients), told)) {
        found.or(used);
      }
    }

    private boolean isNoAccident(Reach reach, long told) {
      return reach.numbers() * told < sketch.peopleIn(reach.places());
    }
  }
}
