package io.sallyport.connect.desk;

import io.sallyport.policy.audit.AuditEntry;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.ledger.AnalystSpending;
import io.sallyport.policy.ledger.Balance;
import io.sallyport.policy.principal.Credential;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.SeenRequest;
import java.util.List;
import java.util.Optional;

/**
 * What a governed server does for the desk. It gives everybody what they decide on and nothing
 * else, whatever the desk asks, and has on record whatever it does.
 *
 * <p>Safe for threads. Every method may throw {@link DeskRefusal}.
 */
public interface DeskService {

  /** Whose token this is; empty when it is nobody's, or has expired. */
  Optional<Credential> authenticate(String token);

  /** Whether what was proved once is still so. */
  boolean isInForce(Credential credential);

  /** Somebody was turned away; said without their token. */
  void turnedAway(String what);

  /** Something went wrong; the reason may quote rows, and is for the operator alone. */
  void trouble(String what, Throwable reason);

  /** The terms in force. */
  PolicySet policies();

  /** Why the terms as they are written now are not in force; empty when they are. */
  Optional<String> policyProblem();

  /** The newest requests on which a person decides, the newest first. */
  List<ApprovalRequest> requests(Principal person);

  /** A request with some rows of its result, from the first one wanted on, which is 0 or more. */
  RequestFile file(Principal person, String id, int first, int most);

  /** Has it on record that a person is about to read the result of a request. */
  void reads(Principal person, String id);

  /**
   * Makes a decision, which is on record before it takes effect; the request after it.
   *
   * @param seen what the person had read: about anything else nothing is decided
   */
  ApprovalRequest decide(
      Principal person, String id, Decision decision, String words, SeenRequest seen);

  /** How the budgets stand on whose frames a person decides. */
  List<Balance> balances(Principal person);

  /** What each analyst's questions took of them. */
  List<AnalystSpending> spending(Principal person);

  /** The newest of what was asked about the frames on which a person decides, oldest first. */
  List<AuditEntry> activity(Principal person, int newest);

  /** What a person can say to a request. */
  enum Decision {
    APPROVE,
    REJECT,
    RETURN
  }
}
