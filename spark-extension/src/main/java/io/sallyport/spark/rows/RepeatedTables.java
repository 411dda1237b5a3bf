package io.sallyport.spark.rows;

import io.sallyport.spark.scala.Scala;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Union;

/**
 * How often each row of a table is among the rows of a plan, at most, as far as the plan tells:
 * once, unless lists, sets of keys, unions or joins repeat it.
 */
final class RepeatedTables {

  private final MadeRows rows;
  private final RowsOfAKey keys;
  private final IdentityHashMap<LogicalPlan, Long> known = new IdentityHashMap<>();

  RepeatedTables(MadeRows rows, RowsOfAKey keys) {
    this.rows = rows;
    this.keys = keys;
  }

  /** How often; 0 where no table is read. */
  long ofATable(LogicalPlan plan) {
    Long times = known.get(plan);
    if (times == null) {
      times = counting(plan);
      known.put(plan, times);
    }
    return times;
  }

  private long counting(LogicalPlan plan) {
    List<LogicalPlan> inputs = Scala.children(plan);
    if (rows.isReleased(plan)) {
      return 0;
    }
    if (inputs.isEmpty()) {
      return isMade(plan) ? 0 : 1;
    }
    if (plan instanceof Join join) {
      return Math.max(
          MadeRows.times(ofATable(join.left()), keys.met(join, join.right())),
          MadeRows.times(ofATable(join.right()), keys.met(join, join.left())));
    }
    long most = inputs.stream().mapToLong(this::ofATable).max().orElse(0);
    if (plan instanceof Union) {
      return inputs.stream().mapToLong(this::ofATable).sum();
    }
    if (plan instanceof Generate generate) {
      return MadeRows.times(most, MadeRows.entries(generate));
    }
    if (plan instanceof Expand expand) {
      return MadeRows.times(most, expand.projections().size());
    }
    if (plan instanceof Sample sample && sample.withReplacement()) {
      double times = Math.ceil(sample.upperBound() - sample.lowerBound());
      return MadeRows.times(most, (long) Math.max(1, Math.min(MadeRows.MOST, times)));
    }
    return plan instanceof Aggregate ? Math.min(most, rows.count(plan)) : most;
  }

  private static boolean isMade(LogicalPlan leaf) {
    return leaf instanceof LocalRelation
        || leaf instanceof OneRowRelation
        || leaf instanceof Range
        || KeptRows.isMany(leaf);
  }
}
