package io.sallyport.connect.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes a request of one's own back. */
@Command(
    name = "withdraw",
    mixinStandardHelpOptions = true,
    description = "Takes back a request that you filed yourself.")
final class Withdraw implements Callable<Integer> {
  private final Surroundings with;

  @Mixin private ServerOptions server;

  @Parameters(
      paramLabel = "ID",
      converter = RequestId.class,
      description = "The request's id, or the beginning of it.")
  private String id;

  Withdraw(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() {
    return Decision.make(with, server, "withdraw", id);
  }
}
