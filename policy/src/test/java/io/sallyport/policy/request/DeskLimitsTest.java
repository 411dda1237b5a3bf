package io.sallyport.policy.request;

import static io.sallyport.policy.request.DeskTest.refused;
import static io.sallyport.policy.request.Filings.ADA;
import static io.sallyport.policy.request.Filings.BOB;
import static io.sallyport.policy.request.Filings.OLGA;
import static io.sallyport.policy.request.Filings.TERMS;
import static io.sallyport.policy.request.Filings.key;
import static io.sallyport.policy.request.Filings.olga;
import static io.sallyport.policy.request.Filings.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.artifact.ArtifactCatalogue;
import io.sallyport.policy.request.DeskException.Kind;
import io.sallyport.policy.store.Backend;
import io.sallyport.policy.store.SharedStore;
import io.sallyport.policy.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How long requests live, what takes their place, how many there may be, and who sees which. */
@ParameterizedClass
@EnumSource(Backend.class)
final class DeskLimitsTest {
  @Parameter Backend backend;
  private final ManualClock clock = new ManualClock();
  private Store store;
  private ApprovalDesk desk;
  private ArtifactCatalogue catalogue;

  @BeforeEach
  void open() {
    store = SharedStore.empty(backend);
    desk = new ApprovalDesk(store, clock, TERMS);
    catalogue = new ArtifactCatalogue(store, clock, TERMS);
  }

  @Test
  void question_thatIsAskedAgain_isTheSameRequest() {
    ApprovalRequest first = desk.file(request(key(ADA, "p1"), "one", List.of(olga())));
    ApprovalRequest second = desk.file(request(key(ADA, "p1"), "two", List.of(olga())));
    assertThat(second).isEqualTo(first);
    assertThat(catalogue.ids()).containsExactly(first.artifactId());
    assertThat(desk.file(request(key(BOB, "p1"))).id()).isNotEqualTo(first.id());
  }

  @Test
  void question_afterADecision_isANewRequest() {
    ApprovalRequest first = desk.file(request(key(ADA, "p1")));
    desk.reject(first.id(), OLGA, "no");
    clock.pass(Duration.ofSeconds(1));
    ApprovalRequest second = desk.file(request(key(ADA, "p1")));
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(desk.newest("ada", "p1")).contains(second);
    assertThat(desk.newest("bob", "p1")).isEmpty();
    assertThat(desk.find(first.id()).orElseThrow().state()).isEqualTo(RequestState.REJECTED);
  }

  @Test
  void question_underOtherTermsOrOfOtherData_takesThePlaceOfTheOld() {
    for (QuestionKey newer :
        List.of(
            new QuestionKey("ada", "p1", "terms2", "data1"),
            new QuestionKey("ada", "p1", "terms2", "data2"))) {
      ApprovalRequest old = desk.file(request(key(ADA, "p1")));
      ApprovalRequest other = desk.file(request(key(ADA, "p2")));
      ApprovalRequest filed = desk.file(request(newer));
      ApprovalRequest superseded = desk.find(old.id()).orElseThrow();
      assertThat(superseded.state()).isEqualTo(RequestState.EXPIRED);
      assertThat(superseded.reason()).contains("superseded by request " + filed.id());
      refused(Kind.NOT_OPEN, () -> desk.approve(old.id(), OLGA, ""));
      assertThat(filed.state()).isEqualTo(RequestState.PENDING);
      assertThat(desk.find(other.id()).orElseThrow().state()).isEqualTo(RequestState.PENDING);
    }
  }

  @Test
  void request_pastItsEnd_isExpiredToEveryReaderAtOnce_andInTheStoreAfterExpire() {
    ApprovalRequest pending = desk.file(request(key(ADA, "p1")));
    ApprovalRequest returned = desk.file(request(key(ADA, "p2")));
    desk.giveBack(returned.id(), OLGA, "why?");
    clock.pass(Duration.ofDays(7).minusMillis(1));
    assertThat(desk.expire()).isZero();
    assertThat(desk.find(pending.id()).orElseThrow().state()).isEqualTo(RequestState.PENDING);
    clock.pass(Duration.ofMillis(1));
    for (int round = 0; round < 2; round++) {
      for (ApprovalRequest each : List.of(pending, returned)) {
        ApprovalRequest expired = desk.find(each.id()).orElseThrow();
        assertThat(expired.state()).isEqualTo(RequestState.EXPIRED);
        assertThat(expired.reason()).contains("nobody decided in time");
        assertThat(expired.decidedAt()).contains(each.expiresAt());
        refused(Kind.NOT_OPEN, () -> desk.approve(each.id(), OLGA, ""));
        refused(Kind.NOT_OPEN, () -> desk.justify(each.id(), ADA, "x"));
        refused(Kind.NOT_OPEN, () -> desk.rejudged(each.id(), "terms2", List.of(olga())));
      }
      assertThat(list(Optional.of(RequestState.PENDING))).isEmpty();
      assertThat(list(Optional.of(RequestState.RETURNED))).isEmpty();
      assertThat(list(Optional.of(RequestState.EXPIRED)))
          .containsExactly(returned.id(), pending.id());
      assertThat(desk.expire()).isEqualTo(round == 0 ? 2 : 0);
      clock.pass(Duration.ofSeconds(1));
    }
    assertThat(desk.file(request(key(ADA, "p1"))).id()).isNotEqualTo(pending.id());
  }

  @Test
  void request_pastItsEnd_makesRoomBeforeAnybodySweeps() {
    ApprovalRequest old = desk.file(request(key(ADA, "p1")));
    clock.pass(Duration.ofDays(7));
    ApprovalRequest again = desk.file(request(key(ADA, "p1")));
    assertThat(again.id()).isNotEqualTo(old.id());
    assertThat(desk.find(old.id()).orElseThrow().reason()).contains("nobody decided in time");
  }

  @Test
  void requests_beyondTheLimit_areRefused_untilOneIsClosed() {
    ApprovalDesk narrow =
        desk(new ApprovalTerms(Duration.ofDays(7), Duration.ofDays(30), 2, 9, 9999));
    ApprovalRequest first = narrow.file(request(key(ADA, "p1")));
    narrow.file(request(key(ADA, "p2")));
    narrow.giveBack(first.id(), OLGA, "why?");
    DeskException refusal = refused(Kind.LIMIT, () -> narrow.file(request(key(ADA, "p3"))));
    assertThat(refusal.subject()).isEqualTo("ada has 2 open requests, and may have no more");
    assertThat(catalogue.of("ada")).hasSize(2);
    assertThat(narrow.file(request(key(ADA, "p1"))).id()).isEqualTo(first.id());
    assertThat(narrow.file(request(key(BOB, "p1"))).state()).isEqualTo(RequestState.PENDING);
    narrow.withdraw(first.id(), ADA);
    assertThat(narrow.file(request(key(ADA, "p3"))).state()).isEqualTo(RequestState.PENDING);
  }

  @Test
  void request_thatTakesAnothersPlace_needsNoMoreRoom() {
    ApprovalDesk narrow =
        desk(new ApprovalTerms(Duration.ofDays(7), Duration.ofDays(30), 1, 9, 9999));
    narrow.file(request(key(ADA, "p1")));
    ApprovalRequest newer = narrow.file(request(new QuestionKey("ada", "p1", "terms2", "data1")));
    assertThat(newer.state()).isEqualTo(RequestState.PENDING);
  }

  @Test
  void request_whoseArtifactHasNoRoom_isNotFiled_andTheOldOneStays() {
    ApprovalDesk narrow =
        desk(new ApprovalTerms(Duration.ofDays(7), Duration.ofDays(30), 9, 2, 9999));
    ApprovalRequest old = narrow.file(request(key(ADA, "p1")));
    narrow.file(request(key(ADA, "p2")));
    QuestionKey newer = new QuestionKey("ada", "p1", "terms2", "data1");
    refused(Kind.LIMIT, () -> narrow.file(request(newer)));
    assertThat(narrow.find(old.id())).contains(old);
    assertThat(narrow.list(RequestFilter.newest(9))).hasSize(2);
    assertThat(catalogue.of("ada")).hasSize(2);
  }

  @Test
  void list_isNewestFirst_andFilters() {
    ApprovalRequest one = desk.file(request(key(ADA, "p1")));
    ApprovalRequest two = desk.file(request(key(BOB, "p1")));
    clock.pass(Duration.ofSeconds(1));
    ApprovalRequest three = desk.file(request(key(ADA, "p3")));
    desk.reject(one.id(), OLGA, "no");
    assertThat(list(Optional.empty())).containsExactly(three.id(), two.id(), one.id());
    assertThat(list(Optional.of(RequestState.REJECTED))).containsExactly(one.id());
    assertThat(list(Optional.of(RequestState.PENDING))).containsExactly(three.id(), two.id());
    assertThat(desk.list(RequestFilter.newest(2))).hasSize(2);
    assertThat(desk.list(RequestFilter.newest(0))).isEmpty();
    assertThat(
            desk.list(new RequestFilter(Optional.empty(), Optional.of("ada"), 9)).stream()
                .map(ApprovalRequest::id))
        .containsExactly(three.id(), one.id());
    assertThat(desk.list(RequestFilter.newest(9)))
        .allSatisfy(each -> assertThat(desk.find(each.id())).contains(each));
  }

  @Test
  void time_isKeptToTheMicrosecond() {
    clock.pass(Duration.ofNanos(1_999));
    ApprovalRequest filed = desk.file(request(key(ADA, "p1")));
    assertThat(filed.filedAt()).isEqualTo(Instant.parse("2026-03-01T08:00:00.000001Z"));
  }

  private ApprovalDesk desk(ApprovalTerms terms) {
    return new ApprovalDesk(store, clock, terms);
  }

  private List<String> list(Optional<RequestState> state) {
    return desk.list(new RequestFilter(state, Optional.empty(), 100)).stream()
        .map(ApprovalRequest::id)
        .toList();
  }
}
