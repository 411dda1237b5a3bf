package io.sallyport.policy.decision;

import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.rule.Rule;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** The numbers of people at which a rule may begin to hold: every k in it. */
final class Thresholds implements Rule.Cases<LongStream> {

  private Thresholds() {}

  /**
   * The least number of people behind each row at which the rule holds; empty when no number is
   * enough. A rule is monotone in that number and changes only at its k's, so 0 and these are all
   * that must be tried.
   */
  static OptionalLong leastUnits(Rule rule, Principal principal, boolean aggregate) {
    return LongStream.concat(LongStream.of(0), rule.fold(new Thresholds()))
        .sorted()
        .filter(units -> new Facts(principal, aggregate, units).satisfy(rule))
        .findFirst();
  }

  @Override
  public LongStream aggregation(Rule.Aggregation rule) {
    return LongStream.of(rule.k());
  }

  @Override
  public LongStream user(Rule.User rule) {
    return LongStream.empty();
  }

  @Override
  public LongStream all(Rule.All rule) {
    return each(rule.rules());
  }

  @Override
  public LongStream any(Rule.Any rule) {
    return each(rule.rules());
  }

  @Override
  public LongStream atLeast(Rule.AtLeast rule) {
    return each(rule.rules());
  }

  @Override
  public LongStream always(Rule.Always rule) {
    return LongStream.empty();
  }

  @Override
  public LongStream never(Rule.Never rule) {
    return LongStream.empty();
  }

  private LongStream each(List<Rule> rules) {
    return rules.stream().flatMapToLong(rule -> rule.fold(this));
  }
}
