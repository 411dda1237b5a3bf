package io.sallyport.connect.cli;

import io.sallyport.connect.cli.render.SafeText;
import io.sallyport.connect.cli.render.Terminal;
import io.sallyport.connect.cli.server.Answer;
import io.sallyport.connect.cli.server.OwnerServer;
import io.sallyport.connect.cli.server.SqlText;
import java.util.Map;

/** One call of a procedure of the server's desk, and what came of it. */
final class Decision {

  private Decision() {}

  /** Makes the call and says the request's state after it. */
  static int make(Surroundings with, ServerOptions server, String procedure, String... arguments) {
    Map<String, String> after;
    try (OwnerServer session = server.connect(with)) {
      arguments[0] = RequestChoice.of(session, arguments[0]);
      Answer answer = session.sql(SqlText.call(procedure, arguments));
      if (answer.rows().size() != 1) {
        throw new ProblemException("The server did not say what became of the request");
      }
      after = answer.row(0);
    }
    Terminal terminal = with.terminal();
    String state = after.getOrDefault("state", "");
    terminal.line("Request " + arguments[0] + " is " + terminal.strong(SafeText.line(state)) + ".");
    String reason = after.getOrDefault("reason", "");
    if (!reason.isBlank() && !reason.equals("NULL")) {
      terminal.line("  " + SafeText.line(reason));
    }
    if (procedure.equals("approve") && state.equals("PENDING")) {
      terminal.line("Your vote counts; somebody else has to agree as well.");
    }
    return 0;
  }
}
