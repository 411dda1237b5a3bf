package io.sallyport.connect.cli;

import io.sallyport.connect.cli.render.FrameTerms;
import io.sallyport.connect.cli.render.SafeText;
import io.sallyport.connect.cli.render.Terminal;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.settings.Settings;
import io.sallyport.policy.settings.SettingsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads a policies file as the server would, and says what it means or what is wrong with it. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a policies file (YAML) exactly as a server does when it starts, without one.",
      "Prints the terms in plain words, or every problem with its line and what is valid.",
      "Also looks whether files are there and have the columns that the policy names, where this",
      "machine can tell, and says what it could not look at."
    })
final class PolicyCheck implements Callable<Integer> {
  private static final String POLICIES = "spark.sallyport.policies";

  private final Surroundings with;

  @Parameters(paramLabel = "FILE", description = "The file that spark.sallyport.policies names.")
  private Path file;

  @Option(
      names = "--without-data",
      description = "The data are on another machine: files are not looked for.")
  private boolean withoutData;

  PolicyCheck(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() {
    Terminal terminal = with.terminal();
    try {
      PolicySet policies =
          Settings.load(Map.of(POLICIES, file.toAbsolutePath().toString())).policies();
      DataCheck.Found data =
          withoutData ? new DataCheck.Found(List.of(), List.of()) : DataCheck.of(file, policies);
      if (!data.problems().isEmpty()) {
        return tell(data.problems());
      }
      terminal.line(terminal.strong("OK") + "  " + SafeText.line(file.toString()));
      terminal.line("version " + policies.version());
      new FrameTerms(terminal).print(policies);
      if (!data.unchecked().isEmpty()) {
        terminal.line("");
        terminal.line(terminal.strong("Looked at by the server only, when it starts"));
        data.unchecked().forEach(what -> terminal.line("  " + SafeText.line(what)));
      }
      return 0;
    } catch (SettingsException e) {
      return tell(e.problems());
    }
  }

  private int tell(List<String> problems) {
    Terminal terminal = with.terminal();
    int count = problems.size();
    terminal.line(
        terminal.warning(count == 1 ? "1 problem" : count + " problems")
            + " in "
            + SafeText.line(file.toString()));
    problems.forEach(problem -> terminal.line("  - " + SafeText.line(problem)));
    return 1;
  }
}
