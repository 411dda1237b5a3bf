package io.sallyport.connect.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Refuses a request; nothing leaves. */
@Command(
    name = "reject",
    mixinStandardHelpOptions = true,
    description = "Refuses a request; nothing leaves.")
final class Reject implements Callable<Integer> {
  private final Surroundings with;

  @Mixin private ServerOptions server;

  @Parameters(
      paramLabel = "ID",
      converter = RequestId.class,
      description = "The request's id, or the beginning of it.")
  private String id;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      converter = SomeText.class,
      required = true,
      description = "Why, for the analyst.")
  private String reason;

  Reject(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() {
    return Decision.make(with, server, "reject", id, reason);
  }
}
