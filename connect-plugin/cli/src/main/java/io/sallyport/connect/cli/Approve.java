package io.sallyport.connect.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Agrees that the exact result of a request leaves. */
@Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    description = "Agrees that the exact result of a request leaves.")
final class Approve implements Callable<Integer> {
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
      defaultValue = "",
      description = "For the record.")
  private String comment;

  Approve(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() {
    return Decision.make(with, server, "approve", id, comment);
  }
}
