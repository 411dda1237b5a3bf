package io.sallyport.connect.client;

import io.sallyport.connect.protocol.ApprovalState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * How a request for approval stands.
 *
 * @param requestId names the request
 * @param state where it stands
 * @param reason why, in the words of the owner who rejected or returned it
 * @param filedAt when it was filed
 * @param expiresAt when it ends if nobody decides
 */
public record ApprovalStatus(
    String requestId,
    ApprovalState state,
    Optional<String> reason,
    Optional<Instant> filedAt,
    Optional<Instant> expiresAt) {

  static ApprovalStatus of(List<Row> rows) {
    Row row = Answers.one(rows);
    return new ApprovalStatus(
        Answers.text(row, "request_id"),
        Answers.name(row, "state", ApprovalState.class),
        Answers.said(row, "reason"),
        Answers.instant(row, "filed_at"),
        Answers.instant(row, "expires_at"));
  }

  /** Whether it is the owners' turn. */
  public boolean waitsForOwner() {
    return state == ApprovalState.PENDING;
  }

  /** What a fetch throws in this state. */
  Refused refusal() {
    String said = reason.map(words -> ": " + words).orElse("");
    String subject = "The request " + requestId + " is " + state + said;
    return switch (state) {
      case PENDING, APPROVED ->
          text("APPROVAL_REQUIRED", subject, "the owner's approval").exception();
      case REJECTED ->
          text("APPROVAL_REJECTED", reason.orElse(subject), "another question").exception();
      case RETURNED ->
          text("APPROVAL_RETURNED", reason.orElse(subject), "an answer to the owner, with justify")
              .exception();
      case WITHDRAWN, EXPIRED -> text("APPROVAL_STALE", subject, "a new request").exception();
    };
  }

  private static RefusalText text(String code, String subject, String remedy) {
    return new RefusalText(code, subject, Optional.empty(), remedy);
  }
}
