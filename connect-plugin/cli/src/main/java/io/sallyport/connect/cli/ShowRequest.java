package io.sallyport.connect.cli;

import io.sallyport.connect.cli.render.FactsJson;
import io.sallyport.connect.cli.render.RequestPage;
import io.sallyport.connect.cli.server.Answer;
import io.sallyport.connect.cli.server.OwnerServer;
import io.sallyport.connect.cli.server.ServerException;
import io.sallyport.connect.cli.server.SqlText;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One request with everything that helps to decide. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a request: who, why, what it does, what would leave, how to decide.")
final class ShowRequest implements Callable<Integer> {
  private static final String USUAL_ROWS = "20";

  private final Surroundings with;

  @Mixin private ServerOptions server;

  @Parameters(
      paramLabel = "ID",
      converter = RequestId.class,
      description = "The request's id, or the beginning of it.")
  private String id;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = USUAL_ROWS,
      description = "How many rows of the result are shown at most. Default: ${DEFAULT-VALUE}.")
  private int most;

  @Option(names = "--json", description = "As JSON, with nothing cut.")
  private boolean json;

  ShowRequest(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() {
    if (most < 0) {
      throw new ProblemException("--rows is 0 or more");
    }
    RequestPage page = new RequestPage(with.terminal(), with.clock().instant());
    try (OwnerServer session = server.connect(with)) {
      String whole = RequestChoice.of(session, id);
      Answer found =
          session.sql("SELECT * FROM sallyport.requests WHERE request = " + SqlText.literal(whole));
      if (found.rows().size() != 1) {
        throw new ProblemException("There is no request " + id + " that you may see");
      }
      return json
          ? showJson(found.row(0), whole, session)
          : show(page, found.row(0), whole, session);
    }
  }

  private int showJson(Map<String, String> fields, String whole, OwnerServer session) {
    with.terminal().line(FactsJson.request(fields, result(whole, session)));
    return 0;
  }

  private int show(
      RequestPage page, Map<String, String> fields, String whole, OwnerServer session) {
    page.print(fields);
    try {
      page.preview(result(whole, session), most, fields.getOrDefault("rows", ""));
    } catch (ServerException e) {
      page.noPreview(e.getMessage());
      // Who may decide is shown evidence, and must not decide without the rows.
      return fields.getOrDefault("evidence", "").isBlank() ? 0 : 1;
    }
    page.decide(whole, fields.getOrDefault("state", ""));
    return 0;
  }

  /** One row more than is shown, if there are more. */
  private Answer result(String whole, OwnerServer session) {
    return session.sql("SELECT * FROM sallyport.preview.`" + whole + "` LIMIT " + (most + 1L));
  }
}
