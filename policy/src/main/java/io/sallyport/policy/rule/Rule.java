package io.sallyport.policy.rule;

import io.sallyport.policy.principal.Principal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One condition of an owner's policy, as a tree. Immutable.
 *
 * <p>Guarantee: {@code RuleParser.parse(rule.text())} equals the rule, as long as it is nested no
 * deeper than {@link RuleParser#MAX_DEPTH} and its text is no longer than {@link
 * RuleParser#MAX_LENGTH}. A rule is monotone: more people behind a row never make it fail.
 */
public sealed interface Rule {

  /** One case for each kind of rule; a new kind breaks every implementation at compile time. */
  interface Cases<R> {
    R aggregation(Aggregation rule);

    R user(User rule);

    R all(All rule);

    R any(Any rule);

    R atLeast(AtLeast rule);

    R always(Always rule);

    R never(Never rule);
  }

  /** The case that this rule is. */
  <R> R fold(Cases<R> cases);

  /** The canonical text, which the parser reads back as this rule. */
  String text();

  /** Every output row is an aggregate over at least {@code k} distinct people, {@code k >= 2}. */
  record Aggregation(int k) implements Rule {
    public Aggregation {
      if (k < 2) {
        throw new IllegalArgumentException("k must be at least 2. Provided value: " + k);
      }
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.aggregation(this);
    }

    @Override
    public String text() {
      return "aggregation(" + k + ")";
    }
  }

  /** The one who asks is this principal. */
  record User(String principal) implements Rule {
    public User {
      Principal.requireName(principal);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.user(this);
    }

    @Override
    public String text() {
      return "user(\"" + principal + "\")";
    }
  }

  /** Each of these rules holds. */
  record All(List<Rule> rules) implements Rule {
    public All {
      rules = requireRules(rules);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.all(this);
    }

    @Override
    public String text() {
      return "all(" + texts(rules) + ")";
    }
  }

  /** One of these rules holds, or more. */
  record Any(List<Rule> rules) implements Rule {
    public Any {
      rules = requireRules(rules);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.any(this);
    }

    @Override
    public String text() {
      return "any(" + texts(rules) + ")";
    }
  }

  /** {@code n} of these rules hold, or more; {@code 1 <= n <= rules.size()}. */
  record AtLeast(int n, List<Rule> rules) implements Rule {
    public AtLeast {
      rules = requireRules(rules);
      if (n < 1 || n > rules.size()) {
        throw new IllegalArgumentException(
            "n must be from 1 to the number of rules, " + rules.size() + ". Provided value: " + n);
      }
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.atLeast(this);
    }

    @Override
    public String text() {
      return "at-least(" + n + ", " + texts(rules) + ")";
    }
  }

  /** Holds for every question. */
  record Always() implements Rule {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.always(this);
    }

    @Override
    public String text() {
      return "true";
    }
  }

  /** Holds for no question. */
  record Never() implements Rule {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.never(this);
    }

    @Override
    public String text() {
      return "false";
    }
  }

  private static List<Rule> requireRules(List<Rule> rules) {
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("At least one rule is needed");
    }
    return List.copyOf(rules);
  }

  private static String texts(List<Rule> rules) {
    return rules.stream().map(Rule::text).collect(Collectors.joining(", "));
  }
}
