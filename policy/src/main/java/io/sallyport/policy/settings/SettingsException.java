package io.sallyport.policy.settings;

import java.util.List;

/**
 * Settings with which Sallyport does not start. The message lists every problem found, each with
 * its key, its place and what is valid. It never contains a secret.
 */
public final class SettingsException extends RuntimeException {
  private final List<String> problems;

  SettingsException(List<String> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem, one text each. */
  public List<String> problems() {
    return problems;
  }

  private static String message(List<String> problems) {
    String count = problems.size() == 1 ? "is 1 problem" : "are " + problems.size() + " problems";
    return "Sallyport does not start, there "
        + count
        + " in its settings:\n  - "
        + String.join("\n  - ", problems);
  }
}
