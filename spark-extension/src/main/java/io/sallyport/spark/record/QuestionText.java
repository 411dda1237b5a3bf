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

  private static final int EXCERPT = 1024;

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
    return new QuestionText(PlanText.of(built), PlanText.hashOfBuilt(built), List.of());
  }

  /** A question that never became a plan. */
  public static QuestionText of(String text) {
    return new QuestionText(PlanText.shortened(text), PlanText.hash(text), List.of());
  }

  /** A request that was refused before it became a plan: the first 1 KiB of its words. */
  public static QuestionText refused(String words) {
    return new QuestionText(start(words), PlanText.hash(words), List.of());
  }

  private static String start(String words) {
    int bytes = 0;
    int end = 0;
    while (end < words.length()) {
      int point = words.codePointAt(end);
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (bytes > EXCERPT) {
        return words.substring(0, end) + " ...";
      }
      end += Character.charCount(point);
    }
    return words;
  }

  /** The same about these frames. */
  QuestionText about(List<String> these) {
    return new QuestionText(text, hash, these);
  }
}
