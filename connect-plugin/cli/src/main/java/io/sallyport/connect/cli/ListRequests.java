package io.sallyport.connect.cli;

import io.sallyport.connect.cli.render.FactsJson;
import io.sallyport.connect.cli.render.Terminal;
import io.sallyport.connect.cli.render.TextTable;
import io.sallyport.connect.cli.render.When;
import io.sallyport.connect.cli.server.Answer;
import io.sallyport.connect.cli.server.OwnerServer;
import io.sallyport.connect.cli.server.SqlText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The requests that the owner may see, the newest first. */
@Command(
    name = "requests",
    mixinStandardHelpOptions = true,
    description = "Lists the requests about your frames, the newest first.")
final class ListRequests implements Callable<Integer> {

  /** Which requests; ALL is for every state. */
  enum Wanted {
    PENDING,
    APPROVED,
    REJECTED,
    RETURNED,
    WITHDRAWN,
    EXPIRED,
    ALL
  }

  private static final String COLUMNS =
      "request, state, principal, filed_at, expires_at, frames, justification, votes_missing";

  private final Surroundings with;

  @Mixin private ServerOptions server;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      defaultValue = "PENDING",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Wanted state;

  @Option(names = "--json", description = "As JSON, with nothing left out.")
  private boolean json;

  ListRequests(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() {
    String where = state == Wanted.ALL ? "" : " WHERE state = " + SqlText.literal(state.name());
    try (OwnerServer session = server.connect(with)) {
      Answer answer = session.sql("SELECT " + COLUMNS + " FROM sallyport.requests" + where);
      if (json) {
        with.terminal().line(FactsJson.rows(answer));
      } else {
        print(answer);
      }
    }
    return 0;
  }

  private void print(Answer answer) {
    Terminal terminal = with.terminal();
    if (answer.rows().isEmpty()) {
      terminal.line(
          state == Wanted.ALL ? "There are no requests." : "No request is " + state.name() + ".");
      return;
    }
    Instant now = with.clock().instant();
    List<Map<String, String>> requests = new ArrayList<>();
    for (int i = 0; i < answer.rows().size(); i++) {
      requests.add(answer.row(i));
    }
    requests.sort(Comparator.comparing((Map<String, String> r) -> r.get("filed_at")).reversed());
    List<List<String>> rows = new ArrayList<>();
    for (Map<String, String> request : requests) {
      rows.add(
          List.of(
              request.get("request"),
              request.get("state"),
              request.get("principal"),
              When.distance(request.get("filed_at"), now),
              When.distance(request.get("expires_at"), now),
              request.get("frames"),
              request.getOrDefault("votes_missing", ""),
              request.get("justification")));
    }
    Answer shown =
        new Answer(
            List.of("REQUEST", "STATE", "WHO", "FILED", "EXPIRES", "FRAMES", "NEEDS", "WHY"), rows);
    TextTable.lines(shown, terminal.width(), Set.of(0, 1)).forEach(terminal::line);
  }
}
