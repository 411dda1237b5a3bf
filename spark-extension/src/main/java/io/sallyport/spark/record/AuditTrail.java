package io.sallyport.spark.record;

import io.sallyport.policy.audit.AuditLog;
import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.audit.StoreUnavailableException;
import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.Asking;
import io.sallyport.spark.RefusedException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** Writes what became of each question, before the analyst learns it. Thread-safe. */
public final class AuditTrail {

  private static final Set<RefusalCode> ASKED =
      Set.of(
          RefusalCode.APPROVAL_REQUIRED,
          RefusalCode.APPROVAL_REJECTED,
          RefusalCode.APPROVAL_RETURNED);

  private final AuditLog audit;
  private final Supplier<String> policyVersion;
  private final Clock clock;

  /**
   * A trail into a log.
   *
   * @param policyVersion the version of the policies in force
   */
  public AuditTrail(AuditLog audit, Supplier<String> policyVersion, Clock clock) {
    this.audit = audit;
    this.policyVersion = policyVersion;
    this.clock = clock;
  }

  /**
   * Rows are about to leave.
   *
   * @throws RefusedException STORE_UNAVAILABLE when the record cannot be kept: then nothing leaves
   */
  public void released(Asking asking, QuestionText question, Shown shown) {
    append(
        asking,
        question,
        "RELEASED",
        new Became(
            Optional.empty(),
            List.of(),
            Optional.of(shown.resultHash()),
            OptionalLong.of(shown.rows()),
            shown.request(),
            shown.decision(),
            shown.cost()));
  }

  /**
   * A result was made and stays in the store.
   *
   * @throws RefusedException STORE_UNAVAILABLE when the record cannot be kept
   */
  public void stored(
      Asking asking, QuestionText question, Optional<String> resultHash, Optional<String> cost) {
    append(
        asking,
        question,
        "STORED",
        new Became(
            Optional.empty(),
            List.of(),
            resultHash,
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            cost));
  }

  /** Nothing left; or the question was put before owners. */
  public void refused(Asking asking, QuestionText question, Refusal refusal) {
    append(
        asking,
        question,
        verdict(refusal.code()),
        new Became(
            Optional.of(refusal.code().name()),
            List.of(refusal.text()),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  /**
   * Somebody decides on a request. Written before the decision takes effect: a decision without a
   * record cannot be.
   *
   * @throws RefusedException STORE_UNAVAILABLE when the record cannot be kept: then nothing is
   *     decided
   */
  public void decides(Asking asking, QuestionText question, String request, String decision) {
    append(
        asking,
        question,
        "DECIDED",
        new Became(
            Optional.empty(),
            List.of(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.of(request),
            Optional.of(decision),
            Optional.empty()));
  }

  /**
   * An owner decides on somebody, not on a request. Written before it takes effect.
   *
   * @throws RefusedException STORE_UNAVAILABLE when the record cannot be kept
   */
  public void decides(Asking asking, QuestionText question, String decision) {
    append(
        asking,
        question,
        "DECIDED",
        new Became(
            Optional.empty(),
            List.of(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.of(decision),
            Optional.empty()));
  }

  /** Something became of the policies themselves, for the owners of these frames to read. */
  public void policy(Asking asking, String what, List<String> frames) {
    append(
        asking,
        QuestionText.of(what).about(frames),
        "POLICY",
        new Became(
            Optional.empty(),
            List.of(what),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private static String verdict(RefusalCode code) {
    if (ASKED.contains(code)) {
      return "NEEDS_APPROVAL";
    }
    return code == RefusalCode.QUERY_FAILED ? "FAILED" : "REFUSED";
  }

  private record Became(
      Optional<String> code,
      List<String> grounds,
      Optional<String> resultHash,
      OptionalLong rows,
      Optional<String> request,
      Optional<String> decision,
      Optional<String> cost) {}

  private void append(Asking asking, QuestionText question, String verdict, Became became) {
    try {
      audit.append(
          new AuditRecord(
              clock.instant(),
              asking.principal().name(),
              asking.session(),
              asking.operation(),
              question.text(),
              question.hash(),
              policyVersion.get(),
              question.frames(),
              verdict,
              became.code(),
              became.grounds(),
              became.resultHash(),
              became.rows(),
              became.request(),
              became.decision(),
              became.cost()));
    } catch (StoreUnavailableException e) {
      throw RefusedException.of(
          RefusalCode.STORE_UNAVAILABLE,
          "the audit log cannot be written, so nothing is released",
          "the same question when the operator has repaired the store");
    }
  }
}
