package io.sallyport.connect.cli.render;

import io.sallyport.policy.advice.FrameWords;
import io.sallyport.policy.advice.PolicyAdvice;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import java.util.List;
import java.util.stream.Collectors;

/** The terms of all frames and budgets, in plain words, and what to think about again. */
public final class FrameTerms {
  private static final int NAMES = 24;

  private final Terminal terminal;

  public FrameTerms(Terminal terminal) {
    this.terminal = terminal;
  }

  /** One block a frame, the budgets, then the tables that everybody may read, then warnings. */
  public void print(PolicySet policies) {
    policies.frames().forEach(frame -> block(frame.name().value(), FrameWords.of(frame, policies)));
    policies
        .budgets()
        .spaces()
        .forEach((space, budget) -> block("Budget of " + space, FrameWords.of(budget)));
    if (!policies.publicTables().isEmpty()) {
      terminal.line("");
      terminal.line(terminal.strong("Without terms, for everybody"));
      String names =
          policies.publicTables().stream().map(FrameName::value).collect(Collectors.joining(", "));
      terminal.line("  " + names);
    }
    List<String> advice = PolicyAdvice.of(policies);
    if (!advice.isEmpty()) {
      terminal.line("");
      terminal.line(terminal.warning("To think about"));
      advice.forEach(
          text -> Paragraph.lines("- " + text, "  ", terminal.width()).forEach(terminal::line));
    }
  }

  private void block(String title, List<FrameWords.Term> terms) {
    terminal.line("");
    terminal.line(terminal.strong(SafeText.line(title)));
    for (FrameWords.Term term : terms) {
      String name = SafeText.line(term.name());
      terminal.line(
          "  "
              + name
              + " ".repeat(Math.max(1, NAMES - name.length()))
              + SafeText.line(term.value()));
    }
  }
}
