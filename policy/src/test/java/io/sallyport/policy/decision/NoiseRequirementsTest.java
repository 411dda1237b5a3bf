package io.sallyport.policy.decision;

import static io.sallyport.policy.decision.Terms.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.Requirements.Fitness;
import io.sallyport.policy.rule.AggregateFamily;
import io.sallyport.policy.rule.RuleParser;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What dp rules ask of an answer, alone and composed with others. */
final class NoiseRequirementsTest {
  private static final Fitness BOTH = new Fitness(true, true);

  @Test
  void dp_needsAPlanThatCanBeAnsweredWithNoise() {
    assertThat(of("dp(epsilon = 1)", new Fitness(true, false))).isEmpty();
    assertThat(of("dp(epsilon = 1)", new Fitness(false, true)))
        .singleElement()
        .satisfies(r -> assertThat(r.noise().orElseThrow().epsilon()).hasToString("1"));
  }

  @Test
  void all_takesTheLeastOfTheCaps_andTheMostOfThePeople() {
    assertThat(
            of(
                "all(aggregation(10), dp(epsilon = 1, delta = 1e-6, groups = 3), dp(epsilon = 2,"
                    + " rows = 4))",
                BOTH))
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.minimumUnits()).isEqualTo(10);
              NoiseTerms terms = r.noise().orElseThrow();
              assertThat(terms.epsilon()).hasToString("1");
              assertThat(terms.delta().isZero()).isTrue();
              assertThat(terms.groups()).isEqualTo(1);
              assertThat(terms.rows()).isEqualTo(1);
            });
  }

  @Test
  void any_keepsTheExactWayBesideTheNoisyOne() {
    assertThat(of("any(aggregation(10), dp(epsilon = 1))", BOTH))
        .extracting(r -> r.noise().isPresent())
        .containsExactlyInAnyOrder(true, false);
    assertThat(of("any(user(\"ada\"), dp(epsilon = 1))", BOTH)).containsExactly(Requirement.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all(aggregation(10, dominance = p(10)), dp(epsilon = 1)) | 0",
        "any(aggregation(10, dominance = p(10)), dp(epsilon = 1)) | 2",
        "all(aggregation(10), dp(epsilon = 1)) | 1",
        "all(user(\"bob\"), dp(epsilon = 1)) | 0",
      })
  void dominance_cannotBeLookedAtUnderNoise(String rule, int alternatives) {
    assertThat(of(rule, BOTH)).hasSize(alternatives);
  }

  private static List<Requirement> of(String rule, Fitness fitness) {
    return Requirements.of(RuleParser.parse(rule), ADA, fitness, Set.of(AggregateFamily.SUM));
  }
}
