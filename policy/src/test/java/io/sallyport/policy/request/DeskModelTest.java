package io.sallyport.policy.request;

import static io.sallyport.policy.request.Filings.ADA;
import static io.sallyport.policy.request.Filings.OLGA;
import static io.sallyport.policy.request.Filings.OTTO;
import static io.sallyport.policy.request.Filings.RITA;
import static io.sallyport.policy.request.Filings.STAYS;
import static io.sallyport.policy.request.Filings.VISITS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.artifact.ArtifactCatalogue;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.store.Backend;
import io.sallyport.policy.store.SharedStore;
import io.sallyport.policy.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The desk does what its model does, whatever several people do in whatever order. */
final class DeskModelTest {
  private static final int STEPS = 20;
  private static final List<Principal> PEOPLE = List.of(ADA, RITA, OLGA, OTTO);
  private static final List<String> WORDS = List.of("", "because", "for my thesis");
  private static final List<List<Demand>> DEMANDS =
      List.of(
          List.of(new Demand(STAYS, Set.of("olga"), 1, List.of("small"))),
          List.of(new Demand(STAYS, Set.of("olga", "rita"), 2, List.of("small"))),
          List.of(new Demand(STAYS, Set.of(), 1, List.of())),
          List.of(
              new Demand(VISITS, Set.of("otto", "rita"), 1, List.of("joined")),
              new Demand(STAYS, Set.of("olga", "otto"), 2, List.of("small", "blacklisted"))));

  @ParameterizedTest
  @EnumSource(Backend.class)
  void desk_in300RandomSequences_doesWhatTheModelDoes(Backend backend) {
    run(backend, 300);
  }

  @Tag("campaign")
  @ParameterizedTest
  @EnumSource(Backend.class)
  void desk_in20000RandomSequences_doesWhatTheModelDoes(Backend backend) {
    run(backend, 20_000);
  }

  private static void run(Backend backend, int sequences) {
    for (int seed = 0; seed < sequences; seed++) {
      new Sequence(SharedStore.empty(backend), seed).run();
    }
  }

  private static final class Sequence {
    private final ManualClock clock = new ManualClock();
    private final Random random;
    private final int seed;
    private final ApprovalDesk desk;
    private final ArtifactCatalogue catalogue;
    private final ModelDesk model;
    private final StringBuilder story = new StringBuilder();

    Sequence(Store store, int seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.desk = new ApprovalDesk(store, clock, ModelDesk.TERMS);
      this.catalogue = new ArtifactCatalogue(store, clock, ModelDesk.TERMS);
      this.model = new ModelDesk(clock);
    }

    void run() {
      for (int i = 0; i < STEPS; i++) {
        step();
        check();
      }
      checkArtifacts();
    }

    private void step() {
      clock.pass(Duration.ofMinutes(1));
      List<String> ids = List.copyOf(model.entries().keySet());
      if (ids.isEmpty() || random.nextInt(4) == 0) {
        file();
        return;
      }
      String id = pick(ids);
      Principal person = pick(PEOPLE);
      String words = WORDS.get(1 + random.nextInt(2));
      switch (random.nextInt(10)) {
        case 0, 1, 2 ->
            same(
                id + " approved by " + person.name(),
                model.approve(id, person),
                () -> desk.approve(id, person, ""));
        case 3 ->
            same(
                id + " rejected by " + person.name(),
                model.reject(id, person, words),
                () -> desk.reject(id, person, words));
        case 4 ->
            same(
                id + " given back by " + person.name(),
                model.giveBack(id, person, words),
                () -> desk.giveBack(id, person, words));
        case 5 ->
            same(
                id + " justified by " + person.name(),
                model.justify(id, person, words),
                () -> desk.justify(id, person, words));
        case 6 ->
            same(
                id + " withdrawn by " + person.name(),
                model.withdraw(id, person),
                () -> desk.withdraw(id, person));
        case 7 -> policy(id);
        case 8 -> delete(id, person);
        default -> pass();
      }
    }

    private void file() {
      QuestionKey key =
          new QuestionKey(
              pick(PEOPLE).name(),
              "p" + random.nextInt(5),
              "terms" + random.nextInt(2),
              "data" + random.nextInt(2));
      NewRequest request = Filings.request(key, pick(WORDS), pick(DEMANDS));
      story.append("file ").append(key).append('\n');
      Optional<String> expected = model.beforeFiling(request);
      String told =
          told(
              () -> {
                ApprovalRequest filed = desk.file(request);
                if (expected.isEmpty()) {
                  assertThat(filed.state()).isEqualTo(RequestState.PENDING);
                  assertThat(model.entries()).doesNotContainKey(filed.id());
                  model.filed(filed.id(), request);
                }
                return filed.id() + " " + filed.state();
              });
      if (expected.isPresent()) {
        assertThat(told).as(where()).isEqualTo(expected.get());
      }
    }

    private void policy(String id) {
      if (random.nextBoolean()) {
        String terms = "terms" + random.nextInt(2);
        List<Demand> demands = pick(DEMANDS);
        same(
            id + " rejudged",
            model.rejudged(id, terms, demands),
            () -> desk.rejudged(id, terms, demands));
      } else {
        same(
            id + " closed",
            model.closeByPolicy(id, RequestState.REJECTED, "policy"),
            () -> desk.closeByPolicy(id, RequestState.REJECTED, "policy"));
      }
    }

    private void delete(String id, Principal person) {
      String artifact = model.entries().get(id).artifactId;
      story.append("delete the artifact of ").append(id).append('\n');
      assertThat(told(() -> Boolean.toString(catalogue.delete(artifact, person.name()))))
          .as(where())
          .isEqualTo(model.deleteArtifact(id, person));
    }

    private void pass() {
      Duration time = Duration.ofHours(random.nextInt(24 * 12));
      story.append("pass ").append(time).append('\n');
      clock.pass(time);
      if (random.nextBoolean()) {
        desk.expire();
        catalogue.expired().forEach(catalogue::forget);
      }
    }

    private void same(String step, String expected, Supplier<ApprovalRequest> real) {
      story.append(step).append('\n');
      assertThat(told(() -> real.get().state().name())).as(where()).isEqualTo(expected);
    }

    private void check() {
      List<ApprovalRequest> all = desk.list(RequestFilter.newest(1_000));
      assertThat(all).as(where()).hasSameSizeAs(model.entries().keySet());
      for (ApprovalRequest real : all) {
        ModelDesk.Entry entry = model.entries().get(real.id());
        assertThat(real.key()).as(where()).isEqualTo(entry.key);
        assertThat(real.state()).as(where()).isEqualTo(entry.state);
        assertThat(real.reason()).as(where()).isEqualTo(entry.reason);
        assertThat(real.justification()).as(where()).isEqualTo(entry.justification);
        assertThat(real.demands()).as(where()).isEqualTo(entry.demands);
        assertThat(real.votes()).as(where()).containsExactlyInAnyOrderElementsOf(entry.votes);
      }
    }

    private void checkArtifacts() {
      for (ModelDesk.Entry entry : model.entries().values()) {
        boolean alive = !entry.artifactDeleted && clock.instant().isBefore(entry.artifactEnd);
        assertThat(catalogue.find(entry.artifactId).isPresent()).as(where()).isEqualTo(alive);
      }
    }

    private String where() {
      return "seed " + seed + ":\n" + story;
    }

    private <T> T pick(List<T> choices) {
      return choices.get(random.nextInt(choices.size()));
    }

    private static String told(Supplier<String> call) {
      try {
        return call.get();
      } catch (DeskException e) {
        return e.kind().name();
      }
    }
  }
}
