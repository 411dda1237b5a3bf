package io.sallyport.connect.cli;

import io.sallyport.connect.cli.render.RequestPage;
import io.sallyport.connect.cli.server.Answer;
import io.sallyport.connect.cli.server.OwnerServer;
import io.sallyport.connect.cli.server.ServerException;
import io.sallyport.connect.cli.server.SqlText;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One request with everything that helps to decide. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a request: who, why, what it does, what would leave, how to decide.")
final class ShowRequest implements Callable<Integer> {
  private static final int MOST_ROWS = 20;

  private final Surroundings with;

  @Mixin private ServerOptions server;

  @Parameters(paramLabel = "ID", converter = RequestId.class, description = "The request's id.")
  private String id;

  ShowRequest(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() {
    RequestPage page = new RequestPage(with.terminal(), with.clock().instant());
    try (OwnerServer session = server.connect(with)) {
      Answer found =
          session.sql("SELECT * FROM sallyport.requests WHERE request = " + SqlText.literal(id));
      if (found.rows().size() != 1) {
        throw new ProblemException("There is no request " + id + " that you may see");
      }
      return show(page, found.row(0), session);
    }
  }

  private int show(RequestPage page, Map<String, String> fields, OwnerServer session) {
    page.print(fields);
    int most = MOST_ROWS + 1;
    try {
      page.preview(
          session.sql("SELECT * FROM sallyport.preview.`" + id + "` LIMIT " + most), MOST_ROWS);
    } catch (ServerException e) {
      page.noPreview(e.getMessage());
      // Who may decide is shown evidence, and must not decide without the rows.
      return fields.getOrDefault("evidence", "").isBlank() ? 0 : 1;
    }
    page.decide(id, fields.getOrDefault("state", ""));
    return 0;
  }
}
