package io.sallyport.spark.answer;

import io.sallyport.policy.audit.StoreUnavailableException;
import io.sallyport.policy.decision.Ground;
import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.decision.Verdict;
import io.sallyport.policy.ledger.Balance;
import io.sallyport.policy.ledger.ChargeOutcome;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.Demand;
import io.sallyport.policy.request.DeskException;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.release.NoiseWish;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an analyst is told when a question meets the desk. */
final class Refusals {

  private Refusals() {}

  static RefusedException refused(Verdict.Refuse verdict) {
    return new RefusedException(
        verdict
            .refusal()
            .orElseThrow(() -> new AssertionError("A verdict that is no release has a refusal")));
  }

  /** The question waits for owners, under the id of a request. */
  static RefusedException pending(ApprovalRequest request, List<Ground> grounds) {
    String frames =
        request.demands().stream().map(d -> d.frame().value()).collect(Collectors.joining(", "));
    Ground first = grounds.get(0);
    return new RefusedException(
        new Refusal(
            RefusalCode.APPROVAL_REQUIRED,
            "This needs the approval of the owner of %s; request %s is pending (%s: %s)"
                .formatted(frames, request.id(), first.code(), first.subject()),
            Optional.of(first.policy()),
            "the same query once request "
                + request.id()
                + " is approved; or at once, "
                + first.remedy()));
  }

  /** Who asks is the only one, or one of too few, who could let it through. */
  static RefusedException nobodyElse(Demand demand, List<Ground> grounds) {
    Ground first = grounds.get(0);
    String who =
        demand.votesNeeded() == 1
            ? "nobody but you may give it"
            : demand.votesNeeded() + " people other than you would have to, and there are fewer";
    return new RefusedException(
        new Refusal(
            RefusalCode.IDENTITY_MISMATCH,
            "This needs the approval of the owner of %s, and %s; nobody decides on their own request, so none is filed (%s: %s)"
                .formatted(demand.frame(), who, first.code(), first.subject()),
            Optional.of(first.policy()),
            "the same query once frame."
                + demand.frame()
                + ".reviewers names somebody else; or at once, "
                + first.remedy()));
  }

  /** The owner said no. */
  static RefusedException rejected(ApprovalRequest request) {
    return new RefusedException(
        new Refusal(
            RefusalCode.APPROVAL_REJECTED,
            "The owner rejected request %s: %s".formatted(request.id(), reason(request)),
            Optional.of(terms(request)),
            "another query, or the same one after " + request.expiresAt()));
  }

  /** The owner wants to know more. */
  static RefusedException returned(ApprovalRequest request) {
    return new RefusedException(
        new Refusal(
            RefusalCode.APPROVAL_RETURNED,
            "The owner returned request %s: %s".formatted(request.id(), reason(request)),
            Optional.of(terms(request)),
            "an answer to the owner: CALL sallyport.justify('" + request.id() + "', '...')"));
  }

  /** A budget does not have what the question costs. */
  static RefusedException exhausted(
      Price price, ChargeOutcome.Exhausted exhausted, BigDecimal least) {
    Balance balance = exhausted.balance();
    boolean buysNothing = balance.leftEpsilon().compareTo(least) < 0;
    String cheaper =
        balance.isDeltaSpent()
            ? "groups that are declared, which need no delta, "
            : buysNothing
                ? ""
                : "a smaller " + NoiseWish.EPSILON + ", fewer or coarser questions, ";
    String later =
        balance
            .budget()
            .window()
            .map(window -> "time (what was spent counts for " + window.toDays() + " days), ")
            .orElse("");
    return RefusedException.of(
        RefusalCode.BUDGET_EXHAUSTED,
        "this costs %s, and the budget of %s has %s left"
            .formatted(price.text(), balance.account(), balance.remaining()),
        cheaper
            + later
            + "a question that was answered before, which is free, or an owner who raises the budget");
  }

  static RefusedException of(DeskException e) {
    RefusalCode code =
        switch (e.kind()) {
          case LIMIT -> RefusalCode.LIMIT_EXCEEDED;
          case NOT_ENTITLED, OWN_REQUEST -> RefusalCode.IDENTITY_MISMATCH;
          case UNKNOWN, NOT_OPEN, CHANGED, ALREADY_VOTED, INVALID -> RefusalCode.PARAM_INVALID;
        };
    return RefusedException.of(code, e.subject(), e.remedy());
  }

  static RefusedException storeUnavailable(StoreUnavailableException cause) {
    RefusedException unavailable =
        RefusedException.of(
            RefusalCode.STORE_UNAVAILABLE,
            "the store of requests and results cannot be reached, so nothing new is released",
            "the same question when the operator has repaired the store");
    unavailable.initCause(cause);
    return unavailable;
  }

  private static String reason(ApprovalRequest request) {
    return request.reason().orElse("no reason was given");
  }

  private static String terms(ApprovalRequest request) {
    return "terms version " + request.key().termsVersion();
  }
}
