package io.sallyport.policy.advice;

import io.sallyport.policy.rule.AggregateFamily;
import io.sallyport.policy.rule.Dominance;
import io.sallyport.policy.rule.Rule;
import java.util.List;
import java.util.stream.Collectors;

/** Rules in plain words, to be read after "when". */
public final class RuleWords implements Rule.Cases<String> {

  private RuleWords() {}

  /** The rule in words. */
  public static String of(Rule rule) {
    return rule.fold(new RuleWords());
  }

  @Override
  public String aggregation(Rule.Aggregation rule) {
    StringBuilder words =
        new StringBuilder("each row of the answer rests on at least " + rule.k() + " people");
    List<AggregateFamily> named =
        rule.functions().stream().filter(f -> f != AggregateFamily.QUANTILE).toList();
    if (!named.equals(AggregateFamily.usual())) {
      String names = named.stream().map(AggregateFamily::words).collect(Collectors.joining(", "));
      words.append(", by ").append(names).append(" only");
    }
    if (rule.functions().contains(AggregateFamily.QUANTILE)) {
      words.append(", medians and percentiles too where as many are on both sides");
    }
    if (!rule.dominance().isEmpty()) {
      String rules =
          rule.dominance().stream().map(Dominance::text).collect(Collectors.joining(" and "));
      words.append(", and nobody dominates a sum by ").append(rules);
    }
    if (rule.dof() != Rule.Aggregation.USUAL_DOF) {
      words.append(", with at least ").append(rule.dof()).append(" degrees of freedom");
    }
    return words.toString();
  }

  @Override
  public String dp(Rule.Dp rule) {
    return "the answer is an aggregate and gets noise, epsilon "
        + rule.epsilon()
        + " for each question, in which a person counts in at most "
        + rule.groups()
        + " groups with at most "
        + rule.rows()
        + " rows each";
  }

  @Override
  public String user(Rule.User rule) {
    return rule.principal() + " asks";
  }

  @Override
  public String group(Rule.Group rule) {
    return "somebody of the group " + rule.name() + " asks";
  }

  @Override
  public String all(Rule.All rule) {
    return joined(rule.rules(), " and ");
  }

  @Override
  public String any(Rule.Any rule) {
    return joined(rule.rules(), " or ");
  }

  @Override
  public String atLeast(Rule.AtLeast rule) {
    return "at least " + rule.n() + " of these hold: " + joined(rule.rules(), ", ");
  }

  @Override
  public String always(Rule.Always rule) {
    return "anybody asks anything";
  }

  @Override
  public String never(Rule.Never rule) {
    return "never";
  }

  private String joined(List<Rule> rules, String between) {
    return rules.size() == 1
        ? rules.get(0).fold(this)
        : rules.stream().map(r -> "(" + r.fold(this) + ")").collect(Collectors.joining(between));
  }
}
