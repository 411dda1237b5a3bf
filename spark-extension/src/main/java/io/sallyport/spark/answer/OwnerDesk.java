package io.sallyport.spark.answer;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.Demand;
import io.sallyport.policy.request.SeenRequest;
import io.sallyport.spark.Asking;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.artifact.ArtifactContent;
import io.sallyport.spark.record.AuditTrail;
import io.sallyport.spark.record.QuestionText;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What people do with requests: deciding, withdrawing, giving reasons. Every act is on record
 * before it takes effect, and so is every attempt that is refused.
 */
public final class OwnerDesk {

  private final DurableState durable;
  private final AuditTrail audit;
  private final Supplier<PolicySet> policies;
  private final Stored stored;
  private final Failures failures;

  public OwnerDesk(DurableState durable, AuditTrail audit, Supplier<PolicySet> policies) {
    this.durable = durable;
    this.audit = audit;
    this.policies = policies;
    this.stored = new Stored(durable);
    this.failures = new Failures(durable);
  }

  /**
   * Agrees that the stored result of a request goes to its principal.
   *
   * @throws RefusedException when the one who decides may not, the request is not open, or its
   *     stored result is not what it was
   */
  public ApprovalRequest approve(Asking asking, String id, String comment) {
    return approve(asking, id, comment, Optional.empty());
  }

  /** The same, about what was read and nothing else. */
  public ApprovalRequest approve(
      Asking asking, String id, String comment, Optional<SeenRequest> seen) {
    return decides(
        asking,
        id,
        "approves" + quoted(comment),
        request -> {
          requireEntitled(request, asking.principal());
          requireWhole(request);
        },
        () -> durable.desk().approve(id, asking.principal(), comment, seen));
  }

  /** Does not agree, and says why. */
  public ApprovalRequest reject(Asking asking, String id, String reason) {
    return reject(asking, id, reason, Optional.empty());
  }

  /** The same, about what was read and nothing else. */
  public ApprovalRequest reject(
      Asking asking, String id, String reason, Optional<SeenRequest> seen) {
    return decides(
        asking,
        id,
        "rejects" + quoted(reason),
        request -> requireEntitled(request, asking.principal()),
        () -> durable.desk().reject(id, asking.principal(), reason, seen));
  }

  /** Asks the requester for more. */
  public ApprovalRequest giveBack(Asking asking, String id, String comment) {
    return giveBack(asking, id, comment, Optional.empty());
  }

  /** The same, about what was read and nothing else. */
  public ApprovalRequest giveBack(
      Asking asking, String id, String comment, Optional<SeenRequest> seen) {
    return decides(
        asking,
        id,
        "returns" + quoted(comment),
        request -> requireEntitled(request, asking.principal()),
        () -> durable.desk().giveBack(id, asking.principal(), comment, seen));
  }

  /** Takes one's own request back. */
  public ApprovalRequest withdraw(Asking asking, String id) {
    return decides(
        asking,
        id,
        "withdraws",
        request -> requireOwn(request, asking.principal()),
        () -> durable.desk().withdraw(id, asking.principal()));
  }

  /** Says anew why one asks. */
  public ApprovalRequest justify(Asking asking, String id, String justification) {
    return decides(
        asking,
        id,
        "justifies" + quoted(justification),
        request -> requireOwn(request, asking.principal()),
        () -> durable.desk().justify(id, asking.principal(), justification));
  }

  /**
   * Lets somebody ask again of whom too many questions failed, about the frames on whose requests
   * one decides.
   */
  Procedures.Done clearFailures(Asking asking, String principal) {
    QuestionText text = QuestionText.of("failures of " + principal);
    try {
      audit.decides(asking, text, asking.principal().name() + " clears failures of " + principal);
      int cleared = failures.clear(asking.principal(), principal, policies.get());
      return new Procedures.Done(Optional.empty(), principal, "CLEARED", cleared + " failures");
    } catch (RefusedException e) {
      audit.refused(asking, text, e.refusal());
      throw e;
    }
  }

  /**
   * Somebody is about to read the result of a request on which they decide.
   *
   * @throws RefusedException when there is none of this id for them, or it cannot be recorded: then
   *     nothing is shown
   */
  public void reads(Asking asking, String id) {
    ApprovalRequest request = find(asking, id);
    if (!isEntitled(request, asking.principal())) {
      throw unknown();
    }
    audit.reads(asking, question(request), id);
  }

  private static QuestionText question(ApprovalRequest request) {
    return new QuestionText(
        request.question(),
        request.key().planHash(),
        request.demands().stream().map(demand -> demand.frame().value()).toList());
  }

  /** One's own request, or one that one may decide on. */
  public ApprovalRequest find(Asking asking, String id) {
    return durable
        .at(() -> durable.desk().find(id))
        .filter(request -> isVisible(request, asking.principal()))
        .orElseThrow(OwnerDesk::unknown);
  }

  /** Whether a person may see a request: its requester, and whoever may decide on it. */
  static boolean isVisible(ApprovalRequest request, Principal person) {
    return isOwn(request, person) || isEntitled(request, person);
  }

  static boolean isEntitled(ApprovalRequest request, Principal person) {
    return !isOwn(request, person)
        && request.demands().stream().anyMatch((Demand d) -> d.mayBeDecidedBy(person));
  }

  /** Whether a person may decide for every frame of a request, so that the whole is theirs. */
  static boolean isEntitledToAll(ApprovalRequest request, Principal person) {
    return isEntitled(request, person)
        && request.demands().stream().allMatch((Demand d) -> d.mayBeDecidedBy(person));
  }

  private interface Check {
    void on(ApprovalRequest request);
  }

  private ApprovalRequest decides(
      Asking asking, String id, String act, Check check, Supplier<ApprovalRequest> deed) {
    QuestionText text = QuestionText.of("request " + id);
    try {
      ApprovalRequest request = find(asking, id);
      text = question(request);
      check.on(request);
      audit.decides(asking, text, id, asking.principal().name() + " " + act);
      return durable.at(deed);
    } catch (RefusedException e) {
      audit.refused(asking, text, e.refusal());
      throw e;
    }
  }

  private static void requireEntitled(ApprovalRequest request, Principal person) {
    if (isOwn(request, person)) {
      throw RefusedException.of(
          RefusalCode.IDENTITY_MISMATCH,
          "nobody decides on their own request",
          "a decision by another owner");
    }
    if (!isEntitled(request, person)) {
      throw unknown();
    }
  }

  private static void requireOwn(ApprovalRequest request, Principal person) {
    if (!isOwn(request, person)) {
      throw RefusedException.of(
          RefusalCode.IDENTITY_MISMATCH,
          "only the one who filed a request withdraws or justifies it",
          "a decision: approve, reject or return it");
    }
  }

  /** What is approved is one result: it is there, whole, and has its rows. */
  private void requireWhole(ApprovalRequest request) {
    requireRows(stored.read(request.artifactId(), request.resultHash()));
  }

  /**
   * @throws RefusedException LIMIT_EXCEEDED for a result that was too large to be kept
   */
  static void requireRows(ArtifactContent content) {
    if (Stored.isTooLarge(content)) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "the result has more rows than the operator allows a result to have, so none of them were"
              + " kept and it cannot be approved",
          "a rejection that asks for fewer rows");
    }
  }

  private static boolean isOwn(ApprovalRequest request, Principal person) {
    return request.key().principal().equals(person.name());
  }

  private static String quoted(String words) {
    return Optional.of(words).filter(text -> !text.isBlank()).map(text -> ": " + text).orElse("");
  }

  static RefusedException unknown() {
    return RefusedException.of(
        RefusalCode.PARAM_INVALID,
        "there is no request of this id that is yours or for you to decide",
        "an id of SELECT request FROM sallyport.requests");
  }
}
