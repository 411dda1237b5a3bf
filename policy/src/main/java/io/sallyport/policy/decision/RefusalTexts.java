package io.sallyport.policy.decision;

import io.sallyport.policy.decision.Verdict.NeedsApproval;
import io.sallyport.policy.decision.Verdict.Refuse;
import java.util.Optional;

/** Verdicts that are no release, as the analyst is told of them: by their first ground. */
final class RefusalTexts {
  private static final String APPROVAL = " Otherwise this needs the owner's approval";

  /** Leaves room for what must not be cut off after it. */
  private static final int MAX_REMEDY = 400;

  private RefusalTexts() {}

  static Refusal refused(Refuse verdict) {
    Ground ground = verdict.grounds().get(0);
    return of(ground, ground.remedy());
  }

  static Refusal needsApproval(NeedsApproval verdict) {
    Ground ground = verdict.grounds().get(0);
    return of(ground, OneLine.of(ground.remedy(), MAX_REMEDY) + APPROVAL);
  }

  private static Refusal of(Ground ground, String remedy) {
    return new Refusal(ground.code(), ground.subject(), Optional.of(ground.policy()), remedy);
  }
}
