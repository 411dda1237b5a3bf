package io.sallyport.policy.request;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Where requests for approval are filed and decided. Safe for threads. */
public final class ApprovalDesk {
  private final Store store;
  private final Clock clock;
  private final ApprovalTerms terms;

  /** The desk in this store. */
  public ApprovalDesk(Store store, Clock clock, ApprovalTerms terms) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
    this.terms = requireNonNull(terms, "terms");
  }

  /** Files a request with its artifact. */
  public ApprovalRequest file(NewRequest request) {
    return unfinished(request);
  }

  /** The request of this id. */
  public Optional<ApprovalRequest> find(String id) {
    return unfinished(id);
  }

  /** The principal's newest request about this plan. */
  public Optional<ApprovalRequest> newest(String principal, String planHash) {
    return unfinished(principal + planHash);
  }

  /** The requests that the filter lets through, newest first. */
  public List<ApprovalRequest> list(RequestFilter filter) {
    return unfinished(filter);
  }

  /** A decider agrees. */
  public ApprovalRequest approve(String id, Principal decider, String comment) {
    return unfinished(id + decider + comment);
  }

  /** A decider does not agree. */
  public ApprovalRequest reject(String id, Principal decider, String reason) {
    return unfinished(id + decider + reason);
  }

  /** A decider asks for more. */
  public ApprovalRequest giveBack(String id, Principal decider, String comment) {
    return unfinished(id + decider + comment);
  }

  /** Its principal takes it back. */
  public ApprovalRequest withdraw(String id, Principal requester) {
    return unfinished(id + requester);
  }

  /** Its principal says anew why. */
  public ApprovalRequest justify(String id, Principal requester, String justification) {
    return unfinished(id + requester + justification);
  }

  /** Closes every open request whose time has passed. */
  public int expire() {
    return unfinished("expire");
  }

  /** The request needs other votes under changed policies. */
  public ApprovalRequest rejudged(String id, String termsVersion, List<Demand> demands) {
    return unfinished(id + termsVersion + demands);
  }

  /** Changed policies leave nothing to decide. */
  public ApprovalRequest closeByPolicy(String id, RequestState state, String reason) {
    return unfinished(id + state + reason);
  }

  @SuppressWarnings("TypeParameterUnusedInFormals")
  private <T> T unfinished(Object what) {
    return store.inTransaction(
        transaction -> {
          throw new java.sql.SQLException(clock + " " + terms + " " + what);
        });
  }
}
