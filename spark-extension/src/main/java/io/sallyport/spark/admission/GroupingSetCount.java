package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import org.apache.spark.sql.catalyst.expressions.BaseGroupingSets;
import org.apache.spark.sql.catalyst.expressions.Cube;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Rollup;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;

/**
 * How many sets of keys an aggregation has before Spark's analysis writes them out: a CUBE of n
 * columns has two to the n, and several of them in one GROUP BY multiply.
 */
final class GroupingSetCount {

  static final int MOST = 1_024;

  private GroupingSetCount() {}

  /**
   * The sets of one aggregation.
   *
   * @throws RefusedException LIMIT_EXCEEDED when there are too many
   */
  static long of(Aggregate aggregate) {
    long sets = 1;
    for (Expression key : Scala.<Expression>list(aggregate.groupingExpressions())) {
      sets *= key instanceof BaseGroupingSets several ? of(several) : 1;
      if (sets > MOST) {
        throw RefusedException.of(
            RefusalCode.LIMIT_EXCEEDED,
            "CUBE, ROLLUP and GROUPING SETS make more than %d sets of keys (grouping-sets)"
                .formatted(MOST),
            "fewer columns in CUBE, or the sets that are needed in GROUPING SETS");
      }
    }
    return sets;
  }

  private static long of(BaseGroupingSets several) {
    int listed = several.groupingSets().size();
    if (several instanceof Cube) {
      return 1L << Math.min(listed, Integer.SIZE);
    }
    return several instanceof Rollup ? listed + 1L : Math.max(1, listed);
  }
}
