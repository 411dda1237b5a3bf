package io.sallyport.spark.answer;

import io.sallyport.policy.decision.Ground;
import io.sallyport.policy.decision.Judge;
import io.sallyport.policy.decision.Verdict;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.question.Question;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.RequestFilter;
import io.sallyport.policy.request.RequestState;
import io.sallyport.spark.release.Verdicts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges open requests again when policies have changed. A request that still needs approval goes
 * on under the new terms, its votes void; one that the policy now decides by itself is closed.
 */
public final class Rejudge {

  private static final int ALL = 100_000;

  private final Judge judge = new Judge();
  private final DurableState durable;

  public Rejudge(DurableState durable) {
    this.durable = durable;
  }

  /** Every open request whose frames' terms are not those it was filed under. */
  public void all(PolicySet policies) {
    for (RequestState state : List.of(RequestState.PENDING, RequestState.RETURNED)) {
      durable
          .desk()
          .list(new RequestFilter(Optional.of(state), Optional.empty(), ALL))
          .forEach(request -> again(request, policies));
    }
  }

  private void again(ApprovalRequest request, PolicySet policies) {
    JudgedQuestion judged = JudgedQuestion.parse(request.judgedQuestion());
    String terms = policies.versionOf(judged.frames());
    if (terms.equals(request.key().termsVersion())) {
      return;
    }
    if (!policies.structureVersionOf(judged.frames()).equals(judged.structure())) {
      close(request, RequestState.EXPIRED, "its frames were defined anew; ask again");
      return;
    }
    List<Verdict> verdicts = new ArrayList<>();
    for (Question question : judged.questions()) {
      verdicts.add(judge.judge(question, policies));
    }
    Verdict verdict = Verdicts.strictest(verdicts, policies);
    verdict.fold(
        release ->
            close(
                request,
                RequestState.EXPIRED,
                "the policy changed and may release it by itself; ask again"),
        asks -> goesOn(request, terms, asks.grounds(), policies),
        refuse ->
            close(
                request,
                RequestState.REJECTED,
                "the policy changed and refuses it: " + refuse.grounds().get(0).subject()));
  }

  private ApprovalRequest goesOn(
      ApprovalRequest request, String terms, List<Ground> grounds, PolicySet policies) {
    return durable.desk().rejudged(request.id(), terms, Demands.of(grounds, policies));
  }

  private ApprovalRequest close(ApprovalRequest request, RequestState state, String reason) {
    return durable.desk().closeByPolicy(request.id(), state, reason);
  }
}
