package io.sallyport.policy.rule;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.policy.principal.Principal;
import java.math.BigDecimal;
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
 * one dominance rule more that is kept or one function less in the answer never make it fail; nor
 * does noise where it was not asked for.
 */
public sealed interface Rule {

  /** One case for each kind of rule; a new kind breaks every implementation at compile time. */
  interface Cases<R> {
    R aggregation(Aggregation rule);

    R dp(Dp rule);

    R user(User rule);

    R group(Group rule);

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
      if (functions.stream().allMatch(family -> family == AggregateFamily.QUANTILE)) {
        throw new IllegalArgumentException("At least one function is needed beside quantiles");
      }
      if (dof < 1) {
        throw new IllegalArgumentException("dof must be at least 1. Provided value: " + dof);
      }
      functions = functions.stream().distinct().sorted().toList();
      dominance = Dominance.withoutImplied(dominance);
    }

    /** The usual functions, without a dominance rule. */
    public Aggregation(int k) {
      this(k, AggregateFamily.usual(), List.of(), USUAL_DOF);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.aggregation(this);
    }

    @Override
    public String text() {
      StringBuilder text = new StringBuilder("aggregation(").append(k);
      List<AggregateFamily> named =
          functions.stream().filter(family -> family != AggregateFamily.QUANTILE).toList();
      if (!named.equals(AggregateFamily.usual())) {
        text.append(", functions = ").append(list(named, AggregateFamily::text));
      }
      if (functions.contains(AggregateFamily.QUANTILE)) {
        text.append(", quantiles = true");
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

  /**
   * The answer is an aggregate that gets noise and is charged to budgets: differential privacy for
   * each person. The numbers are the owner's caps for one question.
   *
   * @param epsilon the most that one question may cost, above 0 and at most 100
   * @param delta likewise, from 0 to 0.001; at 0 no keys are selected by the data
   * @param groups in how many groups one person counts at most (L0), from 1 to 1 000 000
   * @param rows how many rows of one person count in a group at most (Linf), likewise
   */
  record Dp(Epsilon epsilon, Delta delta, long groups, long rows) implements Rule {
    /** The most that groups and rows may be. */
    public static final long MOST_CONTRIBUTIONS = 1_000_000;

    private static final BigDecimal MOST_EPSILON = BigDecimal.valueOf(100);
    private static final BigDecimal MOST_DELTA = new BigDecimal("0.001");

    public Dp {
      if (epsilon.isZero() || epsilon.value().compareTo(MOST_EPSILON) > 0) {
        throw new IllegalArgumentException("epsilon must be above 0 and at most 100");
      }
      if (delta.value().compareTo(MOST_DELTA) > 0) {
        throw new IllegalArgumentException("delta must be from 0 to 0.001");
      }
      requireContributions("groups", groups);
      requireContributions("rows", rows);
      epsilon = new Epsilon(epsilon.value().stripTrailingZeros());
      delta = new Delta(delta.value().stripTrailingZeros());
    }

    private static void requireContributions(String what, long number) {
      if (number < 1 || number > MOST_CONTRIBUTIONS) {
        throw new IllegalArgumentException(what + " must be from 1 to " + MOST_CONTRIBUTIONS);
      }
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.dp(this);
    }

    @Override
    public String text() {
      StringBuilder text = new StringBuilder("dp(epsilon = ").append(number(epsilon.value()));
      if (!delta.isZero()) {
        text.append(", delta = ").append(number(delta.value()));
      }
      if (groups != 1) {
        text.append(", groups = ").append(groups);
      }
      if (rows != 1) {
        text.append(", rows = ").append(rows);
      }
      return text.append(')').toString();
    }

    /** As the parser reads it: short decimals in full, others with an exponent. */
    private static String number(BigDecimal value) {
      String plain = value.toPlainString();
      return plain.length() <= 8 ? plain : value.toString();
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

  /** The one who asks is in this group. */
  record Group(String name) implements Rule {
    public Group {
      Principal.requireName(name);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.group(this);
    }

    @Override
    public String text() {
      return "group(\"" + name + "\")";
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
