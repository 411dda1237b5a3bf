package io.sallyport.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.SmallGroups;
import io.sallyport.policy.rule.Dominance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The order of requirements, and what they say in words. */
final class RequirementTest {

  private static final Dominance TEN = new Dominance.Percent(10);
  private static final Dominance LARGEST = new Dominance.Share(3, 80);

  /** From the one that is met by most answers. */
  private static final List<Requirement> ASCENDING =
      List.of(
          Requirement.NONE,
          exact(5, List.of(), 0),
          exact(5, List.of(), 10),
          exact(5, List.of(TEN), 0),
          exact(5, List.of(LARGEST), 0),
          noisy(5, "1"),
          exact(10, List.of(), 0));

  @Test
  void order_isByPeople_thenByHowManyDominanceRules_thenByDegreesOfFreedom() {
    List<Requirement> shuffled = new ArrayList<>(ASCENDING);
    Collections.reverse(shuffled);
    assertThat(shuffled.stream().sorted().map(Requirement::minimumUnits))
        .containsExactly(0L, 5L, 5L, 5L, 5L, 5L, 10L);
    assertThat(exact(5, List.of(), 10)).isLessThan(exact(5, List.of(TEN), 0));
    assertThat(exact(5, List.of(TEN), 0)).isLessThan(exact(5, List.of(TEN), 1));
    assertThat(exact(5, List.of(TEN), 0)).isNotEqualByComparingTo(exact(5, List.of(LARGEST), 0));
    assertThat(noisy(5, "1")).isNotEqualByComparingTo(noisy(5, "2"));
    assertThat(noisy(5, "1")).isEqualByComparingTo(noisy(5, "1"));
  }

  @Test
  void implies_demandsAtLeastAsMuchOfEach() {
    assertThat(exact(10, List.of(), 0).implies(exact(10, List.of(), 0))).isTrue();
    assertThat(exact(9, List.of(), 0).implies(exact(10, List.of(), 0))).isFalse();
    assertThat(exact(10, List.of(), 5).implies(exact(10, List.of(), 5))).isTrue();
    assertThat(exact(10, List.of(), 4).implies(exact(10, List.of(), 5))).isFalse();
    assertThat(exact(10, List.of(TEN), 0).implies(exact(10, List.of(), 0))).isTrue();
    assertThat(exact(10, List.of(), 0).implies(exact(10, List.of(TEN), 0))).isFalse();
    assertThat(exact(10, List.of(), 0).implies(noisy(10, "1"))).isFalse();
    assertThat(noisy(10, "1").implies(exact(10, List.of(), 0))).isTrue();
    assertThat(noisy(10, "1").implies(noisy(10, "2"))).isTrue();
    assertThat(noisy(10, "2").implies(noisy(10, "1"))).isFalse();
  }

  @Test
  void termsOfNoise_implyLooserOnes_andTheLeastOfEachImpliesBoth() {
    NoiseTerms tight = terms("1", "1e-9", 2, 3);
    assertThat(tight.implies(tight)).isTrue();
    for (NoiseTerms looser :
        List.of(
            terms("2", "1e-9", 2, 3),
            terms("1", "1e-8", 2, 3),
            terms("1", "1e-9", 3, 3),
            terms("1", "1e-9", 2, 4))) {
      assertThat(tight.implies(looser)).as("%s", looser).isTrue();
      assertThat(looser.implies(tight)).as("%s", looser).isFalse();
      assertThat(tight.and(looser)).isEqualTo(tight);
      assertThat(looser.and(tight)).isEqualTo(tight);
    }
  }

  @Test
  void largest_isHowManyContributionsMustBeKnown() {
    assertThat(Requirement.NONE.largest()).isZero();
    assertThat(exact(5, List.of(LARGEST), 0).largest()).isEqualTo(LARGEST.largest()).isPositive();
  }

  @Test
  void words_sayEachDemand() {
    assertThat(exact(5, List.of(), 0).words("rows")).isEqualTo("at least 5 rows");
    assertThat(noisy(5, "1").words("rows")).isEqualTo("at least 5 rows, with noise");
    assertThat(exact(5, List.of(TEN), 7).words("distinct pid"))
        .startsWith("at least 5 distinct pid, none of whom dominates a sum by ")
        .endsWith(", with at least 7 degrees of freedom");
  }

  @Test
  void obligation_namesTheFewestPeopleOfItsAlternatives() {
    Obligation obligation =
        new Obligation(
            FrameName.of("stays"),
            List.of(exact(20, List.of(), 0), exact(10, List.of(TEN), 0)),
            SmallGroups.APPROVAL,
            false);
    assertThat(obligation.minimumUnits()).isEqualTo(10);
    assertThat(obligation.isMetAnyway()).isFalse();
    assertThat(obligation.only(Requirement.NONE).isMetAnyway()).isTrue();
  }

  private static Requirement exact(long people, List<Dominance> dominance, int dof) {
    return new Requirement(people, dominance, dof);
  }

  private static Requirement noisy(long people, String epsilon) {
    return new Requirement(people, List.of(), 0, Optional.of(terms(epsilon, "0", 1, 1)));
  }

  private static NoiseTerms terms(String epsilon, String delta, long groups, long rows) {
    return new NoiseTerms(Epsilon.of(epsilon), Delta.of(delta), groups, rows);
  }
}
