package io.sallyport.connect.server.gate;

import io.sallyport.connect.server.proto.TextAdmission;
import io.sallyport.spark.SessionQueries;
import io.sallyport.spark.admission.AdmitText;
import io.sallyport.spark.admission.Statement;
import java.util.Optional;

/** Hands SQL that a request carries as text to the station that parses it. */
final class SqlTextAdmission implements TextAdmission {

  @Override
  public void expression(String text) {
    AdmitText.expression(text);
  }

  @Override
  public void query(String text) {
    // Procedures, statements and explanations are the command plugin's affair, and only there are
    // they done.
    Optional<Statement> statement = AdmitText.statement(text);
    if (statement.isPresent()) {
      require(statement.get());
    } else if (AdmitText.call(text).isEmpty()) {
      AdmitText.query(AdmitText.explained(text).orElse(text));
    }
  }

  private static void require(Statement statement) {
    if (statement instanceof Statement.Create create) {
      AdmitText.query(create.query());
    } else if (statement instanceof Statement.Set set) {
      SessionQueries.requireWish(set.key(), "SET");
    } else if (statement instanceof Statement.Reset reset) {
      SessionQueries.requireWish(reset.key(), "RESET");
    }
  }
}
