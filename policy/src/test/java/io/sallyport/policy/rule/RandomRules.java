package io.sallyport.policy.rule;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Seeded rules of every kind, for laws that hold for all rules. */
public final class RandomRules {
  private static final int DEPTH = 4;

  private final Random random;

  private RandomRules(long seed) {
    this.random = new Random(seed);
  }

  /** So many rules; the same seed gives the same rules. */
  public static Stream<Rule> of(long seed, int count) {
    RandomRules rules = new RandomRules(seed);
    return IntStream.range(0, count).mapToObj(i -> rules.next(DEPTH));
  }

  private Rule next(int depth) {
    return switch (random.nextInt(depth == 0 ? 6 : 9)) {
      case 0 -> aggregation();
      case 1 -> new Rule.User(random.nextBoolean() ? "ada" : "bob.b@x-y_z");
      case 2 -> new Rule.Always();
      case 3 -> new Rule.Never();
      case 4 -> dp();
      case 5 -> new Rule.Group(random.nextBoolean() ? "study-7" : "g.b@x-y_z");
      case 6 -> new Rule.All(several(depth));
      case 7 -> new Rule.Any(several(depth));
      default -> {
        List<Rule> rules = several(depth);
        yield new Rule.AtLeast(1 + random.nextInt(rules.size()), rules);
      }
    };
  }

  private Rule dp() {
    return new Rule.Dp(
        new Epsilon(
            new BigDecimal(1 + random.nextInt(4000))
                .movePointLeft(random.nextInt(12))
                .min(BigDecimal.TEN)),
        new Delta(new BigDecimal(random.nextInt(1000)).movePointLeft(6 + random.nextInt(9))),
        1 + random.nextInt(9),
        1 + random.nextInt(1_000_000));
  }

  private Rule aggregation() {
    int k = 2 + random.nextInt(30);
    if (random.nextInt(3) > 0) {
      return new Rule.Aggregation(k);
    }
    List<AggregateFamily> functions =
        Arrays.stream(AggregateFamily.values()).filter(f -> random.nextInt(6) > 0).toList();
    List<Dominance> dominance =
        Stream.<Dominance>of(
                new Dominance.Percent(1 + random.nextInt(12)),
                new Dominance.Share(1 + random.nextInt(2), 75 + random.nextInt(12)))
            .filter(rule -> random.nextBoolean())
            .toList();
    boolean none = functions.stream().allMatch(f -> f == AggregateFamily.QUANTILE);
    return new Rule.Aggregation(
        k,
        none ? List.of(AggregateFamily.COUNT) : functions,
        dominance,
        random.nextBoolean() ? 10 : 1 + random.nextInt(15));
  }

  private List<Rule> several(int depth) {
    return IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(i -> next(depth - 1)).toList();
  }
}
