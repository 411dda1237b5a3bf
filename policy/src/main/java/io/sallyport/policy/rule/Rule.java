package io.sallyport.policy.rule;

import io.sallyport.policy.principal.Principal;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One condition of an owner's policy, as a tree. Immutable.
 *
 * <p>Guarantee: {@code RuleParser.parse(rule.text())} equals the rule, as long as it is nested no
 * deeper than {@link RuleParser#MAX_DEPTH} and its text is no longer than {@link
 * RuleParser#MAX_LENGTH}. A rule is monotone: more people behind a row, more degrees of freedom,
 * one dominance rule more that is kept or one function less in the answer never make it fail.
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

  /**
   * Every output row is an aggregate over at least {@code k} distinct people.
   *
   * @param k how many people, at least 2
   * @param functions which aggregate functions; at least one
   * @param dominance what must hold of the contributions to each sum, none of them implied by
   *     another; none means that contributions are not looked at
   * @param dof the least degrees of freedom of a variance, covariance, correlation or regression,
   *     at least 1
   */
  record Aggregation(int k, List<AggregateFamily> functions, List<Dominance> dominance, int dof)
      implements Rule {
    /** The degrees of freedom that are asked for when the owner says nothing. */
    public static final int USUAL_DOF = 10;

    public Aggregation {
      if (k < 2) {
        throw new IllegalArgumentException("k must be at least 2. Provided value: " + k);
      }
      if (functions.isEmpty()) {
        throw new IllegalArgumentException("At least one function is needed");
      }
      if (dof < 1) {
        throw new IllegalArgumentException("dof must be at least 1. Provided value: " + dof);
      }
      functions = functions.stream().distinct().sorted().toList();
      dominance = Dominance.withoutImplied(dominance);
    }

    /** Every function that can be released, without a dominance rule. */
    public Aggregation(int k) {
      this(k, List.of(AggregateFamily.values()), List.of(), USUAL_DOF);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.aggregation(this);
    }

    @Override
    public String text() {
      StringBuilder text = new StringBuilder("aggregation(").append(k);
      if (functions.size() < AggregateFamily.values().length) {
        text.append(", functions = ").append(list(functions, AggregateFamily::text));
      }
      if (dominance.size() == 1) {
        text.append(", dominance = ").append(dominance.iterator().next().text());
      } else if (!dominance.isEmpty()) {
        text.append(", dominance = ").append(list(dominance, Dominance::text));
      }
      if (dof != USUAL_DOF) {
        text.append(", dof = ").append(dof);
      }
      return text.append(')').toString();
    }

    private static <T> String list(Collection<T> parts, Function<T, String> text) {
      return parts.stream().map(text).collect(Collectors.joining(", ", "[", "]"));
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
