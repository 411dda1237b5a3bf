package io.sallyport.connect.server.relation;

import io.sallyport.connect.server.proto.SqlLiteral;
import io.sallyport.policy.request.ApprovalRequest;
import org.apache.spark.connect.proto.Relation;

/**
 * What a procedure answers: a query over nothing that gives one row, because the answer to a SQL
 * command is a relation that the client asks for next.
 */
final class ProcedureAnswer {

  private ProcedureAnswer() {}

  static Relation of(ApprovalRequest request) {
    String query =
        "SELECT %s AS request, %s AS state, %s AS reason"
            .formatted(
                SqlLiteral.text(request.id()),
                SqlLiteral.text(request.state().name()),
                SqlLiteral.text(request.reason().orElse("")));
    return TextRelation.of(query);
  }
}
