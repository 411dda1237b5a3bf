package io.sallyport.connect.cli.render;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.MissingValues;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.frame.PublicFacts;
import io.sallyport.policy.frame.SmallGroups;
import io.sallyport.policy.rule.Rule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The terms of all frames, in plain words. */
public final class FrameTerms {
  private static final int NAMES = 24;

  private final Terminal terminal;

  public FrameTerms(Terminal terminal) {
    this.terminal = terminal;
  }

  /** One block a frame, then the tables that everybody may read. */
  public void print(PolicySet policies) {
    policies.frames().forEach(this::print);
    if (!policies.publicTables().isEmpty()) {
      terminal.line("");
      terminal.line(terminal.strong("Without terms, for everybody"));
      String names =
          policies.publicTables().stream().map(FrameName::value).collect(Collectors.joining(", "));
      terminal.line("  " + names);
    }
  }

  private void print(Frame frame) {
    Rule approval = frame.policy().approval();
    terminal.line("");
    terminal.line(terminal.strong(frame.name().value()));
    term("owner", frame.owner().orElse("nobody by name: every owner"));
    term("decide", deciders(frame));
    term(
        "one person is",
        frame
            .unit()
            .fold(column -> "one value of " + SafeText.line(column.name()), row -> "one row"));
    term("leaves by itself when", RuleWords.of(frame.policy().automatic()));
    term(
        "else",
        approval instanceof Rule.Never ? "it is refused" : "owners are asked" + limit(approval));
    term("rows on too few people", smallGroups(frame.policy().onSmallGroup()));
    term("never shown", names(frame.blacklist()));
    term("points to one person", names(frame.identifiers()));
    declared(frame.facts());
    term("results may be saved", frame.savable() ? "yes" : "no");
  }

  /** What the owner vouches for, where that is anything. */
  private void declared(PublicFacts facts) {
    if (!facts.unique().isEmpty()) {
      term("no two rows agree in", names(facts.unique()));
    }
    MissingValues missing = facts.missing();
    if (!missing.equals(MissingValues.PRIVATE)) {
      String others =
          missing.columns().entrySet().stream()
              .filter(column -> column.getValue() != missing.usual())
              .map(Map.Entry::getKey)
              .collect(Collectors.joining(", "));
      String all = others.isEmpty() ? "any column" : "any column but " + SafeText.line(others);
      term("missing tells nothing", missing.usual() ? "in " + all : "in " + names(List.of(others)));
    }
  }

  private static String limit(Rule approval) {
    return approval instanceof Rule.Always ? "" : " when " + RuleWords.of(approval);
  }

  private static String deciders(Frame frame) {
    String who = frame.deciders().isEmpty() ? "any owner" : names(frame.deciders());
    return frame.votesNeeded() == 1 ? who : frame.votesNeeded() + " of " + who;
  }

  private static String smallGroups(SmallGroups small) {
    return switch (small) {
      case APPROVAL -> "hold the whole answer back";
      case SUPPRESS -> "are left out, the others are shown";
    };
  }

  private static String names(Collection<String> names) {
    return names.isEmpty() ? "-" : SafeText.line(String.join(", ", names));
  }

  private void term(String name, String value) {
    terminal.line("  " + name + " ".repeat(NAMES - name.length()) + value);
  }
}
