package io.sallyport.spark.release;

import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** A plan as text for the audit, and its fingerprint. */
public final class PlanText {

  private static final int LONGEST = 8000;

  private PlanText() {}

  public static String of(LogicalPlan plan) {
    return shortened(plan.treeString());
  }

  /** The hash of the canonical plan: equal questions have equal hashes. */
  public static String hash(LogicalPlan plan) {
    return hash(plan.canonicalized().treeString());
  }

  public static String hash(String text) {
    return Hashes.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  public static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
  }
}
