package io.sallyport.spark.release;

import io.sallyport.spark.release.words.PlanSteps;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** A plan as numbered steps in plain English, for an owner who decides and does not program. */
public final class PlainWords {

  private PlainWords() {}

  /**
   * The steps, sources first, one a line; at most 8 000 characters.
   *
   * <p>Says everything the plan does: what it has no words for it says as SQL, and what it cuts
   * short it says it cut, in its first line. Depends on the plan only. An analyst's names and
   * literals cannot break lines, hide text or look like our words.
   *
   * @param plan analysed, with its sealed leaves
   */
  public static String of(LogicalPlan plan) {
    return PlanSteps.of(plan);
  }
}
