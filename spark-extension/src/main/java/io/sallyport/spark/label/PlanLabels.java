package io.sallyport.spark.label;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.IdentityHashMap;
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

  /** The label of every node of an admitted plan, by the node's identity. */
  public static IdentityHashMap<LogicalPlan, NodeLabel> ofNodes(LogicalPlan admitted) {
    IdentityHashMap<LogicalPlan, NodeLabel> labels = new IdentityHashMap<>();
    fold(admitted, new ArrayList<>(), labels);
    return labels;
  }

  private static NodeLabel fold(LogicalPlan plan, List<ReleasePoint> points) {
    return fold(plan, points, new IdentityHashMap<>());
  }

  private static NodeLabel fold(
      LogicalPlan plan, List<ReleasePoint> points, IdentityHashMap<LogicalPlan, NodeLabel> labels) {
    List<NodeLabel> inputs =
        Scala.children(plan).stream().map(child -> fold(child, points, labels)).toList();
    NodeLabel label = LabelFlows.flow(plan, inputs);
    labels.put(plan, label);
    if (plan instanceof Aggregate aggregate
        && AggregateFlow.isReleasePoint(aggregate, inputs.get(0))) {
      NodeLabel input = inputs.get(0);
      points.add(
          new ReleasePoint(aggregate, label, input.rows(), ReleaseObjections.of(aggregate, input)));
    }
    return label;
  }
}
