package io.sallyport.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.policy.rule.Rule;
import io.sallyport.policy.rule.RuleParser;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A rule that names a group holds for who is in it. */
final class GroupRuleTest {
  private static final Rule STUDY = RuleParser.parse("group(\"study-7\")");
  private static final Principal ADA = new Principal("ada", Role.ANALYST);

  @Test
  void group_holdsForItsMembers_andForNobodyElse() {
    assertThat(of(STUDY, ADA.in(List.of("study-7", "trial-2")))).containsExactly(Requirement.NONE);
    assertThat(of(STUDY, ADA.in(List.of("study-70")))).isEmpty();
    assertThat(of(STUDY, ADA)).isEmpty();
    assertThat(of(STUDY, new Principal("study-7", Role.ANALYST))).isEmpty();
  }

  @Test
  void group_withinOtherRules_isOneOfThem() {
    Rule rule = RuleParser.parse("any(all(group(\"study-7\"), user(\"ada\")), false)");
    assertThat(of(rule, ADA.in(List.of("study-7")))).containsExactly(Requirement.NONE);
    assertThat(of(rule, new Principal("ben", Role.ANALYST).in(List.of("study-7")))).isEmpty();
  }

  private static List<Requirement> of(Rule rule, Principal principal) {
    return Requirements.of(rule, principal, Requirements.Fitness.NONE, Set.of());
  }
}
