package io.sallyport.spark.release;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.label.NodeLabel;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.scala.Scala;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sample;

/**
 * Whether samples are taken of free rows alone, and nothing governed is added to what they take.
 *
 * <p>A sample goes by the places of rows in their partitions, and Spark moves these while it runs,
 * by the sizes of all that is exchanged. So beside governed rows, even a sample of public rows
 * depends on people, and what is proved of public rows would not hold for it.
 */
final class SampledRows {

  private final IdentityHashMap<LogicalPlan, NodeLabel> labels;

  private SampledRows(IdentityHashMap<LogicalPlan, NodeLabel> labels) {
    this.labels = labels;
  }

  /**
   * Requires that no operator over a sample has governed rows.
   *
   * @throws RefusedException NONDETERMINISTIC, whatever the policies are
   */
  static void requireFree(LogicalPlan admitted) {
    if (holds(admitted)) {
      boolean unused = new SampledRows(PlanLabels.ofNodes(admitted)).require(admitted);
    }
  }

  /**
   * Requires that no sample is taken of groups that were not released: all of them run as one job
   * then, and which are taken depends on the others.
   *
   * @throws RefusedException NONDETERMINISTIC
   */
  static void requireNoneOf(LogicalPlan judged, Set<Aggregate> points) {
    if (judged instanceof Sample && hasPoint(judged, points)) {
      throw RefusedException.of(
          RefusalCode.NONDETERMINISTIC,
          "a sample of an answer that its owner is to approve",
          "the whole answer, and a sample of it when it is approved");
    }
    Scala.children(judged).forEach(child -> requireNoneOf(child, points));
  }

  private static boolean hasPoint(LogicalPlan plan, Set<Aggregate> points) {
    return (plan instanceof Aggregate point && points.contains(point))
        || Scala.children(plan).stream().anyMatch(child -> hasPoint(child, points));
  }

  private static boolean holds(LogicalPlan plan) {
    return plan instanceof Sample || Scala.children(plan).stream().anyMatch(SampledRows::holds);
  }

  /** Whether there is a sample in the plan. */
  private boolean require(LogicalPlan plan) {
    boolean holds = plan instanceof Sample;
    for (LogicalPlan child : Scala.children(plan)) {
      holds |= require(child);
    }
    if (holds && !labels.get(plan).rows().isFree()) {
      throw RefusedException.of(
          RefusalCode.NONDETERMINISTIC,
          "a sample of governed rows, or beside them below an aggregate: which rows it takes"
              + " depends on how all of them lie",
          "the aggregate over all rows, and then a sample of its groups; or of public rows alone");
    }
    return holds;
  }
}
