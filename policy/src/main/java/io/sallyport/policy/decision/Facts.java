package io.sallyport.policy.decision;

import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.rule.Rule;
import java.util.List;

/**
 * What is known about one answer and one frame, as the conditions of a rule see it.
 *
 * @param principal who asks
 * @param aggregate whether the plan is, without objection, an aggregate over the frame's people
 * @param units how many people each output row rests on at least
 */
record Facts(Principal principal, boolean aggregate, long units) implements Rule.Cases<Boolean> {

  boolean satisfy(Rule rule) {
    return rule.fold(this);
  }

  @Override
  public Boolean aggregation(Rule.Aggregation rule) {
    return aggregate && units >= rule.k();
  }

  @Override
  public Boolean user(Rule.User rule) {
    return principal.name().equals(rule.principal());
  }

  @Override
  public Boolean all(Rule.All rule) {
    return satisfied(rule.rules()) == rule.rules().size();
  }

  @Override
  public Boolean any(Rule.Any rule) {
    return satisfied(rule.rules()) >= 1;
  }

  @Override
  public Boolean atLeast(Rule.AtLeast rule) {
    return satisfied(rule.rules()) >= rule.n();
  }

  @Override
  public Boolean always(Rule.Always rule) {
    return true;
  }

  @Override
  public Boolean never(Rule.Never rule) {
    return false;
  }

  private long satisfied(List<Rule> rules) {
    return rules.stream().filter(this::satisfy).count();
  }
}
