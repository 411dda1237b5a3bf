package io.sallyport.policy.request;

import static io.sallyport.policy.request.Filings.ADA;
import static io.sallyport.policy.request.Filings.BOB;
import static io.sallyport.policy.request.Filings.OLGA;
import static io.sallyport.policy.request.Filings.OTTO;
import static io.sallyport.policy.request.Filings.RITA;
import static io.sallyport.policy.request.Filings.STAYS;
import static io.sallyport.policy.request.Filings.TERMS;
import static io.sallyport.policy.request.Filings.VISITS;
import static io.sallyport.policy.request.Filings.key;
import static io.sallyport.policy.request.Filings.olga;
import static io.sallyport.policy.request.Filings.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.artifact.ArtifactCatalogue;
import io.sallyport.policy.artifact.ArtifactKind;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.request.DeskException.Kind;
import io.sallyport.policy.store.Backend;
import io.sallyport.policy.store.SharedStore;
import io.sallyport.policy.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How a request is decided, and by whom, on both databases. */
@ParameterizedClass
@EnumSource(Backend.class)
final class DeskTest {
  private static final Demand BOTH =
      new Demand(STAYS, Set.of("olga", "rita"), 2, List.of("two must agree"));

  @Parameter Backend backend;
  private final ManualClock clock = new ManualClock();
  private ApprovalDesk desk;
  private ArtifactCatalogue catalogue;

  @BeforeEach
  void open() {
    Store store = SharedStore.empty(backend);
    desk = new ApprovalDesk(store, clock, TERMS);
    catalogue = new ArtifactCatalogue(store, clock, TERMS);
  }

  @Test
  void request_thatIsFiled_isPending_andReadAsItWasWritten() {
    NewRequest written = request(key(ADA, "p1"), " for my\nthesis 😀 ", List.of(BOTH, any(VISITS)));
    ApprovalRequest filed = desk.file(written);
    assertThat(filed)
        .isEqualTo(
            new ApprovalRequest(
                filed.id(),
                key(ADA, "p1"),
                "session-1",
                "for my\nthesis 😀",
                written.question(),
                written.planInWords(),
                List.of(BOTH, any(VISITS)),
                written.judgedQuestion(),
                written.artifact().id(),
                "hash of p1",
                RequestState.PENDING,
                Optional.empty(),
                List.of(),
                clock.instant(),
                clock.instant().plus(Duration.ofDays(7)),
                Optional.empty()));
    assertThat(filed.id()).matches("r-[0-9a-f]{16}");
    assertThat(desk.find(filed.id())).contains(filed);
    Artifact kept = catalogue.find(filed.artifactId()).orElseThrow();
    assertThat(kept.kind()).isEqualTo(ArtifactKind.AWAITING);
    assertThat(kept.expiresAt()).isEqualTo(filed.expiresAt());
  }

  @Test
  void artifact_thatWasCollectedBefore_isTheRequests_andNoOtherIsTakenForIt() {
    NewRequest request = request(key(ADA, "p1"));
    catalogue.add(request.artifact());
    ApprovalRequest filed = desk.file(request);
    assertThat(catalogue.ids()).containsExactly(filed.artifactId());
    assertThat(catalogue.find(filed.artifactId()).orElseThrow().expiresAt())
        .isEqualTo(filed.expiresAt());
    for (QuestionKey other : List.of(key(BOB, "p1"), key(ADA, "p2"))) {
      Artifact foreign = artifactOf(other, filed.artifactId());
      NewRequest forged = new NewRequest(other, "s", "", "q", "w", List.of(olga()), "j", foreign);
      assertThatThrownBy(() -> desk.file(forged))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Another artifact has this id, or had it");
    }
    assertThat(desk.list(RequestFilter.newest(9))).containsExactly(filed);
  }

  @Test
  void approval_ofItsOnlyDecider_approves_andTheArtifactLivesOn() {
    ApprovalRequest filed = desk.file(request(key(ADA, "p1")));
    clock.pass(Duration.ofDays(2));
    ApprovalRequest approved = desk.approve(filed.id(), OLGA, " fine ");
    assertThat(approved.state()).isEqualTo(RequestState.APPROVED);
    assertThat(approved.decidedAt()).contains(clock.instant());
    assertThat(approved.votes())
        .containsExactly(new Vote(STAYS, "olga", true, "fine", clock.instant()));
    assertThat(approved.resultHash()).isEqualTo(filed.resultHash());
    assertThat(catalogue.find(filed.artifactId()).orElseThrow().expiresAt())
        .isEqualTo(clock.instant().plus(Duration.ofDays(30)));
  }

  @Test
  void rejection_ofOneOfTwo_rejects_withTheReason() {
    ApprovalRequest filed = desk.file(request(key(ADA, "p1"), "", List.of(BOTH)));
    desk.approve(filed.id(), OLGA, "");
    ApprovalRequest rejected = desk.reject(filed.id(), RITA, "too detailed");
    assertThat(rejected.state()).isEqualTo(RequestState.REJECTED);
    assertThat(rejected.reason()).contains("too detailed");
    assertThat(rejected.votes()).extracting(Vote::approves).containsExactly(true, false);
    refused(Kind.NOT_OPEN, () -> desk.approve(filed.id(), RITA, ""));
    refused(Kind.NOT_OPEN, () -> desk.reject(filed.id(), OLGA, "x"));
    refused(Kind.NOT_OPEN, () -> desk.giveBack(filed.id(), OLGA, "x"));
    refused(Kind.NOT_OPEN, () -> desk.withdraw(filed.id(), ADA));
    refused(Kind.NOT_OPEN, () -> desk.justify(filed.id(), ADA, "x"));
  }

  @Test
  void twoReviewers_mustBeTwoPeople() {
    ApprovalRequest filed = desk.file(request(key(ADA, "p1"), "", List.of(BOTH)));
    assertThat(desk.approve(filed.id(), OLGA, "").state()).isEqualTo(RequestState.PENDING);
    refused(Kind.ALREADY_VOTED, () -> desk.approve(filed.id(), OLGA, "again"));
    assertThat(desk.find(filed.id()).orElseThrow().votes()).hasSize(1);
    assertThat(desk.approve(filed.id(), RITA, "").state()).isEqualTo(RequestState.APPROVED);
  }

  @Test
  void everyFrame_mustAgree_andOnePersonMayAgreeForSeveral() {
    List<Demand> demands =
        List.of(olga(), new Demand(VISITS, Set.of("olga", "otto"), 2, List.of("joined")));
    ApprovalRequest filed = desk.file(request(key(ADA, "p1"), "", demands));
    assertThat(desk.approve(filed.id(), OLGA, "").votes()).hasSize(2);
    refused(Kind.ALREADY_VOTED, () -> desk.approve(filed.id(), OLGA, ""));
    assertThat(desk.approve(filed.id(), OTTO, "").state()).isEqualTo(RequestState.APPROVED);
  }

  @Test
  void who_wasNotNamed_doesNotDecide_andWhereNobodyIsNamedOnlyOwnersDo() {
    ApprovalRequest named = desk.file(request(key(ADA, "p1")));
    refused(Kind.NOT_ENTITLED, () -> desk.approve(named.id(), OTTO, ""));
    refused(Kind.NOT_ENTITLED, () -> desk.reject(named.id(), BOB, "x"));
    refused(Kind.NOT_ENTITLED, () -> desk.giveBack(named.id(), BOB, "x"));
    ApprovalRequest unnamed = desk.file(request(key(ADA, "p2"), "", List.of(any(STAYS))));
    refused(Kind.NOT_ENTITLED, () -> desk.approve(unnamed.id(), BOB, ""));
    assertThat(desk.approve(unnamed.id(), OTTO, "").state()).isEqualTo(RequestState.APPROVED);
    refused(Kind.NOT_ENTITLED, () -> desk.approve(unnamed.id(), BOB, ""));
  }

  @Test
  void nobody_decidesOnTheirOwnRequest_neitherAsOwnerNorAsReviewer() {
    ApprovalRequest owners = desk.file(request(key(OLGA, "p1"), "", List.of(any(STAYS))));
    refused(Kind.OWN_REQUEST, () -> desk.approve(owners.id(), OLGA, ""));
    refused(Kind.OWN_REQUEST, () -> desk.reject(owners.id(), OLGA, "x"));
    refused(Kind.OWN_REQUEST, () -> desk.giveBack(owners.id(), OLGA, "x"));
    ApprovalRequest reviewers = desk.file(request(key(RITA, "p1"), "", List.of(BOTH)));
    refused(Kind.OWN_REQUEST, () -> desk.approve(reviewers.id(), RITA, ""));
    desk.approve(reviewers.id(), OLGA, "");
    assertThat(desk.find(reviewers.id()).orElseThrow().state()).isEqualTo(RequestState.PENDING);
  }

  @Test
  void stranger_neitherWithdrawsNorJustifies() {
    ApprovalRequest filed = desk.file(request(key(ADA, "p1")));
    refused(Kind.NOT_ENTITLED, () -> desk.withdraw(filed.id(), BOB));
    refused(Kind.NOT_ENTITLED, () -> desk.justify(filed.id(), OLGA, "x"));
    assertThat(desk.withdraw(filed.id(), ADA).state()).isEqualTo(RequestState.WITHDRAWN);
    refused(Kind.NOT_OPEN, () -> desk.approve(filed.id(), OLGA, ""));
  }

  @Test
  void returned_waitsForItsPrincipal_andBeginsAnew() {
    ApprovalRequest filed = desk.file(request(key(ADA, "p1"), "because", List.of(BOTH)));
    desk.approve(filed.id(), OLGA, "");
    ApprovalRequest returned = desk.giveBack(filed.id(), RITA, "what for?");
    assertThat(returned.state()).isEqualTo(RequestState.RETURNED);
    assertThat(returned.reason()).contains("what for?");
    assertThat(returned.decidedAt()).isEmpty();
    ApprovalRequest again = desk.justify(filed.id(), ADA, "because of this");
    assertThat(again.state()).isEqualTo(RequestState.PENDING);
    assertThat(again.reason()).isEmpty();
    assertThat(again.votes()).isEmpty();
    assertThat(again.justification()).isEqualTo("because of this");
    assertThat(again.expiresAt()).isEqualTo(filed.expiresAt());
    desk.approve(filed.id(), RITA, "");
    assertThat(desk.approve(filed.id(), OLGA, "").state()).isEqualTo(RequestState.APPROVED);
  }

  @Test
  void returned_thatIsFiledAgainWithSomethingNew_isPendingAgain() {
    ApprovalRequest filed = desk.file(request(key(ADA, "p1"), "because", List.of(olga())));
    desk.giveBack(filed.id(), OLGA, "what for?");
    for (String old : List.of("", " ", "because")) {
      ApprovalRequest same = desk.file(request(key(ADA, "p1"), old, List.of(olga())));
      assertThat(same.state()).isEqualTo(RequestState.RETURNED);
    }
    ApprovalRequest again = desk.file(request(key(ADA, "p1"), "my thesis", List.of(olga())));
    assertThat(again.id()).isEqualTo(filed.id());
    assertThat(again.state()).isEqualTo(RequestState.PENDING);
    assertThat(again.justification()).isEqualTo("my thesis");
    assertThat(catalogue.of("ada")).hasSize(1);
  }

  /** Whoever agreed had read other words. */
  @Test
  void justification_thatChangesAfterAVote_takesTheVoteBack() {
    ApprovalRequest filed = desk.file(request(key(ADA, "p1"), "harmless", List.of(BOTH)));
    desk.approve(filed.id(), OLGA, "");
    assertThat(desk.justify(filed.id(), ADA, "harmless").votes()).hasSize(1);
    assertThat(desk.justify(filed.id(), ADA, "not so harmless").votes()).isEmpty();
    assertThat(desk.approve(filed.id(), RITA, "").state()).isEqualTo(RequestState.PENDING);
  }

  @Test
  void rejudged_isAboutTheNewTerms_andTheOldVotesAreVoid() {
    ApprovalRequest filed = desk.file(request(key(ADA, "p1"), "", List.of(BOTH)));
    desk.approve(filed.id(), OLGA, "");
    assertThat(desk.rejudged(filed.id(), "terms1", List.of(BOTH)).votes()).hasSize(1);
    List<Demand> others = List.of(new Demand(VISITS, Set.of("otto"), 1, List.of("new")));
    ApprovalRequest rejudged = desk.rejudged(filed.id(), "terms2", others);
    assertThat(rejudged.key()).isEqualTo(new QuestionKey("ada", "p1", "terms2", "data1"));
    assertThat(rejudged.demands()).isEqualTo(others);
    assertThat(rejudged.votes()).isEmpty();
    assertThat(catalogue.find(filed.artifactId()).orElseThrow().key()).isEqualTo(rejudged.key());
    refused(Kind.NOT_ENTITLED, () -> desk.approve(filed.id(), OLGA, ""));
    assertThat(desk.approve(filed.id(), OTTO, "").state()).isEqualTo(RequestState.APPROVED);
    refused(Kind.NOT_OPEN, () -> desk.rejudged(filed.id(), "terms3", others));
    assertThatThrownBy(() -> desk.rejudged(filed.id(), "terms3", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void policy_closesButNeverApproves() {
    ApprovalRequest filed = desk.file(request(key(ADA, "p1")));
    for (RequestState state :
        List.of(RequestState.APPROVED, RequestState.PENDING, RequestState.RETURNED)) {
      assertThatThrownBy(() -> desk.closeByPolicy(filed.id(), state, "x"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    ApprovalRequest closed =
        desk.closeByPolicy(filed.id(), RequestState.REJECTED, "the policy now refuses it");
    assertThat(closed.state()).isEqualTo(RequestState.REJECTED);
    assertThat(closed.reason()).contains("the policy now refuses it");
    refused(Kind.NOT_OPEN, () -> desk.approve(filed.id(), OLGA, ""));
    refused(Kind.NOT_OPEN, () -> desk.closeByPolicy(filed.id(), RequestState.EXPIRED, "x"));
  }

  @Test
  void words_thatAreMissingTooLongOrNoText_areRefused() {
    ApprovalRequest filed = desk.file(request(key(ADA, "p1")));
    refused(Kind.INVALID, () -> desk.reject(filed.id(), OLGA, " \n"));
    refused(Kind.INVALID, () -> desk.giveBack(filed.id(), OLGA, ""));
    refused(Kind.INVALID, () -> desk.justify(filed.id(), ADA, " "));
    for (String words : List.of("x".repeat(4_001), "a\0b", "\ud83d")) {
      refused(Kind.INVALID, () -> desk.approve(filed.id(), OLGA, words));
      refused(Kind.INVALID, () -> desk.reject(filed.id(), OLGA, words));
      refused(Kind.INVALID, () -> desk.file(request(key(ADA, "p2"), words, List.of(olga()))));
    }
    refused(Kind.INVALID, () -> desk.file(request(key(ADA, "p\0"))));
    assertThat(desk.approve(filed.id(), OLGA, "x".repeat(4_000)).state())
        .isEqualTo(RequestState.APPROVED);
  }

  @Test
  void request_thatIsNotThere_isUnknown_andItsIdNotEchoedUnlessItCouldBeOne() {
    for (String id :
        List.of("r-0123456789abcdef", "", "x' OR '1'='1", "\0", "<b>", "9".repeat(99))) {
      DeskException refusal = refused(Kind.UNKNOWN, () -> desk.approve(id, OLGA, ""));
      assertThat(refusal.subject())
          .isEqualTo(
              id.startsWith("r-") ? "there is no request " + id : "there is no request of this id");
      assertThat(desk.find(id)).isEmpty();
    }
  }

  @Test
  void refusal_saysWhatAndWhatElse_inOneMessage() {
    ApprovalRequest filed = desk.file(request(key(ADA, "p1")));
    DeskException refusal = refused(Kind.NOT_ENTITLED, () -> desk.approve(filed.id(), OTTO, ""));
    assertThat(refusal.subject()).isEqualTo("you may not decide on request " + filed.id());
    assertThat(refusal.remedy()).isEqualTo("The owner and the reviewers of its frames decide");
    assertThat(refusal).hasMessage("NOT_ENTITLED: " + refusal.subject() + ". " + refusal.remedy());
  }

  private static Demand any(FrameName frame) {
    return new Demand(frame, Set.of(), 1, List.of("asks"));
  }

  private static Artifact artifactOf(QuestionKey key, String id) {
    Artifact usual = Filings.artifact(key, ArtifactKind.AWAITING, 1);
    return new Artifact(
        id,
        key,
        usual.kind(),
        usual.plan(),
        usual.schemaJson(),
        usual.sources(),
        usual.grounds(),
        usual.resultHash(),
        usual.bytes(),
        usual.rows(),
        usual.name(),
        usual.savable(),
        usual.createdAt(),
        usual.expiresAt());
  }

  static DeskException refused(Kind kind, ThrowingCallable call) {
    DeskException refusal = catchThrowableOfType(DeskException.class, call);
    assertThat(refusal).as("must be refused as %s", kind).isNotNull();
    assertThat(refusal.kind()).isEqualTo(kind);
    return refusal;
  }
}
