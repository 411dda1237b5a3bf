package io.sallyport.policy.request;

import static io.sallyport.policy.request.Filings.OLGA;
import static io.sallyport.policy.request.Filings.OTTO;
import static io.sallyport.policy.request.Filings.STAYS;
import static io.sallyport.policy.request.Filings.TERMS;
import static io.sallyport.policy.request.Filings.key;
import static io.sallyport.policy.request.Filings.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.artifact.ArtifactCatalogue;
import io.sallyport.policy.audit.StoreUnavailableException;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.policy.store.Backend;
import io.sallyport.policy.store.OtherProcess;
import io.sallyport.policy.store.Store;
import io.sallyport.policy.store.StoreTerms;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The server is killed at any moment. What it had acknowledged is there, what is there is whole,
 * and nothing is there twice.
 */
@Timeout(1_200)
final class KilledServerTest {
  private static final Demand TWO =
      new Demand(STAYS, Set.of("olga", "otto"), 2, List.of("two must agree"));

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Backend.class)
  void server_thatIsKilledAFewTimes_losesAndHalvesNothing(Backend backend) throws Exception {
    kill(backend.newDatabase(folder), 3);
  }

  @Tag("campaign")
  @ParameterizedTest
  @EnumSource(Backend.class)
  void server_thatIsKilled100Times_losesAndHalvesNothing(Backend backend) throws Exception {
    kill(backend.newDatabase(folder), 100);
  }

  private static void kill(StoreTerms terms, int times) throws Exception {
    Random random = new Random(20260301);
    Map<String, String> acknowledged = new HashMap<>();
    for (int i = 0; i < times; i++) {
      try (OtherProcess server = OtherProcess.start(Server.class, terms, Integer.toString(i))) {
        List<String> lines = new ArrayList<>();
        lines.add(server.nextLine());
        TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
        lines.addAll(server.kill());
        for (String line : lines) {
          acknowledged.put(line.substring(0, line.indexOf(' ')), line);
        }
      }
      check(terms, acknowledged);
    }
    assertThat(acknowledged).hasSizeGreaterThan(times);
  }

  private static void check(StoreTerms terms, Map<String, String> acknowledged) {
    try (Store store = Store.open(terms)) {
      ApprovalDesk desk = new ApprovalDesk(store, Clock.systemUTC(), TERMS);
      ArtifactCatalogue catalogue = new ArtifactCatalogue(store, Clock.systemUTC(), TERMS);
      Map<String, ApprovalRequest> found = new HashMap<>();
      Set<QuestionKey> keys = new HashSet<>();
      for (ApprovalRequest each : desk.list(RequestFilter.newest(1_000_000))) {
        found.put(each.id(), each);
        assertThat(keys.add(each.key())).as("%s is filed once", each.key()).isTrue();
        assertThat(catalogue.find(each.artifactId()).orElseThrow().key()).isEqualTo(each.key());
        assertThat(each.votes().size())
            .isEqualTo(each.state() == RequestState.APPROVED ? 2 : each.votes().size() % 2);
      }
      assertThat(catalogue.ids()).hasSameSizeAs(found.keySet());
      acknowledged.forEach(
          (id, line) -> {
            ApprovalRequest kept = found.get(id);
            assertThat(kept).as(line).isNotNull();
            assertThat(kept.votes().size())
                .isGreaterThanOrEqualTo(line.endsWith("filed") ? 0 : line.endsWith("one") ? 1 : 2);
          });
    }
  }

  /** Files requests and has them approved by two, and prints what was acknowledged. */
  static final class Server {
    private Server() {}

    public static void main(String[] args) {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      Store store = Store.open(OtherProcess.terms(args));
      ApprovalDesk desk = new ApprovalDesk(store, Clock.systemUTC(), TERMS);
      for (int i = 0; ; i++) {
        Principal person = new Principal("p" + args[2] + "." + i, Role.ANALYST);
        try {
          serve(desk, person, out);
        } catch (StoreUnavailableException e) {
          System.err.println("A busy machine; what was not acknowledged does not count: " + e);
        }
      }
    }

    private static void serve(ApprovalDesk desk, Principal person, PrintStream out) {
      String id = desk.file(request(key(person, "plan"), "", List.of(TWO))).id();
      out.println(id + " filed");
      desk.approve(id, OLGA, "");
      out.println(id + " one");
      desk.approve(id, OTTO, "");
      out.println(id + " two");
    }
  }
}
