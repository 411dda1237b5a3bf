package io.sallyport.policy.decision;

import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.rule.AggregateFamily;
import io.sallyport.policy.rule.Dominance;
import io.sallyport.policy.rule.Rule;
import java.util.List;
import java.util.Set;

/**
 * What a rule says, read word by word: the meaning that requirements are held against.
 *
 * @param principal who asks
 * @param aggregate whether the plan is, without objection, an aggregate
 * @param functions the functions it uses
 * @param units how many people each row rests on at least
 * @param safe the dominance rules that hold
 * @param dof the least degrees of freedom of any statistic
 */
record Facts(
    Principal principal,
    boolean aggregate,
    Set<AggregateFamily> functions,
    long units,
    List<Dominance> safe,
    long dof)
    implements Rule.Cases<Boolean> {

  boolean satisfy(Rule rule) {
    return rule.fold(this);
  }

  boolean meet(Requirement requirement) {
    return units >= requirement.minimumUnits()
        && dof >= requirement.dof()
        && isSafe(requirement.dominance());
  }

  @Override
  public Boolean aggregation(Rule.Aggregation rule) {
    boolean onlyCounts = functions.stream().allMatch(f -> f == AggregateFamily.COUNT);
    boolean noStatistic = functions.stream().allMatch(f -> f.parameters() == 0);
    return aggregate
        && rule.functions().containsAll(functions)
        && units >= rule.k()
        && (onlyCounts || isSafe(rule.dominance()))
        && (noStatistic || dof >= rule.dof());
  }

  private boolean isSafe(List<Dominance> rules) {
    return rules.stream().allMatch(rule -> safe.stream().anyMatch(s -> s.implies(rule)));
  }

  /** The answers of these laws are exact. */
  @Override
  public Boolean dp(Rule.Dp rule) {
    return false;
  }

  @Override
  public Boolean user(Rule.User rule) {
    return principal.name().equals(rule.principal());
  }

  @Override
  public Boolean group(Rule.Group rule) {
    return principal.groups().contains(rule.name());
  }

  @Override
  public Boolean all(Rule.All rule) {
    return rule.rules().stream().allMatch(this::satisfy);
  }

  @Override
  public Boolean any(Rule.Any rule) {
    return rule.rules().stream().anyMatch(this::satisfy);
  }

  @Override
  public Boolean atLeast(Rule.AtLeast rule) {
    return rule.rules().stream().filter(this::satisfy).count() >= rule.n();
  }

  @Override
  public Boolean always(Rule.Always rule) {
    return true;
  }

  @Override
  public Boolean never(Rule.Never rule) {
    return false;
  }
}
