package io.sallyport.spark.exact;

import io.sallyport.policy.decision.Requirement;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.frequency.Frequencies;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Whether a cell may be told of: it holds enough people of each frame, and no arithmetic on its
 * numbers leaves fewer of them.
 *
 * <p>Besides the people of a cell, what is looked at are those in whom a measured value is not
 * zero; those who are off the value that most people share; with squares, off the two most common
 * ones; with products, off a value of each column ({@link ProductRule}, {@link TripleRule}); and
 * those in whom two measured values differ. Each must be nobody or enough, the first one enough.
 */
final class CellRules {

  private final CellTable table;
  private final FrameName frame;
  private final Requirement requirement;
  private final long least;

  CellRules(CellTable table, FrameName frame, Requirement requirement) {
    this.table = table;
    this.frame = frame;
    this.requirement = requirement;
    this.least = requirement.minimumUnits();
  }

  /** Whether the cell and all its numbers may be known. */
  boolean allows(Cell cell) {
    if (!isIn(cell)) {
      return true;
    }
    return cell.people() >= least && numbersAreAllowed(cell);
  }

  /** Whether the frame has people in a cell; that of the measured rows always does. */
  boolean isIn(Cell cell) {
    for (PointReading.Piece piece : table.shape().pieces()) {
      if (piece.part().base().table().name().equals(frame)) {
        return true;
      }
      var there = piece.part().frames().get(frame);
      if (there != null && cell.has(table.shape().frameBit(there))) {
        return true;
      }
    }
    return false;
  }

  private boolean numbersAreAllowed(Cell cell) {
    Map<Integer, Integer> orders = new TreeMap<>();
    for (PointReading.Piece piece : table.shape().pieces()) {
      table.orders(piece, cell).forEach((value, order) -> orders.merge(value, order, Math::max));
    }
    Set<Integer> squared = new TreeSet<>();
    for (Map.Entry<Integer, Integer> one : orders.entrySet()) {
      int value = one.getKey();
      if (one.getValue() > 1) {
        squared.add(value);
      }
      if (cell.notZero().get(value) < least
          || cell.present().get(value).people() < least
          || !isNobodyOrEnough(off(cell, value, one.getValue()))
          || isDominated(cell, value, one.getValue())) {
        return false;
      }
    }
    Set<Integer> beside = table.shape().beside(orders.keySet());
    for (int value : beside) {
      if (!isNobodyOrEnough(off(cell, value, 1))) {
        return false;
      }
    }
    beside.addAll(orders.keySet());
    return pairsAreAllowed(cell, beside, squared) && rowsAreAllowed(cell, orders.keySet());
  }

  /** By its sum, or by the sum of its squares where these are told of. */
  private boolean isDominated(Cell cell, int value, int order) {
    if (cell.contributions().isEmpty()) {
      return false;
    }
    int values = table.shape().measured().size();
    return !cell.contributions().get(value).isSafe(requirement.dominance())
        || (order > 1 && !cell.contributions().get(values + value).isSafe(requirement.dominance()));
  }

  private boolean isProductDominated(Cell cell, int i, int j) {
    int values = table.shape().measured().size();
    int product = 2 * values + pair(i, j) - singles(values);
    return !cell.contributions().isEmpty()
        && !cell.contributions().get(product).isSafe(requirement.dominance());
  }

  private boolean pairsAreAllowed(Cell cell, Set<Integer> used, Set<Integer> squared) {
    int values = table.shape().measured().size();
    int pair = 0;
    for (int i = 0; i < values; i++) {
      for (int j = i + 1; j < values; j++, pair++) {
        if (used.contains(i) && used.contains(j) && !isNobodyOrEnough(cell.differ().get(pair))) {
          return false;
        }
        if (areSquared(i, j) && areMostlyEqual(cell, pair)) {
          return false; // multiplied by a third, their difference tells of few of the few
        }
        if (areSquared(i, j)
            && squared.contains(i)
            && squared.contains(j)
            && (!allowsProduct(cell, i, j) || isProductDominated(cell, i, j))) {
          return false;
        }
      }
    }
    return triplesAreAllowed(cell, used);
  }

  private boolean areMostlyEqual(Cell cell, int pair) {
    long different = cell.differ().get(pair);
    return different > 0 && 2 * different < cell.people();
  }

  /** How many values are counted before pairs of them are. */
  private int singles(int values) {
    return witnesses(values) + (rowsAreUnits() ? 0 : table.shape().squared().size());
  }

  /** Where the values of one row of each person begin. */
  private int witnesses(int values) {
    if (rowsAreUnits()) {
      return values;
    }
    int personal = table.shape().countsPeople() ? values + 1 : 0;
    return values + personal + 2 * table.shape().squared().size();
  }

  private boolean rowsAreUnits() {
    return table.shape().base().rowsAreUnits();
  }

  private boolean areSquared(int i, int j) {
    List<Monomial> measured = table.shape().measured();
    return table.shape().squared().contains(measured.get(i))
        && table.shape().squared().contains(measured.get(j));
  }

  /** The people off as many of a value's most common ones as its powers tell of. */
  private long off(Cell cell, int value, int order) {
    if (order == 1 || table.shape().base().rowsAreUnits()) {
      return off(cell.frequent().get(value), order);
    }
    long offOne = off(cell.frequent().get(value), 1);
    if (order > 2 || !isNobodyOrEnough(offOne)) {
      return order > 2 ? 1 : offOne;
    }
    return offTwo(ends(cell, value));
  }

  /** How many people have which least and greatest value, where they have no others. */
  private Frequencies ends(Cell cell, int value) {
    List<Monomial> measured = table.shape().measured();
    int from = cell.frequent().size() - table.shape().squared().size();
    for (int i = 0; i < value; i++) {
      from += table.shape().squared().contains(measured.get(i)) ? 1 : 0;
    }
    return cell.frequent().get(from);
  }

  /** The people with rows off the two values that most people keep to, if most of all do. */
  private static long offTwo(Frequencies ends) {
    if (!ends.isExact()) {
      return Long.MAX_VALUE;
    }
    Set<Long> values = new TreeSet<>();
    ends.counts()
        .keySet()
        .forEach(
            pair -> {
              values.add(pair.first());
              values.add(pair.second());
            });
    long most = 0;
    for (long u : values) {
      for (long w : values) {
        long on = 0;
        for (Map.Entry<Frequencies.Value, Long> one : ends.counts().entrySet()) {
          Frequencies.Value pair = one.getKey();
          boolean keeps =
              pair.several() == 0
                  && (pair.first() == u || pair.first() == w)
                  && (pair.second() == u || pair.second() == w);
          on += keeps ? one.getValue() : 0;
        }
        most = Math.max(most, on);
      }
    }
    long people = ends.counts().values().stream().mapToLong(Long::longValue).sum();
    return 3 * most > 2 * people ? people - most : Long.MAX_VALUE;
  }

  /** Beside a number of people, the number of rows of each is a measured value too. */
  private boolean rowsAreAllowed(Cell cell, Set<Integer> used) {
    CellShape shape = table.shape();
    if (!shape.countsPeople() || shape.countsPeopleOnly() || shape.base().rowsAreUnits()) {
      return true;
    }
    int values = table.shape().measured().size();
    if (!isNobodyOrEnough(off(cell.frequent().get(values), 1))) {
      return false;
    }
    return used.stream()
        .allMatch(value -> isNobodyOrEnough(off(cell.frequent().get(values + 1 + value), 1)));
  }

  /** Nobody, or enough. */
  private boolean isNobodyOrEnough(long people) {
    return people == 0 || people >= least;
  }

  /**
   * The people off the most common value, or off the two most common ones; enough when no value is
   * common. Where values were not counted exactly there are more than the least number of them.
   */
  private long off(Frequencies frequencies, int values) {
    if (!frequencies.isExact()) {
      return Long.MAX_VALUE;
    }
    long people = frequencies.people();
    long on = 0;
    int taken = 0;
    for (Map.Entry<Frequencies.Value, Long> one : frequencies.mostCommon()) {
      on += one.getValue();
      taken++;
      // common: one value of more than 1/2 of the people, two of more than 2/3, three of 3/4
      boolean areCommon = (taken + 1) * on > taken * people;
      if (areCommon && (taken == values || !isNobodyOrEnough(people - on))) {
        return people - on;
      }
      if (taken == values) {
        break;
      }
    }
    return Long.MAX_VALUE;
  }

  // ---- products
  // ---------------------------------------------------------------------------------

  private boolean allowsProduct(Cell cell, int i, int j) {
    return product(cell, i, j).allows(least)
        || (!rowsAreUnits() && witnessed(cell, i, j).allowsWitnesses(least));
  }

  private ProductRule product(Cell cell, int i, int j) {
    Frequencies both = cell.frequent().get(pair(i, j));
    boolean inTurn = !rowsAreUnits() && (!both.isExact() || hasSeveralOfBoth(both));
    return new ProductRule(
        cell.frequent().get(i), cell.frequent().get(j), both, cell.people(), inTurn);
  }

  /** The same of one row of each person: who is off in it is off. */
  private ProductRule witnessed(Cell cell, int i, int j) {
    return new ProductRule(
        witness(cell, i), witness(cell, j), witness(cell, i, j), cell.people(), false);
  }

  private Frequencies witness(Cell cell, int value) {
    List<Monomial> measured = table.shape().measured();
    return cell.frequent()
        .get(witnesses(measured.size()) + table.shape().squared().indexOf(measured.get(value)));
  }

  private Frequencies witness(Cell cell, int i, int j) {
    return cell.frequent().get(pair(i, j) + squaredPairs());
  }

  private int squaredPairs() {
    int squared = table.shape().squared().size();
    return squared * (squared - 1) / 2;
  }

  /** Where the frequencies of a pair of squared values are. */
  private int pair(int first, int second) {
    int values = table.shape().measured().size();
    int pair = singles(values);
    for (int i = 0; i < values; i++) {
      for (int j = i + 1; j < values; j++) {
        if (areSquared(i, j)) {
          if (i == Math.min(first, second) && j == Math.max(first, second)) {
            return pair;
          }
          pair++;
        }
      }
    }
    throw new IllegalArgumentException("No pair of squared values: " + first + ", " + second);
  }

  private static boolean hasSeveralOfBoth(Frequencies both) {
    return both.counts().keySet().stream().anyMatch(pair -> pair.several() == 3);
  }

  private boolean triplesAreAllowed(Cell cell, Set<Integer> used) {
    List<Monomial> measured = table.shape().measured();
    return used.stream()
        .map(measured::get)
        .filter(monomial -> monomial.degree() == 3)
        .map(monomial -> ordinals(measured, monomial))
        .allMatch(three -> allowsTriple(cell, three));
  }

  /** Of its factors, each as often as it occurs. */
  private static List<Integer> ordinals(List<Monomial> measured, Monomial monomial) {
    return monomial.raw().stream()
        .map(variable -> measured.indexOf(new Monomial(List.of(variable), List.of())))
        .sorted()
        .toList();
  }

  private boolean allowsTriple(Cell cell, List<Integer> three) {
    long different = three.stream().distinct().count();
    if (different == 1) {
      return true; // a cube: off the three most common values
    }
    if (rowsAreUnits()) {
      return different == 3
          ? triple(three, value -> cell.frequent().get(value), pair -> product(cell, pair))
              .allows(least)
          : squareTimes(three, value -> cell.frequent().get(value), pair -> product(cell, pair))
              .allows(least);
    }
    return different == 3
        ? triple(three, value -> witness(cell, value), pair -> witnessed(cell, pair))
            .allowsWitnesses(least)
        : squareTimes(three, value -> witness(cell, value), pair -> witnessed(cell, pair))
            .allowsWitnesses(least);
  }

  private ProductRule product(Cell cell, List<Integer> pair) {
    return product(cell, pair.get(0), pair.get(1));
  }

  private ProductRule witnessed(Cell cell, List<Integer> pair) {
    return witnessed(cell, pair.get(0), pair.get(1));
  }

  private static TripleRule triple(
      List<Integer> three, IntFunction<Frequencies> one, Function<List<Integer>, ProductRule> two) {
    return new TripleRule(
        three.stream().map(one::apply).toList(),
        List.of(
            two.apply(List.of(three.get(0), three.get(1))),
            two.apply(List.of(three.get(0), three.get(2))),
            two.apply(List.of(three.get(1), three.get(2)))));
  }

  /** Of x, x and y, in whatever order. */
  private static SquareTimesRule squareTimes(
      List<Integer> three, IntFunction<Frequencies> one, Function<List<Integer>, ProductRule> two) {
    boolean firstTwice = three.get(0).equals(three.get(1));
    int twice = three.get(1);
    int once = firstTwice ? three.get(2) : three.get(0);
    ProductRule pair = two.apply(List.of(Math.min(twice, once), Math.max(twice, once)));
    return new SquareTimesRule(one.apply(twice), one.apply(once), pair, twice < once);
  }
}
