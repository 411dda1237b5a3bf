package io.sallyport.spark.answer;

import io.sallyport.policy.ledger.AnswerHistory;
import io.sallyport.policy.request.ApprovalRequest;
import java.util.List;
import java.util.Optional;

/**
 * All that one who decides on a request is shown. For nobody else.
 *
 * @param request the request as it stands
 * @param evidence JSON: on how many people the rows rest
 * @param problem why there are no rows that could be approved; empty when there are
 * @param columns the result's columns
 * @param rows those of its rows that were asked for, as texts; NULL is null
 * @param total how many rows there are
 * @param earlier what the requester already has of the same data
 */
public record ReviewFile(
    ApprovalRequest request,
    String evidence,
    Optional<String> problem,
    List<String> columns,
    List<List<String>> rows,
    long total,
    AnswerHistory.Earlier earlier) {
  public ReviewFile {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }
}
