package io.sallyport.policy.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.rule.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PolicySetTest {
  private static final Frame STAYS =
      frame("stays", new FrameSource.Table("stays"), Policy.defaults(), Set.of("Name"));
  private static final Frame VISITS =
      frame("visits", new FrameSource.Table("visits"), Policy.defaults(), Set.of());

  @Test
  void version_ofEqualContentInAnyOrder_isEqual() {
    assertThat(version(STAYS, VISITS)).isEqualTo(version(VISITS, STAYS)).matches("[0-9a-f]{16}");
  }

  @Test
  void version_ofAnyOtherContent_isAnother() {
    Policy suppressing =
        new Policy(new Rule.Aggregation(10), new Rule.Always(), SmallGroups.SUPPRESS);
    Policy eleven = new Policy(new Rule.Aggregation(11), new Rule.Always(), SmallGroups.APPROVAL);
    Policy noApproval =
        new Policy(new Rule.Aggregation(10), new Rule.Never(), SmallGroups.APPROVAL);
    FrameSource table = new FrameSource.Table("stays");
    FrameSource files = new FrameSource.Files("stays", "csv", Map.of());
    Stream<PolicySet> others =
        Stream.of(
            PolicySet.of(List.of(STAYS), Set.of()),
            PolicySet.of(List.of(STAYS), Set.of(FrameName.of("zips"))),
            PolicySet.of(List.of(STAYS, VISITS), Set.of()),
            PolicySet.of(List.of(frame("stays", table, suppressing, Set.of("name"))), Set.of()),
            PolicySet.of(List.of(frame("stays", table, eleven, Set.of("name"))), Set.of()),
            PolicySet.of(List.of(frame("stays", table, noApproval, Set.of("name"))), Set.of()),
            PolicySet.of(List.of(frame("stays", table, Policy.defaults(), Set.of())), Set.of()),
            PolicySet.of(List.of(frame("stays", files, Policy.defaults(), Set.of())), Set.of()));
    assertThat(others.map(PolicySet::version)).doesNotHaveDuplicates();
  }

  @Test
  void versionOfFrames_dependsOnTheirTermsAlone() {
    PolicySet policies = PolicySet.of(List.of(STAYS, VISITS), Set.of());
    PolicySet others = PolicySet.of(List.of(STAYS), Set.of(FrameName.of("zips")));
    Set<FrameName> stays = Set.of(STAYS.name());
    assertThat(policies.versionOf(stays)).isEqualTo(others.versionOf(stays));
    assertThat(policies.versionOf(List.of(STAYS.name(), VISITS.name())))
        .isEqualTo(policies.versionOf(List.of(VISITS.name(), STAYS.name(), VISITS.name())))
        .isNotEqualTo(policies.versionOf(stays))
        .isNotEqualTo(others.versionOf(List.of(STAYS.name(), VISITS.name())))
        .isNotEqualTo(policies.structureVersionOf(List.of(STAYS.name(), VISITS.name())));
    assertThat(others.versionOf(Set.of(VISITS.name())))
        .isNotEqualTo(others.versionOf(Set.of()))
        .isNotEqualTo(policies.versionOf(Set.of(VISITS.name())));
  }

  /** Whatever decides, and whatever labels depend on, has to change one version or both. */
  @Test
  void versionOfFrames_changesWithEachTerm_andTheStructuresOnlyWithWhatLabelsDependOn() {
    Frame usual = whole(List.of());
    String terms = terms(usual);
    String structure = structure(usual);
    for (String part :
        List.of("owner", "automatic", "approval", "small", "reviewers", "votes", "savable")) {
      Frame changed = whole(List.of(part));
      assertThat(terms(changed)).as(part).isNotEqualTo(terms);
      assertThat(structure(changed)).as(part).isEqualTo(structure);
    }
    for (String part :
        List.of(
            "source",
            "unit",
            "blacklist",
            "identifiers",
            "unique",
            "missing",
            "missing of a column")) {
      Frame changed = whole(List.of(part));
      assertThat(terms(changed)).as(part).isNotEqualTo(terms);
      assertThat(structure(changed)).as(part).isNotEqualTo(structure);
    }
  }

  @Test
  void deciders_areOwnerAndReviewers() {
    assertThat(whole(List.of()).deciders()).containsExactly("olga", "rita");
    assertThat(whole(List.of("reviewers")).deciders()).containsExactly("olga");
    assertThat(whole(List.of("owner")).deciders()).containsExactly("rita");
    assertThat(whole(List.of("owner", "reviewers")).deciders()).isEmpty();
  }

  @Test
  void version_isBlindToTheValuesOfOptions_becauseAnalystsSeeIt() {
    assertThat(version(files("hunter2"))).isEqualTo(version(files("swordfish")));
    assertThat(files("hunter2").toString()).contains("password").doesNotContain("hunter2");
  }

  @Test
  void policySet_withOneNameTwice_isNotMade() {
    assertThatThrownBy(() -> PolicySet.of(List.of(STAYS, STAYS), Set.of()))
        .hasMessage("Two frames have the name stays");
    assertThatThrownBy(() -> PolicySet.of(List.of(STAYS), Set.of(FrameName.of("STAYS"))))
        .hasMessage("stays is a frame and a public table");
  }

  @Test
  void frame_byItsNameInAnyCase_isFound() {
    PolicySet policies = PolicySet.of(List.of(STAYS), Set.of(FrameName.of("zips")));
    assertThat(policies.frame(FrameName.of("Stays"))).contains(STAYS);
    assertThat(policies.frame(FrameName.of("zips"))).isEmpty();
    assertThat(policies.isPublic(FrameName.of("ZIPS"))).isTrue();
    assertThat(policies.isPublic(FrameName.of("stays"))).isFalse();
  }

  @Test
  void directIdentifiers_areUnitBlacklistAndIdentifiersInLowerCase() {
    Frame frame =
        new Frame(
            FrameName.of("stays"),
            new FrameSource.Table("stays"),
            Optional.empty(),
            new PrivacyUnit.Column("PatientId"),
            Policy.defaults(),
            Set.of("Name"),
            Set.of("SSN"),
            Set.of(),
            1,
            true);
    assertThat(frame.directIdentifiers()).containsExactly("name", "patientid", "ssn");
    assertThat(STAYS.directIdentifiers()).containsExactly("name");
  }

  private static String terms(Frame frame) {
    return PolicySet.of(List.of(frame), Set.of()).versionOf(Set.of(frame.name()));
  }

  private static String structure(Frame frame) {
    return PolicySet.of(List.of(frame), Set.of()).structureVersionOf(Set.of(frame.name()));
  }

  /** A frame of which these parts are other than usual. */
  private static Frame whole(List<String> changed) {
    return new Frame(
        FrameName.of("stays"),
        new FrameSource.Table(changed.contains("source") ? "other" : "stays"),
        changed.contains("owner") ? Optional.empty() : Optional.of("olga"),
        changed.contains("unit") ? new PrivacyUnit.Row() : new PrivacyUnit.Column("id"),
        new Policy(
            new Rule.Aggregation(changed.contains("automatic") ? 11 : 10),
            changed.contains("approval") ? new Rule.Never() : new Rule.Always(),
            changed.contains("small") ? SmallGroups.SUPPRESS : SmallGroups.APPROVAL),
        changed.contains("blacklist") ? Set.of() : Set.of("name"),
        changed.contains("identifiers") ? Set.of() : Set.of("ssn"),
        changed.contains("reviewers") ? Set.of() : Set.of("rita"),
        changed.contains("votes") ? 2 : 1,
        !changed.contains("savable"),
        new PublicFacts(
            "id",
            false,
            changed.contains("unique") ? List.of("ID", "day") : List.of(),
            new MissingValues(
                changed.contains("missing"),
                changed.contains("missing of a column") ? Map.of("Lab", true) : Map.of()),
            Map.of()));
  }

  private static Frame files(String password) {
    FrameSource source = new FrameSource.Files("x", "jdbc", Map.of("password", password));
    return frame("stays", source, Policy.defaults(), Set.of());
  }

  private static String version(Frame... frames) {
    return PolicySet.of(List.of(frames), Set.of()).version();
  }

  private static Frame frame(
      String name, FrameSource source, Policy policy, Set<String> blacklist) {
    return new Frame(
        FrameName.of(name),
        source,
        Optional.of("olga"),
        new PrivacyUnit.Row(),
        policy,
        blacklist,
        Set.of(),
        Set.of(),
        1,
        true);
  }
}
