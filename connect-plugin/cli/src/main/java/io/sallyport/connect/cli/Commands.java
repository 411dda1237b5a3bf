package io.sallyport.connect.cli;

import io.sallyport.connect.cli.render.SafeText;
import io.sallyport.connect.cli.render.Terminal;
import io.sallyport.connect.cli.server.ServerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The table of all commands. */
final class Commands {

  /** The command over all. */
  @Command(
      name = "sallyport",
      mixinStandardHelpOptions = true,
      version = "sallyport 0.1.0",
      description = "For owners of data: check policies, verify the record, decide on requests.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "",
        "Exit codes: 0 done, 1 refused or a problem found, 2 wrong usage.",
        "The server and the token's file may stand in SALLYPORT_SERVER and SALLYPORT_TOKEN_FILE,",
        "the authority of its certificate in SALLYPORT_TRUSTSTORE."
      })
  private static final class Root {}

  /** A word before further words. */
  @Command(name = "policy", description = "Check policies.", synopsisSubcommandLabel = "COMMAND")
  private static final class PolicyRoot {}

  /** A word before further words. */
  @Command(
      name = "audit",
      description = "Verify or export the record of all questions.",
      synopsisSubcommandLabel = "COMMAND")
  private static final class AuditRoot {}

  private Commands() {}

  /** Runs one command; the exit code. */
  static int run(Surroundings with, String... arguments) {
    return all(with).execute(arguments);
  }

  private static CommandLine all(Surroundings with) {
    CommandLine root =
        new CommandLine(new Root())
            .addSubcommand(new CommandLine(new PolicyRoot()).addSubcommand(new PolicyCheck(with)))
            .addSubcommand(
                new CommandLine(new AuditRoot())
                    .addSubcommand(new AuditVerify(with))
                    .addSubcommand(new AuditExport(with)))
            .addSubcommand(new Explain(with))
            .addSubcommand(new Budgets(with))
            .addSubcommand(new ListRequests(with))
            .addSubcommand(new ShowRequest(with))
            .addSubcommand(new Approve(with))
            .addSubcommand(new Reject(with))
            .addSubcommand(new ReturnRequest(with))
            .addSubcommand(new Withdraw(with));
    Terminal terminal = with.terminal();
    return root.setOut(terminal.out())
        .setErr(terminal.err())
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(terminal.colours() ? Ansi.ON : Ansi.OFF))
        .setUsageHelpAutoWidth(false)
        .setExecutionExceptionHandler((problem, command, parsed) -> tell(terminal, problem));
  }

  /** Known problems in words; a mistake of the program itself with all that helps to find it. */
  private static int tell(Terminal terminal, Exception problem) {
    if (problem instanceof ProblemException || problem instanceof ServerException) {
      String text = String.valueOf(problem.getMessage());
      text.lines().map(SafeText::line).map(terminal::warning).forEach(terminal.err()::println);
    } else {
      problem.printStackTrace(terminal.err());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
