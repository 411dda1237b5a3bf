package io.sallyport.policy.request;

import io.sallyport.policy.artifact.ArtifactRows;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one person does about one request, in one transaction that has the request locked. */
final class Deciding {
  private final Transaction transaction;
  private final Instant now;
  private final RequestRows rows;
  private final RequestReader reader;
  private final ApprovalRequest request;
  private final Optional<SeenRequest> read;

  private Deciding(
      Transaction transaction, Instant now, ApprovalRequest request, Optional<SeenRequest> read) {
    this.transaction = transaction;
    this.now = now;
    this.rows = new RequestRows(transaction, now);
    this.reader = new RequestReader(transaction, now);
    this.request = request;
    this.read = read;
  }

  /**
   * Locks the request.
   *
   * @throws DeskException UNKNOWN when there is none of this id
   */
  static Deciding on(Transaction transaction, Instant now, String id) throws SQLException {
    ApprovalRequest request =
        new RequestReader(transaction, now).lock(id).orElseThrow(() -> Refusals.unknown(id));
    return new Deciding(transaction, now, request, Optional.empty());
  }

  /**
   * The same, for a decider who had read this.
   *
   * @param read what was read; empty when that is not said
   */
  Deciding about(Optional<SeenRequest> read) {
    return new Deciding(transaction, now, request, read);
  }

  ApprovalRequest approve(Principal decider, String comment, ApprovalTerms terms)
      throws SQLException {
    requireDecider(decider);
    Ballot ballot = new Ballot(request.demands(), request.votes());
    List<FrameName> frames = ballot.openFramesOf(decider);
    if (frames.isEmpty()) {
      throw Refusals.alreadyVoted(request);
    }
    List<Vote> votes = vote(frames, decider, true, comment);
    if (ballot.with(votes).isCarried()) {
      rows.close(request.id(), RequestState.APPROVED, Optional.empty());
      Instant end = now.plus(terms.artifactsLive());
      if (!ArtifactRows.keepUntil(transaction, request.artifactId(), end)) {
        throw Refusals.resultIsGone(request);
      }
    }
    return reread();
  }

  ApprovalRequest reject(Principal decider, String reason) throws SQLException {
    requireDecider(decider);
    vote(new Ballot(request.demands(), request.votes()).framesOf(decider), decider, false, reason);
    rows.close(request.id(), RequestState.REJECTED, Optional.of(reason));
    return reread();
  }

  ApprovalRequest giveBack(Principal decider, String comment) throws SQLException {
    requireDecider(decider);
    rows.giveBack(request.id(), comment);
    return reread();
  }

  ApprovalRequest withdraw(Principal requester) throws SQLException {
    requireRequester(requester);
    rows.close(request.id(), RequestState.WITHDRAWN, Optional.empty());
    return reread();
  }

  /** Votes were for the words that their voters had read. */
  ApprovalRequest justify(Principal requester, String justification) throws SQLException {
    requireRequester(requester);
    if (request.state() == RequestState.RETURNED
        || !justification.equals(request.justification())) {
      rows.justify(request.id(), justification);
    }
    return reread();
  }

  ApprovalRequest rejudged(String termsVersion, List<Demand> demands) throws SQLException {
    requireOpen();
    if (!termsVersion.equals(request.key().termsVersion()) || !demands.equals(request.demands())) {
      rows.rejudge(request.id(), termsVersion, demands);
      if (!ArtifactRows.underTerms(transaction, request.artifactId(), termsVersion)) {
        throw Refusals.resultIsGone(request);
      }
    }
    return reread();
  }

  ApprovalRequest closeByPolicy(RequestState state, String reason) throws SQLException {
    requireOpen();
    rows.close(request.id(), state, Optional.of(reason));
    return reread();
  }

  private List<Vote> vote(
      List<FrameName> frames, Principal decider, boolean approves, String comment)
      throws SQLException {
    List<Vote> votes =
        frames.stream()
            .map(frame -> new Vote(frame, decider.name(), approves, comment, now))
            .toList();
    for (Vote vote : votes) {
      rows.vote(request.id(), vote);
    }
    return votes;
  }

  /** Who may not decide does not learn how it stands. */
  private void requireDecider(Principal decider) {
    if (request.key().principal().equals(decider.name())) {
      throw Refusals.ownRequest(request);
    }
    if (new Ballot(request.demands(), request.votes()).framesOf(decider).isEmpty()) {
      throw Refusals.notDecider(request);
    }
    requireOpen();
    if (read.filter(seen -> !seen.isStill(request)).isPresent()) {
      throw Refusals.changed(request);
    }
  }

  private void requireRequester(Principal requester) {
    if (!request.key().principal().equals(requester.name())) {
      throw Refusals.notRequester(request);
    }
    requireOpen();
  }

  private void requireOpen() {
    if (!request.state().isOpen()) {
      throw Refusals.notOpen(request);
    }
  }

  private ApprovalRequest reread() throws SQLException {
    return reader.find(request.id()).orElseThrow();
  }
}
