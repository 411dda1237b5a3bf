package io.sallyport.connect.server.relation;

import io.sallyport.connect.server.proto.SqlLiteral;
import io.sallyport.spark.answer.Procedures;
import org.apache.spark.connect.proto.Relation;

/**
 * What a procedure answers: a query over nothing that gives one row, because the answer to a SQL
 * command is a relation that the client asks for next.
 */
final class ProcedureAnswer {

  private ProcedureAnswer() {}

  static Relation of(Procedures.Done done) {
    String query =
        "SELECT %s AS request, %s AS state, %s AS reason"
            .formatted(
                SqlLiteral.text(done.subject()),
                SqlLiteral.text(done.state()),
                SqlLiteral.text(done.reason()));
    return TextRelation.of(query);
  }
}
