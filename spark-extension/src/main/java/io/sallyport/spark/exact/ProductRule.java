package io.sallyport.spark.exact;

import io.sallyport.spark.frequency.Frequencies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Whether sums of products of two columns may be told of. Against one constant of each column,
 * {@code sum((x - a) * (y - b))} tells of the people who have neither value: wherever more than
 * half of the people have one of the two, the others must be nobody or enough.
 *
 * <p>People are bounded from what was counted of each column and of both together; where the bounds
 * do not say, it may not be told of.
 *
 * @param first how many people keep to which value of the one column
 * @param second the same of the other column
 * @param both the same of both together
 * @param people all of the cell
 * @param inTurn whether people with several values of each column may be off one value in one row
 *     and off the other in another
 */
record ProductRule(
    Frequencies first, Frequencies second, Frequencies both, long people, boolean inTurn) {

  /** A value of a column, or any of those that were not counted. */
  record Constant(long value, boolean isCounted, long most) {

    /**
     * The values that are counted, and one for all others.
     *
     * @param inTurn whether there are others even if all people were counted: those of people with
     *     several
     */
    static List<Constant> of(Frequencies column, boolean inTurn) {
      List<Constant> constants = new ArrayList<>();
      for (Map.Entry<Frequencies.Value, Long> one : column.mostCommon()) {
        constants.add(new Constant(one.getKey().first(), true, one.getValue() + column.missed()));
      }
      if (inTurn || !column.isExact()) {
        constants.add(new Constant(0, false, column.missed()));
      }
      return constants;
    }

    boolean isOff(long other, boolean several) {
      return several || !isCounted || other != value;
    }
  }

  boolean allows(long least) {
    return isConstant(first) || isConstant(second) || allowsUnless(least, this::isNobody);
  }

  /**
   * The same where one row of each person was counted: whoever is off in it is off, but others may
   * be in rows that were not.
   */
  boolean allowsWitnesses(long least) {
    return allowsUnless(least, (a, b) -> false);
  }

  private boolean allowsUnless(long least, BiPredicate<Constant, Constant> isNobody) {
    for (Constant a : Constant.of(first, inTurn)) {
      for (Constant b : Constant.of(second, inTurn)) {
        long off = off(a, b);
        boolean areMostOff = 2 * (people - off) <= people;
        if (!areMostOff && off < least && !isNobody.test(a, b)) {
          return false;
        }
      }
    }
    return true;
  }

  /** At least so many people are off both constants. */
  long off(Constant a, Constant b) {
    long counted = 0;
    for (Map.Entry<Frequencies.Value, Long> one : both.counts().entrySet()) {
      Frequencies.Value pair = one.getKey();
      counted += isOff(pair, a, b) && !isUnsure(pair) ? one.getValue() : 0;
    }
    if (both.isExact() || inTurn) {
      return counted;
    }
    long alike =
        a.isCounted() && b.isCounted()
            ? both.counts().getOrDefault(new Frequencies.Value(a.value(), b.value(), 0), 0L)
            : 0;
    return Math.max(counted, people - a.most() - b.most() + alike);
  }

  private boolean isNobody(Constant a, Constant b) {
    return both.isExact()
        && both.counts().keySet().stream().noneMatch(p -> isOff(p, a, b) || isUnsure(p));
  }

  private static boolean isOff(Frequencies.Value pair, Constant a, Constant b) {
    return a.isOff(pair.first(), (pair.several() & 1) != 0)
        && b.isOff(pair.second(), (pair.several() & 2) != 0);
  }

  private boolean isUnsure(Frequencies.Value pair) {
    return inTurn && pair.several() == 3;
  }

  /** Everybody has one value, the same; people who have several are counted alike too. */
  static boolean isConstant(Frequencies column) {
    return column.isExact()
        && column.counts().size() == 1
        && column.counts().keySet().iterator().next().several() == 0;
  }
}
