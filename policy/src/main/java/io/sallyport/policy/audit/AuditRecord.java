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
 * @param verdict one of {@link #VERDICTS}
 * @param code the refusal code, when there was one
 * @param grounds the reasons, in words
 * @param resultHash names the exact result that left
 * @param rowsOut how many rows left
 * @param request the approval request that it is about
 * @param decision who decided on that request, how and why
 * @param cost what it was charged to a budget
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
    OptionalLong rowsOut,
    Optional<String> request,
    Optional<String> decision,
    Optional<String> cost) {

  /**
   * RELEASED: rows left. STORED: a result was made and stays here. NEEDS_APPROVAL: it was put
   * before owners. READ: somebody who decides on it read its result. DECIDED: somebody decided on a
   * request. REFUSED and FAILED: nothing left. EXPLAINED: somebody was told what would become of a
   * question. DESCRIBED: of what type a plan's columns are. POLICY: the terms changed.
   */
  public static final Set<String> VERDICTS =
      Set.of(
          "RELEASED",
          "STORED",
          "NEEDS_APPROVAL",
          "READ",
          "DECIDED",
          "REFUSED",
          "FAILED",
          "EXPLAINED",
          "DESCRIBED",
          "POLICY");

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
    requireNonNull(request, "request");
    requireNonNull(decision, "decision");
    requireNonNull(cost, "cost");
    if (!VERDICTS.contains(verdict)) {
      throw new IllegalArgumentException("There is no such verdict: " + verdict);
    }
  }
}
