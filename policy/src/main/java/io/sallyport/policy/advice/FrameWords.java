package io.sallyport.policy.advice;

import io.sallyport.policy.frame.Budget;
import io.sallyport.policy.frame.ColumnDomain;
import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.MissingValues;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.frame.PublicFacts;
import io.sallyport.policy.frame.SmallGroups;
import io.sallyport.policy.frame.SpaceBudget;
import io.sallyport.policy.rule.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The terms of a frame, or of a budget, in words. Texts of owners are as they were written: whoever
 * shows them makes them harmless.
 */
public final class FrameWords {
  private static final int MOST_VALUES = 20;

  private FrameWords() {}

  /**
   * One term.
   *
   * @param name what it is about
   * @param value what holds
   */
  public record Term(String name, String value) {}

  /** All terms of a frame. */
  public static List<Term> of(Frame frame, PolicySet policies) {
    Rule approval = frame.policy().approval();
    List<Term> terms = new ArrayList<>();
    terms.add(new Term("owner", frame.owner().orElse("nobody by name: every owner")));
    terms.add(new Term("decide", deciders(frame)));
    terms.add(
        new Term(
            "one person is",
            frame.unit().fold(column -> "one value of " + column.name(), row -> "one row")));
    terms.add(new Term("counted together as", frame.facts().unitSpace()));
    terms.add(new Term("leaves by itself when", RuleWords.of(frame.policy().automatic())));
    terms.add(
        new Term(
            "else",
            approval instanceof Rule.Never
                ? "it is refused"
                : "owners are asked" + limit(approval)));
    terms.add(new Term("rows on too few people", smallGroups(frame.policy().onSmallGroup())));
    terms.add(new Term("never shown", names(frame.blacklist())));
    terms.add(new Term("points to one person", names(frame.identifiers())));
    addDeclared(frame.facts(), terms);
    terms.add(new Term("results may be saved", frame.savable() ? "yes" : "no"));
    if (RuleReach.of(frame.policy().automatic()).noisy()) {
      terms.add(new Term("charged to", charged(frame, policies)));
    }
    return List.copyOf(terms);
  }

  /** All terms of a unit space's budget. */
  public static List<Term> of(SpaceBudget budget) {
    List<Term> terms = new ArrayList<>();
    terms.add(new Term("all questions together", of(budget.total())));
    budget
        .perPrincipal()
        .ifPresent(own -> terms.add(new Term("each analyst's questions", of(own))));
    terms.add(new Term("one question at least", "epsilon " + budget.least()));
    return List.copyOf(terms);
  }

  private static String of(Budget budget) {
    return "epsilon "
        + budget.epsilon()
        + (budget.delta().isZero() ? "" : ", delta " + budget.delta())
        + budget.window().map(window -> " within " + window.toDays() + " days").orElse(" in all");
  }

  private static String charged(Frame frame, PolicySet policies) {
    String space = "the budget of " + frame.facts().unitSpace();
    Budget own = policies.budgets().frames().get(frame.name());
    return own == null ? space : space + ", and its own: " + of(own);
  }

  private static void addDeclared(PublicFacts facts, List<Term> terms) {
    if (facts.uniqueUnit()) {
      terms.add(new Term("one person has", "one row at most"));
    }
    if (!facts.unique().isEmpty()) {
      terms.add(new Term("no two rows agree in", names(facts.unique())));
    }
    MissingValues missing = facts.missing();
    if (!missing.equals(MissingValues.PRIVATE)) {
      String others =
          missing.columns().entrySet().stream()
              .filter(column -> column.getValue() != missing.usual())
              .map(Map.Entry::getKey)
              .collect(Collectors.joining(", "));
      String all = others.isEmpty() ? "any column" : "any column but " + others;
      terms.add(new Term("missing tells nothing", "in " + (missing.usual() ? all : others)));
    }
    facts
        .columns()
        .forEach((column, domain) -> terms.add(new Term("public of " + column, domain(domain))));
  }

  private static String domain(ColumnDomain domain) {
    List<String> parts = new ArrayList<>();
    if (domain.lower().isPresent()) {
      parts.add(
          "counts as at least %s and at most %s"
              .formatted(
                  number(domain.lower().getAsDouble()), number(domain.upper().getAsDouble())));
    }
    if (!domain.values().isEmpty()) {
      List<String> values = domain.values();
      String shown =
          values.stream()
              .limit(MOST_VALUES)
              .map(v -> "'" + v + "'")
              .collect(Collectors.joining(", "));
      int more = values.size() - MOST_VALUES;
      parts.add(
          "has the values "
              + shown
              + (more > 0 ? " and " + more + " more" : "")
              + (domain.complete() ? " and no other" : ""));
    }
    return String.join("; ", parts);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
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
    return names.isEmpty() ? "-" : String.join(", ", names);
  }
}
