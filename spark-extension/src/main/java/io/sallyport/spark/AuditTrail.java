package io.sallyport.spark;

import io.sallyport.policy.audit.AuditLog;
import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.audit.StoreUnavailableException;
import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.spark.release.Outcome;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes what became of each question, before the analyst learns it. */
final class AuditTrail {

  private final AuditLog audit;
  private final PolicySet policies;
  private final Clock clock;

  AuditTrail(AuditLog audit, PolicySet policies, Clock clock) {
    this.audit = audit;
    this.policies = policies;
    this.clock = clock;
  }

  /**
   * @throws RefusedException STORE_UNAVAILABLE when the record cannot be kept: then nothing leaves
   */
  void released(Asking asking, QuestionText question, Outcome outcome) {
    append(
        asking,
        question,
        "RELEASED",
        Optional.empty(),
        List.of(),
        Optional.of(outcome.resultHash()),
        OptionalLong.of(outcome.rows()));
  }

  void refused(Asking asking, QuestionText question, Refusal refusal) {
    append(
        asking,
        question,
        refusal.code() == RefusalCode.QUERY_FAILED ? "FAILED" : "REFUSED",
        Optional.of(refusal.code().name()),
        List.of(refusal.text()),
        Optional.empty(),
        OptionalLong.empty());
  }

  private void append(
      Asking asking,
      QuestionText question,
      String verdict,
      Optional<String> code,
      List<String> grounds,
      Optional<String> resultHash,
      OptionalLong rows) {
    try {
      audit.append(
          new AuditRecord(
              clock.instant(),
              asking.principal().name(),
              asking.session(),
              asking.operation(),
              question.text(),
              question.hash(),
              policies.version(),
              question.frames(),
              verdict,
              code,
              grounds,
              resultHash,
              rows));
    } catch (StoreUnavailableException e) {
      throw RefusedException.of(
          RefusalCode.STORE_UNAVAILABLE,
          "the audit log cannot be written, so nothing is released",
          "the same question when the operator has repaired the store");
    }
  }
}
