package io.sallyport.connect.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a request back to the analyst with a question. */
@Command(
    name = "return",
    mixinStandardHelpOptions = true,
    description = "Gives a request back to the analyst with a question.")
final class ReturnRequest implements Callable<Integer> {
  private final Surroundings with;

  @Mixin private ServerOptions server;

  @Parameters(
      paramLabel = "ID",
      converter = RequestId.class,
      description = "The request's id, or the beginning of it.")
  private String id;

  @Option(
      names = "--comment",
      paramLabel = "TEXT",
      converter = SomeText.class,
      required = true,
      description = "What the analyst should explain.")
  private String comment;

  ReturnRequest(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() {
    return Decision.make(with, server, "return_request", id, comment);
  }
}
