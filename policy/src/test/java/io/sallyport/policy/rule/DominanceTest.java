package io.sallyport.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class DominanceTest {

  /** The first two are the examples of the Handbook on SDC: p% and (n,k) judge them differently. */
  @ParameterizedTest
  @CsvSource({
    "p(3), 100000, 50000, 49000, false",
    "p(2), 100000, 50000, 49000, true",
    "nk(1-90), 100000, 50000, 49000, true",
    "p(10), 110000, 52000, 50000, true",
    "nk(2-90), 110000, 52000, 50000, false",
    "nk(2-93), 110000, 52000, 50000, true",
    "p(10), 110, 90, 11, true", // the bound itself is safe
    "p(10), 109.9, 90, 11, false",
    "nk(1-50), 100, 50, 50, true",
    "nk(1-50), 100, 50.01, 49, false",
    "p(10), 0, 0, 0, true",
    "nk(1-90), 0, 0, 0, true",
    "p(100), NaN, 1, 1, false",
    "p(10), Infinity, 1, 1, false",
    "p(10), 100, NaN, 1, false",
    "nk(1-90), 100, NaN, 1, false",
    "nk(2-90), 100, 1, NaN, false"
  })
  void contributions_areJudged(
      String rule, double total, double first, double second, boolean safe) {
    assertThat(parse(rule).isSafe(total, List.of(first, second))).isEqualTo(safe);
  }

  @Test
  void oneContributor_isAlwaysDominant() {
    assertThat(parse("p(1)").isSafe(5, List.of(5.0))).isFalse();
    assertThat(parse("nk(1-99)").isSafe(5, List.of(5.0))).isFalse();
    assertThat(parse("nk(10-99)").isSafe(5, List.of(3.0, 2.0))).isFalse();
  }

  static Stream<Integer> seeds() {
    return IntStream.range(0, 200).boxed();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsSafeByARule_isSafeByEveryRuleThatItImplies(int seed) {
    Random random = new Random(seed);
    List<Double> contributions =
        DoubleStream.generate(() -> Math.exp(6 * random.nextGaussian()))
            .limit(1 + random.nextInt(12))
            .boxed()
            .sorted(Comparator.reverseOrder())
            .toList();
    double total = contributions.stream().mapToDouble(d -> d).sum();
    List<Dominance> rules =
        IntStream.range(0, 30)
            .<Dominance>mapToObj(
                i ->
                    random.nextBoolean()
                        ? new Dominance.Percent(1 + random.nextInt(100))
                        : new Dominance.Share(1 + random.nextInt(10), 1 + random.nextInt(99)))
            .toList();
    for (Dominance a : rules) {
      for (Dominance b : rules) {
        if (a.implies(b) && a.isSafe(total, contributions.stream().limit(a.largest()).toList())) {
          assertThat(b.isSafe(total, contributions.stream().limit(b.largest()).toList())).isTrue();
        }
      }
    }
  }

  private static Dominance parse(String text) {
    String written = "aggregation(2, dominance = " + text.replace('-', ',') + ")";
    return ((Rule.Aggregation) RuleParser.parse(written)).dominance().get(0);
  }
}
