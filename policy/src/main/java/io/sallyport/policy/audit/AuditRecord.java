package io.sallyport.policy.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Who asked what, which policy said what, and what left. Holds no row of any frame and no token.
 *
 * @param time when the verdict fell
 * @param principal who asked
 * @param session in which session
 * @param operation by which operation
 * @param question the plan, readable
 * @param planHash names the exact plan
 * @param policyVersion names the exact policies
 * @param frames the governed frames behind the answer
 * @param verdict RELEASED, NEEDS_APPROVAL, REFUSED or FAILED
 * @param code the refusal code, when there was one
 * @param grounds the reasons, in words
 * @param resultHash names the exact result that left
 * @param rowsOut how many rows left
 */
public record AuditRecord(
    Instant time,
    String principal,
    String session,
    String operation,
    String question,
    String planHash,
    String policyVersion,
    List<String> frames,
    String verdict,
    Optional<String> code,
    List<String> grounds,
    Optional<String> resultHash,
    OptionalLong rowsOut) {
  private static final Set<String> VERDICTS =
      Set.of("RELEASED", "NEEDS_APPROVAL", "REFUSED", "FAILED");

  /**
   * @throws IllegalArgumentException when the verdict is none
   */
  public AuditRecord {
    requireNonNull(time, "time");
    requireNonNull(principal, "principal");
    requireNonNull(session, "session");
    requireNonNull(operation, "operation");
    requireNonNull(question, "question");
    requireNonNull(planHash, "planHash");
    requireNonNull(policyVersion, "policyVersion");
    frames = List.copyOf(frames);
    requireNonNull(code, "code");
    grounds = List.copyOf(grounds);
    requireNonNull(resultHash, "resultHash");
    requireNonNull(rowsOut, "rowsOut");
    if (!VERDICTS.contains(verdict)) {
      throw new IllegalArgumentException(
          "A verdict must be RELEASED, NEEDS_APPROVAL, REFUSED or FAILED. Provided value: "
              + verdict);
    }
  }
}
