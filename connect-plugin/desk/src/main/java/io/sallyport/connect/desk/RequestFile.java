package io.sallyport.connect.desk;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.ledger.AnswerHistory;
import io.sallyport.policy.request.ApprovalRequest;
import java.util.List;
import java.util.Optional;

/**
 * All that one who decides on a request is shown.
 *
 * @param request the request as it stands
 * @param evidence JSON: on how many people the rows rest
 * @param problem why there is no result that could be approved; empty when there is
 * @param columns the result's columns
 * @param rows some of its rows, as texts; NULL is null
 * @param total how many rows there are
 * @param earlier what the requester already has of the same data
 */
public record RequestFile(
    ApprovalRequest request,
    String evidence,
    Optional<String> problem,
    List<String> columns,
    List<List<String>> rows,
    long total,
    AnswerHistory.Earlier earlier) {
  public RequestFile {
    requireNonNull(request, "request");
    requireNonNull(evidence, "evidence");
    requireNonNull(problem, "problem");
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    requireNonNull(earlier, "earlier");
  }
}
