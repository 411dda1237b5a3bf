package io.sallyport.connect.desk.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.FrameSource;
import io.sallyport.policy.frame.Policy;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.frame.PrivacyUnit;
import io.sallyport.policy.frame.SmallGroups;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.policy.rule.RuleParser;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Everybody reads advice about their own frames. */
final class PoliciesPageTest {

  @Test
  void adviceAboutAFrameOfALongerName_isNotForTheOwnerOfTheShorter() {
    PolicySet policies =
        PolicySet.of(List.of(open("stays", "olga"), open("stays_secret", "otto")), Set.of());
    assertThat(page("olga", policies))
        .contains("frame stays: automatic lets everything out")
        .doesNotContain("stays_secret");
    assertThat(page("otto", policies))
        .contains("frame stays_secret: automatic lets everything out")
        .doesNotContain("frame stays:");
  }

  private static String page(String owner, PolicySet policies) {
    Viewer viewer = new Viewer(new Principal(owner, Role.ANALYST), "csrf", Optional.empty());
    return PoliciesPage.of(viewer, policies);
  }

  private static Frame open(String name, String owner) {
    return new Frame(
        FrameName.of(name),
        new FrameSource.Table(name),
        Optional.of(owner),
        new PrivacyUnit.Column("id"),
        new Policy(RuleParser.parse("true"), RuleParser.parse("true"), SmallGroups.APPROVAL),
        Set.of(),
        Set.of(),
        Set.of(),
        1,
        true);
  }
}
