package io.sallyport.connect.server.relation;

import io.sallyport.policy.request.ApprovalRequest;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SQL;

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
                literal(request.id()),
                literal(request.state().name()),
                literal(request.reason().orElse("")));
    return Relation.newBuilder().setSql(SQL.newBuilder().setQuery(query)).build();
  }

  /** Every character but plain letters and digits by its code: people wrote some of them. */
  private static String literal(String text) {
    StringBuilder literal = new StringBuilder("'");
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      boolean plain =
          (unit >= 'a' && unit <= 'z')
              || (unit >= 'A' && unit <= 'Z')
              || (unit >= '0' && unit <= '9');
      literal.append(plain ? String.valueOf(unit) : "\\u%04x".formatted((int) unit));
    }
    return literal.append('\'').toString();
  }
}
