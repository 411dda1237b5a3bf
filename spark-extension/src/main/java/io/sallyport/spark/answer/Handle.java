package io.sallyport.spark.answer;

import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.decision.Ground;
import java.util.List;
import java.util.Optional;

/**
 * What an analyst learns of a collected result: nothing that depends on rows that may not leave.
 *
 * @param grounds why it is not released
 * @param cost what making it was charged to budgets, in words, when it was answered with noise
 */
public record Handle(
    Artifact artifact, Verdict verdict, List<Ground> grounds, Optional<String> cost) {

  /** What a fetch by the same principal would meet now. */
  public enum Verdict {
    RELEASE,
    NEEDS_APPROVAL,
    REFUSE
  }

  private static final long SMALL = 100;
  private static final long MEDIUM = 10_000;

  public Handle {
    grounds = List.copyOf(grounds);
  }

  /** How large a released result is; UNKNOWN for others, whose size would tell about data. */
  public String sizeClass() {
    if (verdict != Verdict.RELEASE) {
      return "UNKNOWN";
    }
    if (artifact.rows() <= SMALL) {
      return "UP_TO_100";
    }
    return artifact.rows() <= MEDIUM ? "UP_TO_10000" : "LARGER";
  }
}
