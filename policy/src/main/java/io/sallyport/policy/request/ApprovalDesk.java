package io.sallyport.policy.request;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.store.Store;
import io.sallyport.policy.store.StoredText;
import io.sallyport.policy.store.StoredTime;
import io.sallyport.policy.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where requests for approval are filed and decided. Safe for threads.
 *
 * <p>Guarantees: a request and its artifact are filed together or not at all. A principal has at
 * most one open request about one plan, however many file at once. A request is approved only when
 * for every frame as many different people as needed agreed to what stands in it, none of them the
 * one who asks; of two decisions at once one is made and the other is told NOT_OPEN. What was
 * decided stays so. A request past its end is expired to every reader. Times are kept to the
 * microsecond.
 *
 * <p>Every method throws {@link io.sallyport.policy.audit.StoreUnavailableException} when the store
 * does not answer.
 */
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

  /**
   * Files a request with its artifact, and yields the one that is open afterwards.
   *
   * <p>When one with an equal key is open, that one is it, and nothing is added; if it was given
   * back and the justification is a new one, it is pending again. One about the same plan under
   * other terms or of other data expires.
   *
   * @throws DeskException LIMIT when the principal would have too many open requests, or too many
   *     or too large artifacts; INVALID when a text is too long or cannot be stored
   */
  public ApprovalRequest file(NewRequest request) {
    NewRequest checked = Filing.checked(request);
    return store.inTransaction(tx -> new Filing(tx, terms, now()).file(checked));
  }

  /** The request of this id. */
  public Optional<ApprovalRequest> find(String id) {
    return StoredText.isStorable(id)
        ? store.inTransaction(tx -> new RequestReader(tx, now()).find(id))
        : Optional.empty();
  }

  /** The principal's newest request about this plan, by the time of filing. */
  public Optional<ApprovalRequest> newest(String principal, String planHash) {
    return store.inTransaction(tx -> new RequestReader(tx, now()).newest(principal, planHash));
  }

  /** The requests that the filter lets through, newest first. */
  public List<ApprovalRequest> list(RequestFilter filter) {
    return store.inTransaction(tx -> new RequestReader(tx, now()).list(filter));
  }

  /** How many requests wait for their deciders. */
  public long pending() {
    return store.inTransaction(tx -> new RequestReader(tx, now()).countPending());
  }

  /**
   * A decider agrees, for every frame on which the decider may vote and has not. When nothing more
   * is needed the request is approved, and its artifact lives on from now.
   *
   * @throws DeskException UNKNOWN, OWN_REQUEST, NOT_ENTITLED, NOT_OPEN, ALREADY_VOTED; INVALID when
   *     the comment cannot be stored or the artifact is gone
   */
  public ApprovalRequest approve(String id, Principal decider, String comment) {
    return approve(id, decider, comment, Optional.empty());
  }

  /**
   * The same, about what the decider had read.
   *
   * @param seen what was read; empty for the request as it stands
   * @throws DeskException besides, CHANGED when the request is not that any more
   */
  public ApprovalRequest approve(
      String id, Principal decider, String comment, Optional<SeenRequest> seen) {
    String words = Refusals.requireText("comment", comment);
    return decide(id, deciding -> deciding.about(seen).approve(decider, words, terms));
  }

  /**
   * A decider does not agree: the request is rejected.
   *
   * @throws DeskException UNKNOWN, OWN_REQUEST, NOT_ENTITLED, NOT_OPEN; INVALID when the reason is
   *     missing or cannot be stored
   */
  public ApprovalRequest reject(String id, Principal decider, String reason) {
    return reject(id, decider, reason, Optional.empty());
  }

  /**
   * The same, about what the decider had read.
   *
   * @param seen what was read; empty for the request as it stands
   * @throws DeskException besides, CHANGED when the request is not that any more
   */
  public ApprovalRequest reject(
      String id, Principal decider, String reason, Optional<SeenRequest> seen) {
    String words = Refusals.requireWords("reason", reason);
    return decide(id, deciding -> deciding.about(seen).reject(decider, words));
  }

  /**
   * A decider asks for more: the request is given back to its principal. It can still be decided.
   *
   * @throws DeskException UNKNOWN, OWN_REQUEST, NOT_ENTITLED, NOT_OPEN; INVALID when the comment is
   *     missing or cannot be stored
   */
  public ApprovalRequest giveBack(String id, Principal decider, String comment) {
    return giveBack(id, decider, comment, Optional.empty());
  }

  /**
   * The same, about what the decider had read.
   *
   * @param seen what was read; empty for the request as it stands
   * @throws DeskException besides, CHANGED when the request is not that any more
   */
  public ApprovalRequest giveBack(
      String id, Principal decider, String comment, Optional<SeenRequest> seen) {
    String words = Refusals.requireWords("comment", comment);
    return decide(id, deciding -> deciding.about(seen).giveBack(decider, words));
  }

  /**
   * Its principal takes it back.
   *
   * @throws DeskException UNKNOWN, NOT_ENTITLED, NOT_OPEN
   */
  public ApprovalRequest withdraw(String id, Principal requester) {
    return decide(id, deciding -> deciding.withdraw(requester));
  }

  /**
   * Its principal says anew why. It is pending, and who had agreed has to agree again.
   *
   * @throws DeskException UNKNOWN, NOT_ENTITLED, NOT_OPEN; INVALID when the justification is
   *     missing or cannot be stored
   */
  public ApprovalRequest justify(String id, Principal requester, String justification) {
    String words = Refusals.requireWords("justification", justification);
    return decide(id, deciding -> deciding.justify(requester, words));
  }

  /** Closes every open request that is past its end; tells how many. */
  public int expire() {
    return store.inTransaction(tx -> new RequestRows(tx, now()).expire());
  }

  /**
   * Under changed terms the request still needs approval, by these votes: request and artifact are
   * about the new terms, and who had agreed has to agree again. Does nothing when nothing changed.
   *
   * @throws DeskException UNKNOWN, NOT_OPEN; INVALID when the artifact is gone
   * @throws IllegalArgumentException when the version or the demands are none
   */
  public ApprovalRequest rejudged(String id, String termsVersion, List<Demand> demands) {
    QuestionKey.requireText("terms version", termsVersion);
    List<Demand> checked = NewRequest.requireDemands(demands);
    return decide(id, deciding -> deciding.rejudged(termsVersion, checked));
  }

  /**
   * Changed terms leave nothing to decide: the request is closed. Terms never approve a request.
   *
   * @throws DeskException UNKNOWN, NOT_OPEN; INVALID when the reason is missing or cannot be stored
   * @throws IllegalArgumentException when the state is open or approved
   */
  public ApprovalRequest closeByPolicy(String id, RequestState state, String reason) {
    if (state.isOpen() || state == RequestState.APPROVED) {
      throw new IllegalArgumentException(
          "A policy can close a request as rejected, withdrawn or expired. Provided value: "
              + state);
    }
    String words = Refusals.requireWords("reason", reason);
    return decide(id, deciding -> deciding.closeByPolicy(state, words));
  }

  private interface Step {
    ApprovalRequest take(Deciding deciding) throws SQLException;
  }

  private ApprovalRequest decide(String id, Step step) {
    if (!StoredText.isStorable(id)) {
      throw Refusals.unknown(id);
    }
    return store.inTransaction((Transaction tx) -> step.take(Deciding.on(tx, now(), id)));
  }

  private Instant now() {
    return StoredTime.toMicros(clock.instant());
  }
}
