package io.sallyport.policy.settings;

import io.sallyport.policy.rule.Rule;
import java.util.List;
import java.util.stream.Stream;

/** The dp rules that a rule has in it. */
final class NoiseRules implements Rule.Cases<Stream<Rule.Dp>> {

  @Override
  public Stream<Rule.Dp> aggregation(Rule.Aggregation rule) {
    return Stream.empty();
  }

  @Override
  public Stream<Rule.Dp> dp(Rule.Dp rule) {
    return Stream.of(rule);
  }

  @Override
  public Stream<Rule.Dp> user(Rule.User rule) {
    return Stream.empty();
  }

  @Override
  public Stream<Rule.Dp> group(Rule.Group rule) {
    return Stream.empty();
  }

  @Override
  public Stream<Rule.Dp> all(Rule.All rule) {
    return each(rule.rules());
  }

  @Override
  public Stream<Rule.Dp> any(Rule.Any rule) {
    return each(rule.rules());
  }

  @Override
  public Stream<Rule.Dp> atLeast(Rule.AtLeast rule) {
    return each(rule.rules());
  }

  @Override
  public Stream<Rule.Dp> always(Rule.Always rule) {
    return Stream.empty();
  }

  @Override
  public Stream<Rule.Dp> never(Rule.Never rule) {
    return Stream.empty();
  }

  private Stream<Rule.Dp> each(List<Rule> rules) {
    return rules.stream().flatMap(rule -> rule.fold(this));
  }
}
