package io.sallyport.policy.advice;

import io.sallyport.policy.rule.Rule;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What a rule can let out by itself.
 *
 * @param everything whether it holds for whoever asks whatever
 * @param exact whether it may let an exact answer out
 * @param noisy whether it may let an answer with noise out
 */
public record RuleReach(boolean everything, boolean exact, boolean noisy) {

  /** The reach of a rule. */
  public static RuleReach of(Rule rule) {
    return rule.fold(new Reader());
  }

  /** The smallest number of people that exact answers of this rule rest on, where it has one. */
  public static OptionalInt leastPeople(Rule rule) {
    return rule.fold(new Least()).min();
  }

  private static final class Reader implements Rule.Cases<RuleReach> {
    @Override
    public RuleReach aggregation(Rule.Aggregation rule) {
      return new RuleReach(false, true, false);
    }

    @Override
    public RuleReach dp(Rule.Dp rule) {
      return new RuleReach(false, false, true);
    }

    @Override
    public RuleReach user(Rule.User rule) {
      return new RuleReach(false, false, false);
    }

    @Override
    public RuleReach group(Rule.Group rule) {
      return new RuleReach(false, false, false);
    }

    @Override
    public RuleReach all(Rule.All rule) {
      return several(rule.rules(), rule.rules().size());
    }

    @Override
    public RuleReach any(Rule.Any rule) {
      return several(rule.rules(), 1);
    }

    @Override
    public RuleReach atLeast(Rule.AtLeast rule) {
      return several(rule.rules(), rule.n());
    }

    @Override
    public RuleReach always(Rule.Always rule) {
      return new RuleReach(true, true, false);
    }

    @Override
    public RuleReach never(Rule.Never rule) {
      return new RuleReach(false, false, false);
    }

    private RuleReach several(List<Rule> rules, int needed) {
      List<RuleReach> each = rules.stream().map(rule -> rule.fold(this)).toList();
      boolean everything = each.stream().filter(RuleReach::everything).count() >= needed;
      boolean noisy = each.stream().anyMatch(RuleReach::noisy);
      boolean exact =
          everything || each.stream().anyMatch(reach -> reach.exact() && !reach.everything());
      return new RuleReach(everything, exact, noisy);
    }
  }

  private static final class Least implements Rule.Cases<IntStream> {
    @Override
    public IntStream aggregation(Rule.Aggregation rule) {
      return IntStream.of(rule.k());
    }

    @Override
    public IntStream dp(Rule.Dp rule) {
      return IntStream.empty();
    }

    @Override
    public IntStream user(Rule.User rule) {
      return IntStream.empty();
    }

    @Override
    public IntStream group(Rule.Group rule) {
      return IntStream.empty();
    }

    @Override
    public IntStream all(Rule.All rule) {
      return each(rule.rules());
    }

    @Override
    public IntStream any(Rule.Any rule) {
      return each(rule.rules());
    }

    @Override
    public IntStream atLeast(Rule.AtLeast rule) {
      return each(rule.rules());
    }

    @Override
    public IntStream always(Rule.Always rule) {
      return IntStream.empty();
    }

    @Override
    public IntStream never(Rule.Never rule) {
      return IntStream.empty();
    }

    private IntStream each(List<Rule> rules) {
      return rules.stream().flatMapToInt(rule -> rule.fold(this));
    }
  }
}
