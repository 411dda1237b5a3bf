package io.sallyport.policy.decision;

import static io.sallyport.policy.decision.Terms.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.rule.AggregateFamily;
import io.sallyport.policy.rule.Dominance;
import io.sallyport.policy.rule.RandomRules;
import io.sallyport.policy.rule.Rule;
import io.sallyport.policy.rule.RuleParser;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requirements against what rules say word by word; each case is made from its seed alone. */
final class RequirementsLawsTest {
  private static final Requirements.Fitness EXACT = new Requirements.Fitness(true, false);

  private static final List<Dominance> DOMINANCE =
      List.of(
          new Dominance.Percent(5),
          new Dominance.Percent(10),
          new Dominance.Share(1, 80),
          new Dominance.Share(2, 80));

  private static final List<AggregateFamily> FUNCTIONS =
      List.of(
          AggregateFamily.COUNT, AggregateFamily.SUM, AggregateFamily.STDDEV, AggregateFamily.CORR);

  static Stream<Case> cases() {
    return IntStream.range(0, 400).mapToObj(Case::of);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rule_holdsForAnAnswer_exactlyWhenItMeetsAnAlternative(Case c) {
    List<Requirement> alternatives = Requirements.of(c.rule, ADA, EXACT, c.functions);
    if (alternatives.size() < Requirements.MOST_ALTERNATIVES) {
      assertThat(c.answers)
          .allSatisfy(
              facts ->
                  assertThat(alternatives.stream().anyMatch(facts::meet))
                      .isEqualTo(facts.satisfy(c.rule)));
    }
    assertThat(c.answers)
        .allSatisfy(
            facts ->
                assertThat(alternatives.stream().noneMatch(facts::meet) || facts.satisfy(c.rule))
                    .isTrue());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void alternatives_doNotImplyEachOther(Case c) {
    List<Requirement> alternatives = Requirements.of(c.rule, ADA, EXACT, c.functions);
    for (Requirement one : alternatives) {
      assertThat(alternatives.stream().filter(other -> one.implies(other))).containsExactly(one);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answer_withMorePeopleAndFewerFunctions_neverFailsWhatItMet(Case c) {
    for (Facts facts : c.answers) {
      Facts better =
          new Facts(
              ADA,
              true,
              facts.functions().stream().limit(1).collect(Collectors.toSet()),
              facts.units() + 1,
              DOMINANCE,
              facts.dof() + 1);
      assertThat(!facts.satisfy(c.rule) || better.satisfy(c.rule)).isTrue();
      assertThat(
              !facts.satisfy(c.rule)
                  || Requirements.of(c.rule, ADA, EXACT, better.functions()).stream()
                      .anyMatch(better::meet))
          .isTrue();
    }
  }

  @Test
  void alternatives_ofMoreThanAreLookedAt_areFewerAndOnlyStricter() {
    String many =
        IntStream.rangeClosed(1, 40)
            .mapToObj(i -> "aggregation(" + (1 + i) + ", dominance = p(" + (100 - i) + "))")
            .collect(Collectors.joining(", ", "any(", ")"));
    List<Requirement> kept =
        Requirements.of(RuleParser.parse(many), ADA, EXACT, Set.of(AggregateFamily.SUM));
    assertThat(kept).hasSize(Requirements.MOST_ALTERNATIVES);
    assertThat(kept.get(0).minimumUnits()).isEqualTo(2);
  }

  /** A rule, the functions of a question, and answers to it. */
  private record Case(long seed, Rule rule, Set<AggregateFamily> functions, List<Facts> answers) {
    static Case of(int seed) {
      Random random = new Random(seed);
      Rule rule = RandomRules.of(seed, 1).toList().get(0);
      Set<AggregateFamily> functions = new HashSet<>();
      IntStream.rangeClosed(0, random.nextInt(3))
          .forEach(i -> functions.add(FUNCTIONS.get(random.nextInt(FUNCTIONS.size()))));
      List<Facts> answers =
          IntStream.range(0, 40).mapToObj(i -> answer(random, Set.copyOf(functions))).toList();
      return new Case(seed, rule, Set.copyOf(functions), answers);
    }

    private static Facts answer(Random random, Set<AggregateFamily> functions) {
      List<Dominance> safe = DOMINANCE.stream().filter(d -> random.nextBoolean()).toList();
      return new Facts(ADA, true, functions, random.nextInt(36), safe, random.nextInt(20));
    }

    @Override
    public String toString() {
      return "seed " + seed + " " + Arrays.toString(functions.toArray());
    }
  }
}
