package io.sallyport.spark.weather;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.audit.AuditEntry;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Role;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.RequestFilter;
import io.sallyport.policy.request.RequestState;
import io.sallyport.policy.store.Together;
import io.sallyport.spark.RefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many at once: everybody gets what is theirs, and nothing of anybody else's. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ManyAnalystsTest {
  private static final int ANALYSTS = 50;
  private static final int OWNERS = 2;

  @TempDir static Path directory;
  private static ClinicServer server;

  @BeforeAll
  static void open() {
    server = ClinicServer.open(ClinicServer.spark(directory, 2), directory, Map.of());
  }

  @AfterAll
  static void close() {
    server.close();
  }

  /** Two owners decide on what 50 analysts ask; both must agree, and one rejects every tenth. */
  @Test
  void fiftyAnalysts_whomTwoOwnersAnswerMeanwhile_getTheirOwnRowsEach() throws Exception {
    ConcurrentLinkedQueue<String> toOlga = new ConcurrentLinkedQueue<>();
    ConcurrentLinkedQueue<String> toOtto = new ConcurrentLinkedQueue<>();
    List<String> requests =
        Together.run(
            ANALYSTS + OWNERS,
            i -> {
              if (i >= ANALYSTS) {
                decide(i == ANALYSTS ? "olga" : "otto", i == ANALYSTS ? toOlga : toOtto);
                return "";
              }
              Person analyst = new Person(server, "p" + i, Role.ANALYST);
              assertThat(analyst.ask("SELECT count(*) AS n FROM asked.patients"))
                  .extracting(row -> row.getLong(0))
                  .containsExactly(40L);
              String request = analyst.pending(question(i));
              toOlga.add(request);
              toOtto.add(request);
              answered(analyst, i, request);
              return request;
            });

    assertThat(Set.copyOf(requests.subList(0, ANALYSTS))).hasSize(ANALYSTS);
    List<ApprovalRequest> filed = filedBy("p");
    assertThat(filed).hasSize(ANALYSTS);
    for (ApprovalRequest request : filed) {
      int i = Integer.parseInt(request.key().principal().substring(1));
      assertThat(request.id()).isEqualTo(requests.get(i));
      assertThat(request.state())
          .isEqualTo(isRejected(i) ? RequestState.REJECTED : RequestState.APPROVED);
      assertThat(request.question()).contains("p" + i + "'s");
    }
    Map<String, Long> released =
        audit().stream()
            .filter(entry -> entry.record().verdict().equals("RELEASED"))
            .filter(entry -> entry.record().request().isPresent())
            .collect(Collectors.groupingBy(e -> e.record().principal(), Collectors.counting()));
    assertThat(released).hasSize(ANALYSTS - ANALYSTS / 10);
    assertThat(released.values()).containsOnly(1L);
  }

  @Test
  void oneQuestion_thatIsAskedTwentyTimesAtOnce_isOneRequest_withOneResult() throws Exception {
    String query = "SELECT name, age FROM asked.patients WHERE age < 33";
    List<String> told =
        Together.run(20, i -> new Person(server, "twin", Role.ANALYST).pending(query));
    assertThat(Set.copyOf(told)).hasSize(1);
    List<ApprovalRequest> filed = filedBy("twin");
    assertThat(filed).hasSize(1);
    assertThat(server.durable().catalogue().of("twin"))
        .extracting(artifact -> artifact.id())
        .containsExactly(filed.get(0).artifactId());
    List<String> files = new ArrayList<>(server.durable().files().ids());
    files.removeAll(server.durable().catalogue().ids());
    assertThat(files).as("results of those who came second").isEmpty();
  }

  private static String question(int i) {
    return "SELECT 'p%d''s' AS canary, p.name, s.days FROM asked.patients p JOIN asked.stays s"
            .formatted(i)
        + " ON p.patient_id = s.patient_id WHERE p.age < "
        + (21 + i % 7);
  }

  private static boolean isRejected(int i) {
    return i % 10 == 9;
  }

  private static void decide(String name, ConcurrentLinkedQueue<String> requests)
      throws InterruptedException {
    Person owner = new Person(server, name, Role.OWNER);
    for (int decided = 0; decided < ANALYSTS; decided++) {
      String request = requests.poll();
      while (request == null) {
        TimeUnit.MILLISECONDS.sleep(10);
        request = requests.poll();
      }
      String who = server.durable().desk().find(request).orElseThrow().key().principal();
      if (!isRejected(Integer.parseInt(who.substring(1)))) {
        owner.call("approve('" + request + "')");
      } else if (name.equals("otto")) {
        owner.call("reject('" + request + "', 'not for " + who + ".')");
      }
    }
  }

  private static void answered(Person analyst, int i, String request) throws InterruptedException {
    String query = question(i);
    while (true) {
      try {
        List<Row> rows = analyst.ask(query);
        assertThat(isRejected(i)).isFalse();
        assertThat(rows).hasSize(2 * (1 + i % 7));
        assertThat(rows).extracting(row -> row.getString(0)).containsOnly("p" + i + "'s");
        assertThat(rows).extracting(row -> row.getString(1)).containsOnly("*");
        return;
      } catch (RefusedException e) {
        assertThat(e.refusal().text()).contains(request);
        if (e.refusal().code() == RefusalCode.APPROVAL_REJECTED) {
          assertThat(isRejected(i)).isTrue();
          assertThat(e.refusal().text()).contains("not for p" + i + ".");
          return;
        }
        assertThat(e.refusal().code()).isEqualTo(RefusalCode.APPROVAL_REQUIRED);
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
  }

  private static List<ApprovalRequest> filedBy(String prefix) {
    return server.durable().desk().list(RequestFilter.newest(1_000)).stream()
        .filter(request -> request.key().principal().startsWith(prefix))
        .toList();
  }

  private static List<AuditEntry> audit() {
    return server.audit().read(10_000);
  }
}
