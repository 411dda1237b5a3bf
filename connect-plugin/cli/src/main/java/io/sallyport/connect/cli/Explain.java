package io.sallyport.connect.cli;

import io.sallyport.connect.cli.render.ExplanationText;
import io.sallyport.connect.cli.server.OwnerServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What would become of a question: nothing of it runs, and nothing is charged. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Tells what would become of a question: the verdict of each frame, what would pass,",
      "and the cells or the noise of its answer. Nothing runs, nothing is charged."
    })
final class Explain implements Callable<Integer> {
  private final Surroundings with;

  @Mixin private ServerOptions server;

  @Parameters(paramLabel = "SQL", description = "The question, as one argument.")
  private String question;

  Explain(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() {
    try (OwnerServer session = server.connect(with)) {
      ExplanationText.lines(session.sql("EXPLAIN PRIVACY " + question), with.terminal().width())
          .forEach(with.terminal()::line);
    }
    return 0;
  }
}
