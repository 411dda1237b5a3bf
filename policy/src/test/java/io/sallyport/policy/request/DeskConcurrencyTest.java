package io.sallyport.policy.request;

import static io.sallyport.policy.request.Filings.ADA;
import static io.sallyport.policy.request.Filings.OLGA;
import static io.sallyport.policy.request.Filings.OTTO;
import static io.sallyport.policy.request.Filings.STAYS;
import static io.sallyport.policy.request.Filings.TERMS;
import static io.sallyport.policy.request.Filings.VISITS;
import static io.sallyport.policy.request.Filings.key;
import static io.sallyport.policy.request.Filings.olga;
import static io.sallyport.policy.request.Filings.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.artifact.ArtifactCatalogue;
import io.sallyport.policy.artifact.ArtifactKind;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.policy.store.Backend;
import io.sallyport.policy.store.SharedStore;
import io.sallyport.policy.store.Store;
import io.sallyport.policy.store.Together;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Many at once: all are served, none is lost, doubled or mixed up with another. */
@ParameterizedClass
@EnumSource(Backend.class)
@Timeout(120)
final class DeskConcurrencyTest {
  private static final int MANY = 50;

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
  void fiftyPeople_filingAtOnce_getEachTheirOwnRequest() throws Exception {
    List<ApprovalRequest> filed =
        Together.run(MANY, i -> desk.file(request(key(person(i), "plan"))));
    assertThat(filed.stream().map(ApprovalRequest::id)).doesNotHaveDuplicates();
    for (int i = 0; i < MANY; i++) {
      assertThat(filed.get(i).key().principal()).isEqualTo(person(i).name());
      assertThat(catalogue.find(filed.get(i).artifactId()).orElseThrow().key())
          .isEqualTo(filed.get(i).key());
    }
    assertThat(desk.list(RequestFilter.newest(1_000))).containsExactlyInAnyOrderElementsOf(filed);
  }

  @Test
  void fiftyPlansOfOnePerson_filedAtOnce_areFiftyRequests() throws Exception {
    List<ApprovalRequest> filed = Together.run(MANY, i -> desk.file(request(key(ADA, "plan" + i))));
    assertThat(filed.stream().map(each -> each.key().planHash()).distinct()).hasSize(MANY);
    assertThat(desk.list(RequestFilter.newest(1_000))).containsExactlyInAnyOrderElementsOf(filed);
  }

  @Test
  void oneQuestion_filedFiftyTimesAtOnce_isOneRequestWithOneArtifact() throws Exception {
    List<ApprovalRequest> filed = Together.run(MANY, i -> desk.file(request(key(ADA, "plan"))));
    assertThat(new HashSet<>(filed)).hasSize(1);
    assertThat(desk.list(RequestFilter.newest(1_000))).containsExactly(filed.get(0));
    assertThat(catalogue.ids()).containsExactly(filed.get(0).artifactId());
  }

  /** Whatever the order, one is open in the end, and each other names the one that replaced it. */
  @Test
  void onePlanOfManyVersions_filedAtOnce_leavesOneOpen() throws Exception {
    Together.run(
        MANY, i -> desk.file(request(new QuestionKey("ada", "plan", "terms1", "data" + i % 10))));
    List<ApprovalRequest> all = desk.list(RequestFilter.newest(1_000));
    assertThat(all.stream().filter(each -> each.state().isOpen())).hasSize(1);
    Set<String> ids = all.stream().map(ApprovalRequest::id).collect(Collectors.toSet());
    assertThat(all.stream().filter(each -> !each.state().isOpen()))
        .allSatisfy(
            each ->
                assertThat(ids)
                    .contains(each.reason().orElseThrow().replace("superseded by request ", "")));
    assertThat(catalogue.ids())
        .isEqualTo(all.stream().map(ApprovalRequest::artifactId).collect(Collectors.toSet()));
  }

  @Test
  void limits_holdHoweverManyFileAtOnce() throws Exception {
    ApprovalTerms narrow = new ApprovalTerms(Duration.ofDays(7), Duration.ofDays(30), 7, 11, 1_200);
    ApprovalDesk narrowDesk = new ApprovalDesk(store, clock, narrow);
    List<Boolean> served =
        Together.run(MANY, i -> isServed(() -> narrowDesk.file(request(key(ADA, "plan" + i)))));
    assertThat(served.stream().filter(each -> each)).hasSize(7);
    assertThat(desk.list(RequestFilter.newest(1_000))).hasSize(7);
    ArtifactCatalogue narrowCatalogue = new ArtifactCatalogue(store, clock, narrow);
    List<Boolean> added =
        Together.run(
            MANY,
            i ->
                isServed(
                    () ->
                        narrowCatalogue.add(
                            Filings.artifact(key(ADA, "p"), ArtifactKind.RELEASED, 10))));
    assertThat(added.stream().filter(each -> each)).hasSize(4);
    assertThat(catalogue.of("ada")).hasSize(11);
  }

  @Test
  void oneApprovesAndOneRejectsAtOnce_oneDecisionIsMade_andTheOtherIsTold() throws Exception {
    Demand any = new Demand(STAYS, Set.of("olga", "otto"), 1, List.of());
    for (int round = 0; round < 25; round++) {
      ApprovalRequest filed = desk.file(request(key(ADA, "plan" + round), "", List.of(any)));
      List<String> told =
          Together.run(
              2,
              i ->
                  outcome(
                      () ->
                          i == 0
                              ? desk.approve(filed.id(), OLGA, "yes")
                              : desk.reject(filed.id(), OTTO, "no")));
      ApprovalRequest decided = desk.find(filed.id()).orElseThrow();
      boolean approved = decided.state() == RequestState.APPROVED;
      assertThat(told)
          .containsExactly(approved ? "APPROVED" : "NOT_OPEN", approved ? "NOT_OPEN" : "REJECTED");
      assertThat(decided.reason()).isEqualTo(approved ? Optional.empty() : Optional.of("no"));
      assertThat(decided.votes())
          .singleElement()
          .satisfies(
              vote -> {
                assertThat(vote.decider()).isEqualTo(approved ? "olga" : "otto");
                assertThat(vote.approves()).isEqualTo(approved);
              });
      assertThat(catalogue.find(filed.artifactId()).orElseThrow().expiresAt())
          .isEqualTo(approved ? clock.instant().plus(Duration.ofDays(30)) : filed.expiresAt());
    }
  }

  /** Each sees the other's vote missing, if votes are counted without the request's lock. */
  @Test
  void bothOwnersApproveAtOnce_theRequestIsApproved() throws Exception {
    List<Demand> both = List.of(olga(), new Demand(VISITS, Set.of("otto"), 1, List.of("joined")));
    for (int round = 0; round < 25; round++) {
      ApprovalRequest filed = desk.file(request(key(ADA, "plan" + round), "", both));
      List<String> told =
          Together.run(2, i -> outcome(() -> desk.approve(filed.id(), i == 0 ? OLGA : OTTO, "")));
      assertThat(told).containsExactlyInAnyOrder("PENDING", "APPROVED");
      assertThat(desk.find(filed.id()).orElseThrow().votes()).hasSize(2);
    }
  }

  @Test
  void onePersonApprovingFiftyTimesAtOnce_isOnePerson() throws Exception {
    Demand two = new Demand(STAYS, Set.of("olga", "otto"), 2, List.of());
    ApprovalRequest filed = desk.file(request(key(ADA, "plan"), "", List.of(two)));
    List<String> told = Together.run(MANY, i -> outcome(() -> desk.approve(filed.id(), OLGA, "")));
    assertThat(told.stream().filter("PENDING"::equals)).hasSize(1);
    assertThat(told.stream().filter("ALREADY_VOTED"::equals)).hasSize(MANY - 1);
    assertThat(desk.find(filed.id()).orElseThrow().state()).isEqualTo(RequestState.PENDING);
  }

  @Test
  void withdrawalAndApprovalAtOnce_leaveNoApprovedArtifactOfAWithdrawnRequest() throws Exception {
    for (int round = 0; round < 25; round++) {
      ApprovalRequest filed = desk.file(request(key(ADA, "plan" + round)));
      List<String> told =
          Together.run(
              3,
              i ->
                  switch (i) {
                    case 0 -> outcome(() -> desk.withdraw(filed.id(), ADA));
                    case 1 -> outcome(() -> desk.approve(filed.id(), OLGA, ""));
                    default ->
                        Boolean.toString(isServed(() -> catalogue.delete(filed.artifactId())));
                  });
      boolean approved = desk.find(filed.id()).orElseThrow().state() == RequestState.APPROVED;
      Optional<Artifact> artifact = catalogue.find(filed.artifactId());
      assertThat(told.subList(0, 2))
          .containsExactly(approved ? "NOT_OPEN" : "WITHDRAWN", approved ? "APPROVED" : "NOT_OPEN");
      if (approved) {
        assertThat(artifact).isPresent();
      }
    }
  }

  @Test
  void oneName_savedByManyAtOnce_isOneArtifacts() throws Exception {
    Set<String> ids = new TreeSet<>();
    for (int i = 0; i < 20; i++) {
      Artifact artifact = Filings.artifact(key(ADA, "p" + i), ArtifactKind.RELEASED, 1);
      catalogue.add(artifact);
      ids.add(artifact.id());
    }
    List<String> all = List.copyOf(ids);
    List<Boolean> saved =
        Together.run(20, i -> isServed(() -> catalogue.save(all.get(i), "ada", "mine")));
    assertThat(saved.stream().filter(each -> each)).hasSize(1);
    assertThat(catalogue.named("ada", "mine").map(Artifact::id))
        .contains(all.get(saved.indexOf(true)));
  }

  private interface Decision {
    ApprovalRequest take();
  }

  private static String outcome(Decision decision) {
    try {
      return decision.take().state().name();
    } catch (DeskException e) {
      return e.kind().name();
    }
  }

  private static boolean isServed(Runnable call) {
    try {
      call.run();
      return true;
    } catch (DeskException e) {
      return false;
    }
  }

  private static Principal person(int i) {
    return new Principal("person" + i, Role.ANALYST);
  }
}
