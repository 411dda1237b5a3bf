package io.sallyport.spark.answer;

import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.decision.Ground;
import io.sallyport.policy.principal.Principals;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.record.Shown;
import io.sallyport.spark.release.ApprovalNeeded;
import io.sallyport.spark.release.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** From a judged question to what leaves: released by the policy, or by the owners. */
public final class Answers {

  private final DurableState durable;
  private final Releasing releasing;
  private final Approvals approvals;
  private final Failures failures;

  /**
   * @param principals those who may come in at the moment
   */
  public Answers(DurableState durable, Supplier<Principals> principals) {
    this.durable = durable;
    this.releasing = new Releasing(durable);
    this.approvals = new Approvals(durable, principals);
    this.failures = new Failures(durable);
  }

  /**
   * What the one who asks may have.
   *
   * @throws RefusedException when that is nothing, or nothing yet
   */
  public Answer answer(Inquiry inquiry) {
    return answer(inquiry, Optional.empty());
  }

  /**
   * The same, where the exact result was made before.
   *
   * @param known an artifact about exactly this question that awaits approval
   */
  Answer answer(Inquiry inquiry, Optional<Artifact> known) {
    return inquiry
        .judged()
        .verdict()
        .fold(
            release -> failures.counted(inquiry, () -> released(inquiry, known)),
            asks ->
                failures.counted(inquiry, () -> approvals.answer(inquiry, asks.grounds(), known)),
            refuse -> {
              throw Refusals.refused(refuse);
            });
  }

  private Answer released(Inquiry inquiry, Optional<Artifact> known) {
    List<Ground> grounds;
    try {
      Releasing.Charged charged = releasing.run(inquiry);
      Outcome outcome = charged.outcome();
      return new Answer(
          outcome.plan(),
          new Shown(
              durable.files().names().of(outcome.digest()),
              outcome.rows(),
              Optional.empty(),
              Optional.empty(),
              charged.cost()));
    } catch (ApprovalNeeded e) {
      grounds = e.grounds();
    }
    return approvals.answer(inquiry, grounds, known);
  }
}
