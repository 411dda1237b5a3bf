package io.sallyport.policy.decision;

import static io.sallyport.policy.decision.Terms.ADA;
import static io.sallyport.policy.decision.Terms.KEY;
import static io.sallyport.policy.decision.Terms.UNIT_LOST;
import static io.sallyport.policy.decision.Terms.policies;
import static io.sallyport.policy.decision.Terms.question;
import static io.sallyport.policy.decision.Terms.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.Verdict.NeedsApproval;
import io.sallyport.policy.decision.Verdict.Refuse;
import io.sallyport.policy.decision.Verdict.Release;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.frame.SmallGroups;
import io.sallyport.policy.question.Question;
import io.sallyport.policy.question.Shape;
import io.sallyport.policy.rule.AggregateFamily;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JudgeTest {
  private static final FrameName STAYS = FrameName.of("stays");
  private final Judge judge = new Judge();

  @Test
  void question_onPublicDataOnly_isReleasedWithNothingToCheck() {
    assertThat(judge.judge(question(Shape.FRAME_ITSELF), policies("false", "false")))
        .isEqualTo(new Release(List.of()));
  }

  @Test
  void aggregate_withoutObjection_isReleasedOnceEnoughPeopleAreBehindEachRow() {
    Verdict verdict =
        judge.judge(
            question(Shape.AGGREGATE, source("stays")), policies("aggregation(10)", "true"));
    assertThat(verdict)
        .isEqualTo(new Release(List.of(new Obligation(STAYS, 10, SmallGroups.APPROVAL, true))));
    assertThat(verdict.refusal()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "true; 0",
        "user(\"ada\"); 0",
        "any(user(\"ada\"), aggregation(10)); 0",
        "any(user(\"bob\"), aggregation(10)); 10",
        "any(aggregation(20), aggregation(10)); 10",
        "all(aggregation(20), aggregation(10)); 20",
        "at-least(2, aggregation(5), aggregation(7), aggregation(9)); 7",
        "at-least(2, aggregation(5), aggregation(7), true); 5",
        "at-least(2, aggregation(5), aggregation(7), false); 7",
        "all(any(user(\"ada\"), aggregation(50)), aggregation(3)); 3",
      })
  void release_ofAnAggregate_demandsTheLeastNumberAtWhichTheWholeRuleHolds(
      String rule, long least) {
    assertThat(judge.judge(question(Shape.AGGREGATE, source("stays")), policies(rule, "false")))
        .isEqualTo(new Release(List.of(new Obligation(STAYS, least, SmallGroups.APPROVAL, false))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SUM; aggregation(10, dominance = p(10)); 10/[Percent[p=10]]/0",
        "COUNT; aggregation(10, dominance = p(10)); 10/[]/0",
        "SUM; aggregation(10, dof = 12); 10/[]/0",
        "STDDEV; aggregation(10, dof = 12); 10/[]/12",
        "CORR; aggregation(10); 10/[]/10",
        "SUM; any(aggregation(20), aggregation(5, dominance = p(10))); 5/[Percent[p=10]]/0 20/[]/0",
        "COUNT; any(aggregation(20), aggregation(5, dominance = p(10))); 5/[]/0",
        "SUM; any(aggregation(20), aggregation(5, functions = [count])); 20/[]/0",
        "SUM; all(aggregation(5, dominance = p(10)), aggregation(20)); 20/[Percent[p=10]]/0",
        "SUM; any(all(user(\"ada\"), aggregation(5)), aggregation(20)); 5/[]/0",
        "SUM; any(all(user(\"bob\"), aggregation(5)), aggregation(20)); 20/[]/0",
        "SUM; at-least(2, aggregation(9), aggregation(3, dominance = p(5)), aggregation(4, dominance = nk(1, 80))); "
            + "4/[Share[n=1, k=80], Percent[p=5]]/0 9/[Percent[p=5]]/0 9/[Share[n=1, k=80]]/0",
      })
  void release_underARuleWithOptions_demandsOneOfItsAlternatives(
      AggregateFamily function, String rule, String expected) {
    Verdict verdict =
        judge.judge(
            question(Shape.AGGREGATE, source("stays", Set.of(function))), policies(rule, "false"));
    String alternatives =
        verdict.fold(
            release ->
                release.obligations().get(0).alternatives().stream()
                    .map(r -> r.minimumUnits() + "/" + r.dominance() + "/" + r.dof())
                    .collect(Collectors.joining(" ")),
            n -> "",
            r -> "");
    assertThat(alternatives).isEqualTo(expected);
  }

  @Test
  void aggregate_ofAFunctionThatTheOwnerDoesNotRelease_namesItAndWhatPasses() {
    PolicySet policies = policies("aggregation(10, functions = [count, avg])", "true");
    Question question =
        question(
            Shape.AGGREGATE, source("stays", Set.of(AggregateFamily.SUM, AggregateFamily.COUNT)));
    Verdict verdict = judge.judge(question, policies);
    assertThat(verdict).isInstanceOf(NeedsApproval.class);
    assertThat(verdict.refusal().orElseThrow().text())
        .startsWith(
            "[SALLYPORT.AGG_NOT_ALLOWED] Frame stays does not release sum to ada by itself.")
        .contains("What would pass: an aggregate of count, avg.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aggregation(10)",
        "aggregation(10, dof = 9)",
        "aggregation(10, functions = [sum])",
        "at-least(1, aggregation(10), false)"
      })
  void aggregate_ofProducts_isNotReleasedByARuleThatDoesNotNameThem(String automatic) {
    PolicySet policies = policies(automatic, "false");
    Question question =
        question(
            Shape.AGGREGATE, source("stays", Set.of(AggregateFamily.SUM, AggregateFamily.PRODUCT)));
    assertThat(judge.judge(question, policies).refusal().orElseThrow().text())
        .startsWith(
            "[SALLYPORT.AGG_NOT_ALLOWED] Frame stays does not release products of columns to ada");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aggregation(10, functions = [sum, product])",
        "any(aggregation(9), aggregation(10, functions = [count, product, sum]))"
      })
  void aggregate_ofProducts_isReleasedByTheRuleThatNamesThem(String automatic) {
    Question question =
        question(
            Shape.AGGREGATE, source("stays", Set.of(AggregateFamily.SUM, AggregateFamily.PRODUCT)));
    List<Long> people =
        judge
            .judge(question, policies(automatic, "false"))
            .fold(
                release ->
                    release.obligations().get(0).alternatives().stream()
                        .map(Requirement::minimumUnits)
                        .toList(),
                n -> List.of(),
                r -> List.of());
    assertThat(people).containsExactly(10L);
  }

  @Test
  void aggregate_ofFunctionsThatOnlyDifferentRulesRelease_isNotReleased() {
    PolicySet policies =
        policies(
            "any(aggregation(9, functions = [sum]), aggregation(9, functions = [avg]))", "false");
    Question question =
        question(
            Shape.AGGREGATE, source("stays", Set.of(AggregateFamily.SUM, AggregateFamily.AVG)));
    assertThat(judge.judge(question, policies).refusal().orElseThrow().text())
        .contains("does not release sum, avg in one aggregate to ada")
        .contains("an aggregate of sum, avg, one at a time.");
  }

  @Test
  void smallGroup_underADominanceRule_readsTheSameWhateverIsBroken() {
    PolicySet policies =
        policies("any(aggregation(20), aggregation(10, dominance = p(10)))", "false");
    Obligation obligation =
        judge
            .judge(
                question(Shape.AGGREGATE, source("stays", Set.of(AggregateFamily.SUM))), policies)
            .fold(release -> release.obligations().get(0), n -> null, r -> null);
    String first =
        judge
            .smallGroup(List.of(obligation), frame -> "cells: by ward", ADA, policies)
            .refusal()
            .orElseThrow()
            .text();
    assertThat(first)
        .startsWith("[SALLYPORT.SMALL_GROUP] Some row of the result rests on fewer than 10")
        .contains("or some of them have nearly all of a sum, by its cells: by ward.")
        .contains("none of whom dominates a sum by p(10); or at least 20 distinct patient_id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "aggregation(10); true; APPROVAL",
        "aggregation(10); false; REFUSE",
        "user(\"bob\"); user(\"ada\"); APPROVAL",
        "user(\"bob\"); user(\"bob\"); REFUSE",
        "user(\"bob\"); aggregation(5); APPROVAL",
        "false; all(true, user(\"bob\")); REFUSE",
        "all(aggregation(10), user(\"bob\")); any(false, user(\"ada\")); APPROVAL",
      })
  void aggregate_whoseRuleFailsOrIsObjectedTo_goesToTheApprovalRuleThenIsRefused(
      String automatic, String approval, String expected) {
    Question plain = question(Shape.AGGREGATE, source("stays"));
    Question objected = question(Shape.AGGREGATE, source("stays", UNIT_LOST));
    Question question = automatic.startsWith("aggregation") ? objected : plain;
    assertThat(judge.judge(question, policies(automatic, approval)))
        .isInstanceOf(expected.equals("APPROVAL") ? NeedsApproval.class : Refuse.class);
  }

  @Test
  void approvalRuleThatCountsPeople_failsLikeAnyOther_whenTheAnswerIsNoAggregate() {
    PolicySet policies = policies("aggregation(10)", "aggregation(5)");
    assertThat(judge.judge(question(Shape.ROWS, source("stays")), policies))
        .isInstanceOf(Refuse.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"ROWS", "FRAME_ITSELF"})
  void rows_underAnAggregationRule_areRawOutputAndTheRemedyIsAnAggregate(Shape shape) {
    Refusal refusal =
        judge
            .judge(question(shape, source("stays")), policies("aggregation(10)", "false"))
            .refusal()
            .orElseThrow();
    assertThat(refusal.code()).isEqualTo(RefusalCode.RAW_OUTPUT);
    assertThat(refusal.text())
        .contains("frame stays")
        .contains("Policy: frame stays, automatic = aggregation(10), policy version v1.")
        .contains("at least 10 distinct patient_id")
        .endsWith("for example groupBy(...).agg(count, sum or avg).");
  }

  @Test
  void rows_whenTheRuleLetsThisPersonSeeThem_areReleased() {
    assertThat(
            judge.judge(question(Shape.ROWS, source("stays")), policies("user(\"ada\")", "false")))
        .isInstanceOf(Release.class);
  }

  @Test
  void frameItself_whateverTheAutomaticRuleSays_isNotReleased() {
    Question question = question(Shape.FRAME_ITSELF, source("stays"));
    assertThat(judge.judge(question, policies("true", "true"))).isInstanceOf(NeedsApproval.class);
    assertThat(judge.judge(question, policies("true", "false")))
        .isInstanceOf(Refuse.class)
        .satisfies(
            verdict ->
                assertThat(verdict.refusal().orElseThrow().text())
                    .startsWith("[SALLYPORT.RAW_OUTPUT] The result is frame stays as it is.")
                    .contains("What would pass: a query over the frame"));
  }

  @Test
  void objections_areTheGroundsInTheirOrder() {
    Question question = question(Shape.AGGREGATE, source("stays", UNIT_LOST, KEY));
    Verdict verdict = judge.judge(question, policies("aggregation(10)", "false"));
    assertThat(grounds(verdict))
        .extracting(Ground::code, Ground::subject, Ground::remedy)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                UNIT_LOST.code(), UNIT_LOST.subject(), UNIT_LOST.remedy()),
            org.assertj.core.groups.Tuple.tuple(KEY.code(), KEY.subject(), KEY.remedy()));
    assertThat(verdict.refusal().orElseThrow().code()).isEqualTo(RefusalCode.UNIT_LOST);
  }

  @Test
  void objection_underTermsThatReleaseNothing_promisesNothing() {
    Question question = question(Shape.AGGREGATE, source("stays", UNIT_LOST));
    assertThat(grounds(judge.judge(question, policies("user(\"bob\")", "false"))))
        .extracting(Ground::remedy)
        .containsExactly(
            "nothing of frame stays without its owner, whom you may ask for other terms");
  }

  @Test
  void frame_usedTwice_isObjectedToWhenOneUseIs() {
    Question question = question(Shape.AGGREGATE, source("stays"), source("stays", UNIT_LOST));
    assertThat(grounds(judge.judge(question, policies("aggregation(10)", "true"))))
        .extracting(Ground::code)
        .containsExactly(RefusalCode.UNIT_LOST);
  }

  @Test
  void frame_withoutPolicy_isRefusedEvenWhenAPublicTableHasItsName() {
    for (String name : List.of("secret", "zips")) {
      Refusal refusal =
          judge
              .judge(question(Shape.AGGREGATE, source(name)), policies("true", "true"))
              .refusal()
              .orElseThrow();
      assertThat(refusal.code()).isEqualTo(RefusalCode.SOURCE_NOT_ALLOWED);
      assertThat(refusal.text())
          .startsWith(
              "[SALLYPORT.SOURCE_NOT_ALLOWED] There is no frame or public table " + name + ".");
    }
  }

  @Test
  void verdict_overSeveralFrames_isTheStrictestAndItsGroundComesFirst() {
    PolicySet policies =
        policies(
            Terms.frame("a", rule("aggregation(10)"), rule("true")),
            Terms.frame("b", rule("false"), rule("true")),
            Terms.frame("c", rule("false"), rule("false")));
    Question releasable = question(Shape.AGGREGATE, source("a"));
    Question both = question(Shape.AGGREGATE, source("b"), source("a"));
    Question all = question(Shape.AGGREGATE, source("a"), source("b"), source("c"));
    assertThat(judge.judge(releasable, policies)).isInstanceOf(Release.class);
    assertThat(judge.judge(both, policies)).isInstanceOf(NeedsApproval.class);
    Verdict verdict = judge.judge(all, policies);
    assertThat(verdict).isInstanceOf(Refuse.class);
    assertThat(grounds(verdict))
        .extracting(ground -> ground.frame().value())
        .containsExactly("c", "b");
  }

  @Test
  void needsApproval_asARefusal_saysWhoseApprovalItNeeds() {
    Question question = question(Shape.AGGREGATE, source("stays", KEY));
    Refusal refusal =
        judge.judge(question, policies("aggregation(10)", "true")).refusal().orElseThrow();
    assertThat(refusal.text())
        .isEqualTo(
            "[SALLYPORT.KEY_NOT_ALLOWED] groups by name. Policy: frame stays, automatic ="
                + " aggregation(10), policy version v1. What would pass: another key. Otherwise"
                + " this needs the owner's approval.");
  }

  @Test
  void aggregate_thatTheTermsReleaseToNobodyLikeThis_saysSo() {
    Question question = question(Shape.AGGREGATE, source("stays"));
    assertThat(judge.judge(question, policies("false", "true")).refusal().orElseThrow().code())
        .isEqualTo(RefusalCode.APPROVAL_REQUIRED);
    assertThat(judge.judge(question, policies("false", "false")).refusal().orElseThrow().text())
        .startsWith(
            "[SALLYPORT.SOURCE_NOT_ALLOWED] Frame stays releases no aggregate to ada by itself.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "true; APPROVAL",
        "user(\"ada\"); APPROVAL",
        "false; REFUSE",
        "user(\"bob\"); REFUSE",
        "aggregation(2); REFUSE",
        "any(aggregation(2), user(\"ada\")); APPROVAL",
      })
  void smallGroup_isPutBeforeTheOwnerOnlyWhenTheApprovalRuleHoldsWithoutPeople(
      String approval, String expected) {
    PolicySet policies = policies("aggregation(10)", approval);
    Obligation obligation =
        judge
            .judge(question(Shape.AGGREGATE, source("stays")), policies)
            .fold(release -> release.obligations().get(0), n -> null, r -> null);
    Verdict verdict = judge.smallGroup(List.of(obligation), frame -> "", ADA, policies);
    assertThat(verdict)
        .isInstanceOf(expected.equals("APPROVAL") ? NeedsApproval.class : Refuse.class);
    assertThat(obligation.mayAskApproval()).isEqualTo(expected.equals("APPROVAL"));
    assertThat(verdict.refusal().orElseThrow().text())
        .startsWith(
            "[SALLYPORT.SMALL_GROUP] Some row of the result rests on fewer than 10 distinct"
                + " patient_id of frame stays. Policy: frame stays,")
        .contains("so that every row rests on at least 10 distinct patient_id");
  }

  /** Which of the frames it is would be told of the data: the words are the same. */
  @ParameterizedTest
  @CsvSource({"true, true, true", "true, false, false", "false, true, false"})
  void smallGroup_ofSeveralFrames_namesThemAllAndIsTheStrictest(
      String approvalOfA, String approvalOfB, boolean asks) {
    PolicySet policies =
        policies(
            Terms.frame("a", rule("aggregation(10)"), rule(approvalOfA)),
            Terms.frame("b", rule("aggregation(5)"), rule(approvalOfB)));
    List<Obligation> demanded =
        judge
            .judge(question(Shape.AGGREGATE, source("a"), source("b")), policies)
            .fold(Release::obligations, n -> List.of(), r -> List.of());
    assertThat(demanded).hasSize(2);

    Verdict verdict = judge.smallGroup(demanded, frame -> "", ADA, policies);

    assertThat(verdict).isInstanceOf(asks ? NeedsApproval.class : Refuse.class);
    assertThat(grounds(verdict)).hasSize(2);
    assertThat(verdict.refusal().orElseThrow().text())
        .contains("of frame a")
        .contains("of frame b")
        .contains("or on too few people of frame");
  }

  @Test
  void smallGroup_ofAFrameThatIsGone_isRefused() {
    Obligation obligation = new Obligation(FrameName.of("gone"), 10, SmallGroups.APPROVAL, true);
    assertThat(judge.smallGroup(List.of(obligation), frame -> "", ADA, policies("true", "true")))
        .isInstanceOf(Refuse.class);
  }

  private static io.sallyport.policy.rule.Rule rule(String text) {
    return io.sallyport.policy.rule.RuleParser.parse(text);
  }

  private static List<Ground> grounds(Verdict verdict) {
    return verdict.fold(release -> List.of(), NeedsApproval::grounds, Refuse::grounds);
  }
}
