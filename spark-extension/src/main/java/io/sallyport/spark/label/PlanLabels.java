package io.sallyport.spark.label;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * The labels of a whole plan.
 *
 * @param root the label of its root
 * @param releasePoints where people get mixed, inner ones before outer ones
 */
public record PlanLabels(NodeLabel root, List<ReleasePoint> releasePoints) {

  public PlanLabels {
    releasePoints = List.copyOf(releasePoints);
  }

  /** Labels an admitted plan by a fold from its leaves. */
  public static PlanLabels of(LogicalPlan admitted) {
    List<ReleasePoint> points = new ArrayList<>();
    NodeLabel root = fold(admitted, points);
    return new PlanLabels(root, points);
  }

  /** The label of an admitted plan's root alone. */
  static NodeLabel root(LogicalPlan admitted) {
    return fold(admitted, new ArrayList<>());
  }

  private static NodeLabel fold(LogicalPlan plan, List<ReleasePoint> points) {
    List<NodeLabel> inputs =
        Scala.children(plan).stream().map(child -> fold(child, points)).toList();
    NodeLabel label = LabelFlows.flow(plan, inputs);
    if (plan instanceof Aggregate aggregate
        && AggregateFlow.isReleasePoint(aggregate, inputs.get(0))) {
      NodeLabel input = inputs.get(0);
      points.add(
          new ReleasePoint(aggregate, label, input.rows(), ReleaseObjections.of(aggregate, input)));
    }
    return label;
  }
}
