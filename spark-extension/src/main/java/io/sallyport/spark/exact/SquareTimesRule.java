package io.sallyport.spark.exact;

import io.sallyport.spark.exact.ProductRule.Constant;
import io.sallyport.spark.frequency.Frequencies;
import java.util.Map;

/**
 * Whether sums of one column's square times another may be told of: {@code sum((x - a) * (x - b) *
 * (y - c))} tells of the people who have neither {@code a} nor {@code b}, and not {@code c}.
 * Wherever more than half of the people are on one of them, the others must be nobody or enough.
 *
 * @param squared how many people keep to which value of the squared column
 * @param other the same of the other column
 * @param pair of both
 * @param squaredIsFirst whether the squared column is the pair's first
 */
record SquareTimesRule(
    Frequencies squared, Frequencies other, ProductRule pair, boolean squaredIsFirst) {

  boolean allows(long least) {
    return ProductRule.isConstant(squared)
        || ProductRule.isConstant(other)
        || allows(least, pair.both().isExact());
  }

  /** The same where one row of each person was counted. */
  boolean allowsWitnesses(long least) {
    return allows(least, false);
  }

  private boolean allows(long least, boolean nobodyIsKnown) {
    for (Constant a : Constant.of(squared, false)) {
      for (Constant b : Constant.of(squared, false)) {
        for (Constant c : Constant.of(other, false)) {
          long off = off(a, b, c);
          boolean areMostOff = 2 * (pair.people() - off) <= pair.people();
          if (!areMostOff && off < least && !(nobodyIsKnown && off == 0)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** At least so many people; exactly where all pairs were counted. */
  private long off(Constant a, Constant b, Constant c) {
    long counted = 0;
    for (Map.Entry<Frequencies.Value, Long> one : pair.both().counts().entrySet()) {
      long x = squaredIsFirst ? one.getKey().first() : one.getKey().second();
      long y = squaredIsFirst ? one.getKey().second() : one.getKey().first();
      counted += a.isOff(x, false) && b.isOff(x, false) && c.isOff(y, false) ? one.getValue() : 0;
    }
    if (pair.both().isExact()) {
      return counted;
    }
    return Math.max(counted, (squaredIsFirst ? pair.off(a, c) : pair.off(c, a)) - b.most());
  }
}
