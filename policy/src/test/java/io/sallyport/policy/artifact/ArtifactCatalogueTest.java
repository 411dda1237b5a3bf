package io.sallyport.policy.artifact;

import static io.sallyport.policy.request.Filings.ADA;
import static io.sallyport.policy.request.Filings.BOB;
import static io.sallyport.policy.request.Filings.LATER;
import static io.sallyport.policy.request.Filings.OLGA;
import static io.sallyport.policy.request.Filings.TERMS;
import static io.sallyport.policy.request.Filings.artifact;
import static io.sallyport.policy.request.Filings.key;
import static io.sallyport.policy.request.Filings.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.policy.request.ApprovalDesk;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.ApprovalTerms;
import io.sallyport.policy.request.DeskException;
import io.sallyport.policy.request.DeskException.Kind;
import io.sallyport.policy.request.ManualClock;
import io.sallyport.policy.request.QuestionKey;
import io.sallyport.policy.store.Backend;
import io.sallyport.policy.store.SharedStore;
import io.sallyport.policy.store.Store;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Which artifacts there are, for whom and how long, on both databases. */
@ParameterizedClass
@EnumSource(Backend.class)
final class ArtifactCatalogueTest {
  @Parameter Backend backend;
  private final ManualClock clock = new ManualClock();
  private Store store;
  private ArtifactCatalogue catalogue;
  private ApprovalDesk desk;

  @BeforeEach
  void open() {
    store = SharedStore.empty(backend);
    catalogue = new ArtifactCatalogue(store, clock, TERMS);
    desk = new ApprovalDesk(store, clock, TERMS);
  }

  @Test
  void artifact_ofEveryKind_isReadAsItWasAdded() {
    for (ArtifactKind kind : ArtifactKind.values()) {
      Artifact artifact = added(key(ADA, "plan of " + kind), kind);
      assertThat(catalogue.find(artifact.id())).contains(artifact);
    }
    assertThat(catalogue.ids()).hasSize(3);
    assertThat(catalogue.find(Artifact.newId())).isEmpty();
    assertThat(catalogue.find("x' OR '1'='1")).isEmpty();
    assertThat(catalogue.find("\0")).isEmpty();
  }

  @Test
  void artifact_ofAnIdThatIsTaken_isNotAdded() {
    Artifact artifact = added(key(ADA, "p1"), ArtifactKind.RELEASED);
    assertThatThrownBy(() -> catalogue.add(artifact))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is an artifact of this id or name already");
  }

  @Test
  void artifact_pastItsEnd_isNeverFound_andForgottenOnlyThen() {
    Artifact artifact = added(key(ADA, "p1"), ArtifactKind.RELEASED);
    catalogue.forget(artifact.id());
    assertThat(catalogue.expired()).isEmpty();
    clock.pass(Duration.ofDays(1).minusMillis(1));
    assertThat(catalogue.find(artifact.id())).contains(artifact);
    clock.pass(Duration.ofMillis(1));
    assertThat(artifact.isExpired(clock.instant())).isTrue();
    assertThat(catalogue.find(artifact.id())).isEmpty();
    assertThat(catalogue.of("ada")).isEmpty();
    assertThat(catalogue.released(artifact.key())).isEmpty();
    refused(Kind.UNKNOWN, () -> catalogue.save(artifact.id(), "ada", "late"));
    assertThat(catalogue.delete(artifact.id(), "ada")).isFalse();
    assertThat(catalogue.expired()).containsExactly(artifact.id());
    assertThat(catalogue.ids()).containsExactly(artifact.id());
    catalogue.forget(artifact.id());
    assertThat(catalogue.ids()).isEmpty();
    catalogue.forget(artifact.id());
  }

  @Test
  void released_isTheNewestAboutExactlyThis() {
    QuestionKey asked = key(ADA, "p1");
    added(asked, ArtifactKind.PLAN);
    added(asked, ArtifactKind.AWAITING);
    assertThat(catalogue.released(asked)).isEmpty();
    added(asked, ArtifactKind.RELEASED);
    Artifact newest = added(asked, ArtifactKind.RELEASED);
    assertThat(catalogue.released(asked)).contains(newest);
    for (QuestionKey other :
        List.of(
            key(BOB, "p1"),
            key(ADA, "p2"),
            new QuestionKey("ada", "p1", "terms2", "data1"),
            new QuestionKey("ada", "p1", "terms1", ""))) {
      assertThat(catalogue.released(other)).isEmpty();
    }
  }

  @Test
  void saved_isFoundByItsName_andNeverExpires() {
    Artifact artifact = added(key(ADA, "p1"), ArtifactKind.RELEASED);
    Artifact saved = catalogue.save(artifact.id(), "ada", "mine");
    assertThat(saved.name()).contains("mine");
    assertThat(catalogue.named("ada", "mine")).contains(saved);
    assertThat(catalogue.named("bob", "mine")).isEmpty();
    assertThat(catalogue.named("ada", "\0")).isEmpty();
    clock.pass(Duration.ofDays(4_000));
    assertThat(saved.isExpired(clock.instant())).isFalse();
    assertThat(catalogue.find(artifact.id())).contains(saved);
    assertThat(catalogue.expired()).isEmpty();
    catalogue.forget(artifact.id());
    assertThat(catalogue.of("ada")).containsExactly(saved);
    assertThat(catalogue.save(artifact.id(), "ada", "mine")).isEqualTo(saved);
    assertThat(catalogue.save(artifact.id(), "ada", "renamed").name()).contains("renamed");
    assertThat(catalogue.named("ada", "mine")).isEmpty();
  }

  @Test
  void name_isOncePerPrincipal_andAName() {
    Artifact one = added(key(ADA, "p1"), ArtifactKind.RELEASED);
    Artifact two = added(key(ADA, "p2"), ArtifactKind.RELEASED);
    Artifact bobs = added(key(BOB, "p1"), ArtifactKind.RELEASED);
    catalogue.save(one.id(), "ada", "mine");
    refused(Kind.INVALID, () -> catalogue.save(two.id(), "ada", "mine"));
    assertThat(catalogue.find(two.id()).orElseThrow().name()).isEmpty();
    assertThat(catalogue.save(bobs.id(), "bob", "mine").name()).contains("mine");
    for (String name : List.of("", "Mine", "1st", "a-b", "a.b", "a\n", "a".repeat(64))) {
      refused(Kind.INVALID, () -> catalogue.save(two.id(), "ada", name));
    }
    assertThat(catalogue.save(two.id(), "ada", "a".repeat(63)).name()).isPresent();
  }

  @Test
  void artifact_ofSomebodyElse_isNeitherSavedNorDeleted() {
    Artifact artifact = added(key(ADA, "p1"), ArtifactKind.RELEASED);
    refused(Kind.UNKNOWN, () -> catalogue.save(artifact.id(), "bob", "mine"));
    refused(Kind.UNKNOWN, () -> catalogue.save("x", "bob", "mine"));
    assertThat(catalogue.delete(artifact.id(), "bob")).isFalse();
    assertThat(catalogue.of("bob")).isEmpty();
    assertThat(catalogue.delete(artifact.id(), "ada")).isTrue();
    assertThat(catalogue.delete(artifact.id(), "ada")).isFalse();
    assertThat(catalogue.delete(artifact.id())).isFalse();
  }

  @Test
  void artifact_thatMayNotBeSaved_isNot() {
    Artifact usual = artifact(key(ADA, "p1"), ArtifactKind.RELEASED, 10);
    Artifact artifact =
        new Artifact(
            usual.id(),
            usual.key(),
            usual.kind(),
            usual.plan(),
            usual.schemaJson(),
            usual.sources(),
            usual.grounds(),
            usual.resultHash(),
            usual.bytes(),
            usual.rows(),
            usual.name(),
            false,
            usual.createdAt(),
            usual.expiresAt());
    catalogue.add(artifact);
    refused(Kind.NOT_ENTITLED, () -> catalogue.save(artifact.id(), "ada", "mine"));
    assertThat(catalogue.find(artifact.id())).contains(artifact);
  }

  @Test
  void artifact_ofAnOpenOrApprovedRequest_isNotDeleted() {
    ApprovalRequest filed = desk.file(request(key(ADA, "p1")));
    String id = filed.artifactId();
    refused(Kind.NOT_ENTITLED, () -> catalogue.delete(id, "ada"));
    desk.giveBack(filed.id(), OLGA, "why?");
    refused(Kind.NOT_ENTITLED, () -> catalogue.delete(id));
    desk.approve(filed.id(), OLGA, "");
    refused(Kind.NOT_ENTITLED, () -> catalogue.delete(id, "ada"));
    clock.pass(Duration.ofDays(30));
    assertThat(catalogue.expired()).containsExactly(id);
    assertThat(catalogue.find(id)).isEmpty();
  }

  @Test
  void artifact_ofAClosedRequest_canBeDeleted() {
    ApprovalRequest withdrawn = desk.file(request(key(ADA, "p1")));
    desk.withdraw(withdrawn.id(), ADA);
    assertThat(catalogue.delete(withdrawn.artifactId(), "ada")).isTrue();
    ApprovalRequest rejected = desk.file(request(key(ADA, "p1")));
    desk.reject(rejected.id(), OLGA, "no");
    assertThat(catalogue.delete(rejected.artifactId())).isTrue();
  }

  @Test
  void artifact_ofARequest_doesNotEndBeforeIt() {
    ApprovalRequest filed = desk.file(request(key(ADA, "p1")));
    clock.pass(Duration.between(clock.instant(), LATER).plusDays(5));
    assertThat(catalogue.expired()).isEmpty();
    assertThat(catalogue.find(filed.artifactId())).isPresent();
    clock.pass(Duration.ofDays(1));
    assertThat(catalogue.expired()).containsExactly(filed.artifactId());
  }

  @Test
  void artifacts_beyondTheLimits_areRefused_untilSomeAreGone() {
    ArtifactCatalogue two = catalogue(2, 9_999);
    Artifact first = artifact(key(ADA, "p1"), ArtifactKind.RELEASED, 100);
    two.add(first);
    two.add(artifact(key(ADA, "p2"), ArtifactKind.PLAN, 0));
    Artifact third = artifact(key(ADA, "p3"), ArtifactKind.RELEASED, 100);
    refused(Kind.LIMIT, () -> two.add(third));
    two.add(artifact(key(BOB, "p1"), ArtifactKind.RELEASED, 100));
    two.delete(first.id());
    two.add(third);
    clock.pass(Duration.ofDays(1));
    two.add(artifact(key(ADA, "p4"), ArtifactKind.PLAN, 0));
  }

  @Test
  void bytes_thatTheirPrincipalHasNotSeen_makeNoDifference() {
    ArtifactCatalogue narrow = catalogue(9, 204);
    narrow.add(artifact(key(ADA, "p1"), ArtifactKind.AWAITING, 1_000_000));
    narrow.add(artifact(key(ADA, "p2"), ArtifactKind.AWAITING, 0));
    narrow.add(artifact(key(ADA, "p3"), ArtifactKind.RELEASED, 100));
    assertThat(narrow.of("ada")).hasSize(3);
  }

  /** Plans are kept as well: without counting them, they would be a way to fill the store. */
  @Test
  void bytes_ofResultsAndPlans_areCountedTogether() {
    ArtifactCatalogue narrow = catalogue(9, 204);
    narrow.add(artifact(key(ADA, "p1"), ArtifactKind.RELEASED, 100));
    refused(Kind.LIMIT, () -> narrow.add(artifact(key(ADA, "p2"), ArtifactKind.RELEASED, 101)));
    refused(
        Kind.LIMIT, () -> narrow.add(artifact(key(ADA, "p".repeat(103)), ArtifactKind.PLAN, 0)));
    narrow.add(artifact(key(ADA, "p2"), ArtifactKind.RELEASED, 100));
    refused(Kind.LIMIT, () -> narrow.add(artifact(key(ADA, "p"), ArtifactKind.PLAN, 0)));
    assertThatThrownBy(
            () -> narrow.add(artifact(key(BOB, "p"), ArtifactKind.RELEASED, Long.MAX_VALUE)))
        .isInstanceOf(ArithmeticException.class);
  }

  private Artifact added(QuestionKey key, ArtifactKind kind) {
    Artifact artifact = artifact(key, kind, 100);
    catalogue.add(artifact);
    return artifact;
  }

  private ArtifactCatalogue catalogue(int artifacts, long bytes) {
    return new ArtifactCatalogue(
        store,
        clock,
        new ApprovalTerms(Duration.ofDays(7), Duration.ofDays(30), 9, artifacts, bytes));
  }

  private static void refused(Kind kind, ThrowingCallable call) {
    DeskException refusal = catchThrowableOfType(DeskException.class, call);
    assertThat(refusal).as("must be refused as %s", kind).isNotNull();
    assertThat(refusal.kind()).isEqualTo(kind);
  }
}
