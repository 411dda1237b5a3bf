package io.sallyport.policy.request;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.store.Row;
import io.sallyport.policy.store.RowReader;
import io.sallyport.policy.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * Requests as they stand at a given time: an open one past its end has expired, whether or not its
 * row says so yet.
 */
final class RequestReader {
  static final String NOT_IN_TIME = "nobody decided in time";

  private static final String SELECT = "SELECT * FROM approval_request WHERE ";
  private static final String NEWEST_FIRST = " ORDER BY filed_at DESC, seq DESC";

  private final Transaction transaction;
  private final Instant now;

  RequestReader(Transaction transaction, Instant now) {
    this.transaction = transaction;
    this.now = now;
  }

  /** A request without what stands in other tables. */
  private record Head(String id, BiFunction<List<Demand>, List<Vote>, ApprovalRequest> rest) {}

  Optional<ApprovalRequest> find(String id) throws SQLException {
    return first(SELECT + "id = ?", id);
  }

  /** The request; nobody else can change it until this transaction ends. */
  Optional<ApprovalRequest> lock(String id) throws SQLException {
    return first(SELECT + "id = ? FOR UPDATE", id);
  }

  /** The open request of the principal about this plan, under whatever terms; locked. */
  Optional<ApprovalRequest> lockOpen(String principal, String planHash) throws SQLException {
    return first(SELECT + "principal = ? AND open_plan_hash = ? FOR UPDATE", principal, planHash);
  }

  Optional<ApprovalRequest> newest(String principal, String planHash) throws SQLException {
    return first(
        SELECT + "principal = ? AND plan_hash = ?" + NEWEST_FIRST + " FETCH FIRST 1 ROW ONLY",
        principal,
        planHash);
  }

  List<ApprovalRequest> list(RequestFilter filter) throws SQLException {
    StringBuilder sql = new StringBuilder(SELECT).append("TRUE");
    List<Object> arguments = new ArrayList<>();
    if (filter.state().isPresent()) {
      RequestState state = filter.state().get();
      sql.append(" AND ").append(condition(state));
      arguments.add(state.name());
      if (state.isOpen() || state == RequestState.EXPIRED) {
        arguments.add(now);
      }
    }
    if (filter.principal().isPresent()) {
      sql.append(" AND principal = ?");
      arguments.add(filter.principal().get());
    }
    sql.append(NEWEST_FIRST).append(" FETCH FIRST ? ROWS ONLY");
    arguments.add(filter.newest());
    return all(sql.toString(), arguments.toArray());
  }

  /** How many wait for their deciders. */
  long countPending() throws SQLException {
    return transaction
        .first(
            row -> row.number("requests"),
            "SELECT count(*) AS requests FROM approval_request"
                + " WHERE state = 'PENDING' AND expires_at > ?",
            now)
        .orElseThrow();
  }

  long countOpen(String principal) throws SQLException {
    return transaction
        .first(
            row -> row.number("open"),
            "SELECT COUNT(*) AS open FROM approval_request WHERE principal = ?"
                + " AND state IN ('PENDING', 'RETURNED') AND expires_at > ?",
            principal,
            now)
        .orElseThrow();
  }

  private static String condition(RequestState state) {
    if (state == RequestState.EXPIRED) {
      return "(state = ? OR (state IN ('PENDING', 'RETURNED') AND expires_at <= ?))";
    }
    return state.isOpen() ? "(state = ? AND expires_at > ?)" : "state = ?";
  }

  private Optional<ApprovalRequest> first(String sql, Object... arguments) throws SQLException {
    return all(sql, arguments).stream().findFirst();
  }

  private List<ApprovalRequest> all(String sql, Object... arguments) throws SQLException {
    List<Head> heads = transaction.query(this::head, sql, arguments);
    List<String> ids = heads.stream().map(Head::id).toList();
    Map<String, List<Demand>> demands =
        byRequest(RequestReader::demand, "request_demand", "position", ids);
    Map<String, List<Vote>> votes =
        byRequest(RequestReader::vote, "request_vote", "voted_at, frame, decider", ids);
    return heads.stream()
        .map(
            head ->
                head.rest()
                    .apply(
                        demands.getOrDefault(head.id(), List.of()),
                        votes.getOrDefault(head.id(), List.of())))
        .toList();
  }

  private <T> Map<String, List<T>> byRequest(
      RowReader<T> reader, String table, String order, List<String> ids) throws SQLException {
    Map<String, List<T>> found = new HashMap<>();
    if (!ids.isEmpty()) {
      transaction.query(
          row ->
              found
                  .computeIfAbsent(row.text("request_id"), id -> new ArrayList<>())
                  .add(reader.read(row)),
          "SELECT * FROM %s WHERE request_id = ANY(?) ORDER BY %s".formatted(table, order),
          ids);
    }
    return found;
  }

  private Head head(Row row) throws SQLException {
    String id = row.text("id");
    QuestionKey key =
        new QuestionKey(
            row.text("principal"),
            row.text("plan_hash"),
            row.text("terms_version"),
            row.text("data_version"));
    String session = row.text("session");
    String justification = row.text("justification");
    String question = row.text("question");
    String planInWords = row.text("plan_in_words");
    String judgedQuestion = row.text("judged_question");
    String artifactId = row.text("artifact_id");
    String resultHash = row.text("result_hash");
    Instant filedAt = row.time("filed_at");
    Instant expiresAt = row.time("expires_at");
    RequestState written = RequestState.valueOf(row.text("state"));
    boolean isPastEnd = written.isOpen() && !now.isBefore(expiresAt);
    RequestState state = isPastEnd ? RequestState.EXPIRED : written;
    Optional<String> reason = isPastEnd ? Optional.of(NOT_IN_TIME) : row.optionalText("reason");
    Optional<Instant> decidedAt =
        isPastEnd ? Optional.of(expiresAt) : row.optionalTime("decided_at");
    return new Head(
        id,
        (demands, votes) ->
            new ApprovalRequest(
                id,
                key,
                session,
                justification,
                question,
                planInWords,
                demands,
                judgedQuestion,
                artifactId,
                resultHash,
                state,
                reason,
                votes,
                filedAt,
                expiresAt,
                decidedAt));
  }

  private static Demand demand(Row row) throws SQLException {
    return new Demand(
        FrameName.of(row.text("frame")),
        new TreeSet<>(row.texts("deciders")),
        Math.toIntExact(row.number("votes_needed")),
        row.texts("grounds"));
  }

  private static Vote vote(Row row) throws SQLException {
    return new Vote(
        FrameName.of(row.text("frame")),
        row.text("decider"),
        row.truth("approves"),
        row.text("remark"),
        row.time("voted_at"));
  }
}
