package io.sallyport.spark;

import io.sallyport.policy.audit.AuditEntry;
import io.sallyport.policy.audit.StoreUnavailableException;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.ledger.AnalystSpending;
import io.sallyport.policy.ledger.Balance;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.SeenRequest;
import io.sallyport.spark.answer.OwnerDesk;
import io.sallyport.spark.answer.Review;
import io.sallyport.spark.answer.ReviewFile;
import io.sallyport.spark.record.AuditTrail;
import io.sallyport.spark.release.OpenedPort;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What owners and reviewers see and do, for whatever serves them: the same desk as that of the
 * procedures. Everybody sees what they decide on and nothing else.
 *
 * <p>Throws {@link RefusedException} and nothing else that a person may cause. Thread-safe.
 */
public final class DeskQueries {

  private final AuditTrail audit;
  private final OwnerDesk desk;
  private final Review review;
  private final Supplier<OpenedPort> port;
  private final Supplier<String> problem;

  DeskQueries(
      AuditTrail audit,
      OwnerDesk desk,
      Review review,
      Supplier<OpenedPort> port,
      Supplier<String> problem) {
    this.audit = audit;
    this.desk = desk;
    this.review = review;
    this.port = port;
    this.problem = problem;
  }

  /** The terms in force. */
  public PolicySet policies() {
    return port.get().policies();
  }

  /** Why the terms as they are written now are not in force; empty when they are. */
  public Optional<String> policyProblem() {
    return Optional.of(problem.get()).filter(text -> !text.isEmpty());
  }

  /** The newest requests on which a person decides. */
  public List<ApprovalRequest> requests(Principal person) {
    return review.requests(person);
  }

  /** A request and some rows of its result. */
  public ReviewFile file(Asking asking, String id, int first, int most) {
    return review.file(asking, id, first, most);
  }

  /** About what was read and nothing else. */
  public ApprovalRequest approve(Asking asking, String id, String comment, SeenRequest seen) {
    return desk.approve(asking, id, comment, Optional.of(seen));
  }

  /** About what was read and nothing else. */
  public ApprovalRequest reject(Asking asking, String id, String reason, SeenRequest seen) {
    return desk.reject(asking, id, reason, Optional.of(seen));
  }

  /** About what was read and nothing else. */
  public ApprovalRequest giveBack(Asking asking, String id, String comment, SeenRequest seen) {
    return desk.giveBack(asking, id, comment, Optional.of(seen));
  }

  /** Has it on record that somebody is about to read the result of a request. */
  public void reads(Asking asking, String id) {
    desk.reads(asking, id);
  }

  public List<Balance> balances(Principal person) {
    return review.balances(person);
  }

  public List<AnalystSpending> spending(Principal person) {
    return review.spending(person);
  }

  /** The newest of what was asked about the frames on which a person decides. */
  public List<AuditEntry> activity(Principal person, int newest) {
    try {
      return port.get().systemTables().record(person, newest);
    } catch (StoreUnavailableException e) {
      throw RefusedException.of(
          RefusalCode.STORE_UNAVAILABLE,
          "the record cannot be read",
          "the same when the operator has repaired the store");
    }
  }

  /** Somebody came whom nobody knows, or who decides on nothing. */
  public void stranger(String what) {
    audit.strangers(what);
  }
}
