package io.sallyport.spark.record;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.label.NodeLabel;
import io.sallyport.spark.release.PlanText;
import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * A question as the audit keeps it.
 *
 * @param text the plan, readable, shortened when it is very long
 * @param hash names the exact plan, whatever ids Spark gave its columns
 * @param frames the governed frames it is about
 */
public record QuestionText(String text, String hash, List<String> frames) {

  public QuestionText {
    frames = List.copyOf(frames);
  }

  /** An analysed plan. */
  public static QuestionText of(LogicalPlan plan, NodeLabel label) {
    List<String> frames = label.sources().stream().map(FrameName::value).sorted().toList();
    return new QuestionText(PlanText.of(plan), PlanText.hash(plan), frames);
  }

  /** A plan before it is resolved: its frames are not known yet. */
  public static QuestionText of(LogicalPlan built) {
    return new QuestionText(PlanText.of(built), PlanText.hash(built.treeString()), List.of());
  }

  /** A question that never became a plan. */
  public static QuestionText of(String text) {
    return new QuestionText(PlanText.shortened(text), PlanText.hash(text), List.of());
  }

  /** The same about these frames. */
  QuestionText about(List<String> these) {
    return new QuestionText(text, hash, these);
  }
}
