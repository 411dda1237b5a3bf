package io.sallyport.spark.exact;

import io.sallyport.spark.exact.ProductRule.Constant;
import io.sallyport.spark.frequency.Frequencies;
import java.util.List;

/**
 * Whether sums of products of three columns may be told of: {@link ProductRule} against one
 * constant of each of them.
 *
 * @param columns how many people keep to which value of each
 * @param pairs of the first and second column, the first and third, the second and third
 */
record TripleRule(List<Frequencies> columns, List<ProductRule> pairs) {

  boolean allows(long least) {
    // with a constant column, no more than a product of two
    return columns.stream().anyMatch(ProductRule::isConstant) || allowsWitnesses(least);
  }

  /** The same where one row of each person was counted. */
  boolean allowsWitnesses(long least) {
    long people = pairs.get(0).people();
    boolean inTurn = pairs.stream().anyMatch(ProductRule::inTurn);
    for (Constant a : Constant.of(columns.get(0), inTurn)) {
      for (Constant b : Constant.of(columns.get(1), inTurn)) {
        for (Constant c : Constant.of(columns.get(2), inTurn)) {
          long off = off(a, b, c);
          if (2 * (people - off) > people && off < least) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** At least so many people are off all three constants. */
  private long off(Constant a, Constant b, Constant c) {
    long first = pairs.get(0).off(a, b) - c.most();
    long second = pairs.get(1).off(a, c) - b.most();
    long third = pairs.get(2).off(b, c) - a.most();
    return Math.max(first, Math.max(second, third));
  }
}
