package io.sallyport.spark.noise;

import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Expand;

/**
 * The groupings of a ROLLUP, a CUBE or GROUPING SETS. A person counts in so many groups of each of
 * them, and in one group of the total over everything.
 *
 * @param key which of the grouping expressions tells them apart
 * @param sets how many there are, the total among them
 * @param totals how many of them are totals over everything
 */
record GroupingSets(int key, int sets, int totals) {

  /** Empty for a plain GROUP BY. */
  static Optional<GroupingSets> of(Aggregate aggregate) {
    if (!(aggregate.child() instanceof Expand expand)) {
      return Optional.empty();
    }
    List<Attribute> output = Scala.list(expand.output());
    List<List<Expression>> projections =
        Scala.list(expand.projections()).stream().map(p -> Scala.<Expression>list(p)).toList();
    List<Expression> keys = Scala.list(aggregate.groupingExpressions());
    for (int k = 0; k < keys.size(); k++) {
      int column = ordinal(output, keys.get(k));
      if (column >= 0 && projections.stream().allMatch(p -> isNumber(p.get(column)))) {
        int totals = 0;
        for (List<Expression> projection : projections) {
          totals += isTotal(projection, output, keys) ? 1 : 0;
        }
        return Optional.of(new GroupingSets(k, projections.size(), totals));
      }
    }
    return Optional.empty();
  }

  private static boolean isTotal(
      List<Expression> projection, List<Attribute> output, List<Expression> keys) {
    return keys.stream()
        .map(key -> ordinal(output, key))
        .allMatch(column -> column >= 0 && projection.get(column) instanceof Literal);
  }

  private static boolean isNumber(Expression value) {
    return value instanceof Literal literal && literal.value() instanceof Number;
  }

  private static int ordinal(List<Attribute> output, Expression key) {
    for (int i = 0; i < output.size(); i++) {
      if (key instanceof Attribute column && column.exprId().equals(output.get(i).exprId())) {
        return i;
      }
    }
    return -1;
  }

  /** In how many groups a person counts, at so many in each grouping. */
  long groups(long ofEach) {
    return Math.addExact(Math.multiplyExact(sets - totals, ofEach), totals);
  }

  /** At most so many in each grouping are kept, where there are so many in all. */
  long ofEach(long groups) {
    return sets == totals ? 1 : Math.max(1, (groups - totals) / (sets - totals));
  }
}
