package io.sallyport.policy.request;

import io.sallyport.policy.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Changes of the rows of requests. Whoever changes one has it locked, or has just inserted it. */
final class RequestRows {
  private static final String EXPIRE =
      "UPDATE approval_request SET state = 'EXPIRED', reason = ?, decided_at = expires_at,"
          + " open_plan_hash = NULL WHERE state IN ('PENDING', 'RETURNED') AND expires_at <= ?";

  private final Transaction transaction;
  private final Instant now;

  RequestRows(Transaction transaction, Instant now) {
    this.transaction = transaction;
    this.now = now;
  }

  void insert(ApprovalRequest request) throws SQLException {
    QuestionKey key = request.key();
    transaction.update(
        "INSERT INTO approval_request (id, principal, plan_hash, terms_version, data_version,"
            + " open_plan_hash, session, justification, question, plan_in_words, judged_question,"
            + " artifact_id, result_hash, state, filed_at, expires_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        request.id(),
        key.principal(),
        key.planHash(),
        key.termsVersion(),
        key.dataVersion(),
        key.planHash(),
        request.session(),
        request.justification(),
        request.question(),
        request.planInWords(),
        request.judgedQuestion(),
        request.artifactId(),
        request.resultHash(),
        request.state().name(),
        request.filedAt(),
        request.expiresAt());
    insertDemands(request.id(), request.demands());
  }

  /** It cannot be decided any more. */
  void close(String id, RequestState state, Optional<String> reason) throws SQLException {
    transaction.update(
        "UPDATE approval_request SET state = ?, reason = ?, decided_at = ?, open_plan_hash = NULL"
            + " WHERE id = ?",
        state.name(),
        reason,
        now,
        id);
  }

  /** Closes everybody's that are past their end; tells how many. */
  int expire() throws SQLException {
    return transaction.update(EXPIRE, RequestReader.NOT_IN_TIME, now);
  }

  /** Closes the principal's that are past their end. */
  void expireOf(String principal) throws SQLException {
    transaction.update(EXPIRE + " AND principal = ?", RequestReader.NOT_IN_TIME, now, principal);
  }

  void giveBack(String id, String comment) throws SQLException {
    transaction.update(
        "UPDATE approval_request SET state = 'RETURNED', reason = ? WHERE id = ?", comment, id);
  }

  /** It waits for its deciders, from the beginning, with this justification. */
  void justify(String id, String justification) throws SQLException {
    voidVotes(id);
    transaction.update(
        "UPDATE approval_request SET state = 'PENDING', reason = NULL, justification = ?"
            + " WHERE id = ?",
        justification,
        id);
  }

  /** It is decided under other terms, from the beginning. */
  void rejudge(String id, String termsVersion, List<Demand> demands) throws SQLException {
    voidVotes(id);
    transaction.update(
        "UPDATE approval_request SET terms_version = ? WHERE id = ?", termsVersion, id);
    transaction.update("DELETE FROM request_demand WHERE request_id = ?", id);
    insertDemands(id, demands);
  }

  /** The decider's last word counts. */
  void vote(String id, Vote vote) throws SQLException {
    transaction.update(
        "DELETE FROM request_vote WHERE request_id = ? AND frame = ? AND decider = ?",
        id,
        vote.frame().value(),
        vote.decider());
    transaction.update(
        "INSERT INTO request_vote (request_id, frame, decider, approves, remark, voted_at)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        id,
        vote.frame().value(),
        vote.decider(),
        vote.approves(),
        vote.comment(),
        vote.at());
  }

  private void voidVotes(String id) throws SQLException {
    transaction.update("DELETE FROM request_vote WHERE request_id = ?", id);
  }

  private void insertDemands(String id, List<Demand> demands) throws SQLException {
    for (int i = 0; i < demands.size(); i++) {
      Demand demand = demands.get(i);
      transaction.update(
          "INSERT INTO request_demand (request_id, position, frame, deciders, votes_needed, grounds)"
              + " VALUES (?, ?, ?, ?, ?, ?)",
          id,
          i,
          demand.frame().value(),
          demand.deciders(),
          demand.votesNeeded(),
          demand.grounds());
    }
  }
}
