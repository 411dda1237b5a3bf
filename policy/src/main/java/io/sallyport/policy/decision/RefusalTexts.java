package io.sallyport.policy.decision;

import io.sallyport.policy.decision.Verdict.NeedsApproval;
import io.sallyport.policy.decision.Verdict.Refuse;
import java.util.Optional;

/** Verdicts that are no release, as the analyst is told of them. */
final class RefusalTexts {
  private static final String NO_REQUESTS =
      "; without that it would need the owner's approval, and approval requests are not available"
          + " in this version";

  private RefusalTexts() {}

  static Refusal refused(Refuse verdict) {
    return of(verdict.grounds().get(0), "");
  }

  static Refusal approvalIsNotAvailable(NeedsApproval verdict) {
    return of(verdict.grounds().get(0), NO_REQUESTS);
  }

  private static Refusal of(Ground ground, String more) {
    return new Refusal(
        ground.code(),
        ground.subject(),
        Optional.of(ground.policy()),
        withoutFullStop(ground.remedy()) + more);
  }

  private static String withoutFullStop(String text) {
    String line = text.strip();
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
