package io.sallyport.policy.decision;

import static io.sallyport.policy.decision.Terms.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.question.Objection;
import io.sallyport.policy.question.Question;
import io.sallyport.policy.question.Shape;
import io.sallyport.policy.question.Source;
import io.sallyport.policy.rule.AggregateFamily;
import io.sallyport.policy.rule.RuleParser;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames with different rules in one answer: it is exact for all of them, or noisy for all. */
final class OneWayTest {

  private final Judge judge = new Judge();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Exact for both.
        "aggregation(10) | aggregation(5) | 10 5",
        "aggregation(10) | any(aggregation(5), dp(0.1)) | 10 5",
        "aggregation(10) | true | 10 0",
        // With noise for both, within the terms of both.
        "dp(1) | dp(2) | 0~1 0~2",
        "dp(1) | any(aggregation(10), dp(0.1)) | 0~1 0~0.1",
        "dp(1) | all(aggregation(10), dp(2)) | 0~1 10~2",
        "dp(1) | any(aggregation(10), all(aggregation(10), dp(2))) | 0~1 10~2",
        "dp(1) | true | 0~1 0",
        "dp(1) | any(user(\"ada\"), dp(0.1)) | 0~1 0",
        // In no way.
        "dp(1) | aggregation(10) | ",
        "dp(1) | all(user(\"ada\"), aggregation(10)) | ",
        "any(aggregation(10), user(\"bob\")) | all(aggregation(10), dp(1)) | ",
        "dp(1) | aggregation(10, dominance = p(10)) | ",
        "dp(1) | all(dp(1), aggregation(10, dominance = p(10))) | ",
      })
  void alternatives_areThoseOfTheOneWay(String first, String second, String expected) {
    String ways =
        judge(first, second, "false")
            .fold(
                release ->
                    release.obligations().stream()
                        .map(OneWayTest::text)
                        .collect(Collectors.joining(" ")),
                asks -> "asks",
                refuse -> null);

    assertThat(ways).isEqualTo(expected);
  }

  private static String text(Obligation obligation) {
    return obligation.alternatives().stream()
        .map(way -> way.minimumUnits() + way.noise().map(n -> "~" + n.epsilon()).orElse(""))
        .collect(Collectors.joining("/"));
  }

  @Test
  void refusal_namesBothSides_andWhatWouldPass() {
    assertThat(judge("dp(1)", "aggregation(10)", "false").refusal().orElseThrow().text())
        .isEqualTo(
            "[SALLYPORT.AGG_NOT_ALLOWED] This aggregate is released of frame b without noise only,"
                + " of frame a with noise only, and one answer cannot be both. Policy: frame a,"
                + " automatic = dp(epsilon = 1), policy version v1. What would pass: one aggregate"
                + " for the frames with noise and another for those without, whose results may be"
                + " joined, or a rule dp(...) from the owner of frame b.");
  }

  @Test
  void ownersWhoTakeRequests_areAllAsked() {
    List<String> asked =
        judge("dp(1)", "aggregation(10)", "true")
            .fold(
                release -> List.of(),
                asks -> asks.grounds().stream().map(ground -> ground.frame().value()).toList(),
                refuse -> List.of());

    assertThat(asked).containsExactly("a", "b");
  }

  @Test
  void objectionToTheOtherWay_isTold() {
    Objection noBounds =
        new Objection(RefusalCode.MISSING_BOUNDS, "sum(x) has no bounds", "least(x, <upper>)");
    PolicySet policies =
        Terms.policies(
            Terms.frame("a", RuleParser.parse("dp(epsilon = 1)"), RuleParser.parse("false")),
            Terms.frame(
                "b",
                RuleParser.parse("any(aggregation(10), dp(epsilon = 1))"),
                RuleParser.parse("false")));
    Question question =
        new Question(
            ADA,
            Shape.AGGREGATE,
            List.of(
                source("a"),
                new Source(
                    source("b").frame(),
                    List.of(),
                    Set.of(AggregateFamily.SUM),
                    List.of(noBounds))));

    List<Ground> grounds =
        judge
            .judge(question, policies)
            .fold(release -> List.of(), asks -> List.of(), Verdict.Refuse::grounds);

    assertThat(grounds)
        .filteredOn(ground -> ground.frame().value().equals("b"))
        .singleElement()
        .satisfies(
            ground -> {
              assertThat(ground.subject()).contains("sum(x) has no bounds");
              assertThat(ground.remedy()).startsWith("least(x, <upper>)");
            });
  }

  private Verdict judge(String first, String second, String approval) {
    PolicySet policies =
        Terms.policies(
            Terms.frame("a", RuleParser.parse(dp(first)), RuleParser.parse(approval)),
            Terms.frame("b", RuleParser.parse(dp(second)), RuleParser.parse(approval)));
    return judge.judge(
        new Question(ADA, Shape.AGGREGATE, List.of(source("a"), source("b"))), policies);
  }

  private static String dp(String rule) {
    return rule.replace("dp(", "dp(epsilon = ");
  }

  private static Source source(String frame) {
    return new Source(
        Terms.source(frame).frame(), List.of(), Set.of(AggregateFamily.SUM), List.of());
  }
}
