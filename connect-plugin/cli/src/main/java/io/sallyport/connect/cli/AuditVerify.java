package io.sallyport.connect.cli;

import io.sallyport.connect.cli.render.SafeText;
import io.sallyport.connect.cli.render.Terminal;
import io.sallyport.policy.audit.ChainBreak;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks that no record was changed, removed or moved. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Checks that the record of all questions is what was written, and names the first line that",
      "was changed, removed, added or moved. A server may be writing meanwhile. Whoever can write",
      "the whole folder can make it anew to fit: only a head that was saved elsewhere tells that."
    })
final class AuditVerify implements Callable<Integer> {
  private final Surroundings with;

  @Parameters(paramLabel = "DIR", description = "The server's store, or its folder audit.")
  private Path directory;

  @Option(
      names = "--head",
      paramLabel = "FILE",
      description = "A copy of audit.head that was saved earlier, where the server cannot write.")
  private Path head;

  AuditVerify(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() {
    Terminal terminal = with.terminal();
    AuditDirectory audit = AuditDirectory.of(directory);
    Optional<ChainBreak> first = audit.firstBreak(Optional.ofNullable(head));
    String log = SafeText.line(audit.log().toString());
    if (first.isEmpty()) {
      terminal.line(terminal.strong("OK") + "  " + log + " is what was written");
      return 0;
    }
    terminal.line(
        terminal.warning("BROKEN")
            + "  "
            + log
            + ", line "
            + first.get().line()
            + " "
            + SafeText.line(first.get().problem()));
    return 1;
  }
}
