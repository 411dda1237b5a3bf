package io.sallyport.connect.server.hostile;

import static io.sallyport.connect.server.Requests.execute;
import static io.sallyport.connect.server.Requests.id;
import static io.sallyport.connect.server.Requests.schema;
import static io.sallyport.connect.server.Requests.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.server.Governed;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.RawClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.sparkproject.connect.grpc.StatusRuntimeException;

/**
 * What one hostile analyst may do to a server with a heap of 1 GiB: each attack by itself, then the
 * heap, somebody else's question and the record.
 */
@Governed
@Tag("campaign") // takes ten minutes, most of them for 10 000 sessions
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileSuiteTest {

  private static final double MOST_GROWTH = 1.2;

  private final List<String> lines = new ArrayList<>();
  private final List<String> times = new ArrayList<>();
  private HostileServer server;

  @BeforeAll
  void start(GovernedServer people, @TempDir Path directory) {
    server = HostileServer.start(people, directory, Map.of());
    for (int i = 0; i < 3; i++) { // what is loaded once is loaded then
      for (Attack attack : warmers()) {
        Result ignored = attack.run().apply(server);
      }
      assertOthersAreAnswered();
    }
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static List<Attack> warmers() {
    return List.of(
        TextAttacks.ofTheCatalogue().get(0),
        TextAttacks.ofTheTable().get(1),
        CallAttacks.metrics(),
        LoadAttacks.sessions(20),
        MessageAttacks.all().get(3));
  }

  @TestFactory
  Stream<DynamicTest> eachAttack_isDeniedOrBounded_andThePageSaysSo() {
    List<Attack> attacks = new ArrayList<>();
    attacks.addAll(TextAttacks.ofTheTable());
    attacks.addAll(TextAttacks.ofTheSecondLook());
    attacks.addAll(TextAttacks.ofTheThirdLook());
    attacks.addAll(TextAttacks.ofTheFourthLook());
    attacks.addAll(LoadAttacks.all());
    attacks.addAll(CallAttacks.all());
    attacks.addAll(MessageAttacks.all());
    attacks.addAll(TextAttacks.ofTheCatalogue());
    return Stream.concat(
        attacks.stream()
            .map(one -> DynamicTest.dynamicTest(one.id() + " " + one.what(), () -> tried(one))),
        Stream.of(DynamicTest.dynamicTest("the page", this::assertPage)));
  }

  private void tried(Attack attack) {
    int before = recorded();
    long heap = server.heap();
    long started = System.nanoTime();
    Result result = attack.run().apply(server);
    lines.add(HostilePage.line(attack, result));
    long millis = (System.nanoTime() - started) / 1_000_000;
    times.add("%s\t%s\t%d ms".formatted(attack.id(), attack.what(), millis));

    assertThat(result.verdict()).as(result.how()).isIn(Verdict.DENIED, Verdict.BOUNDED);
    assertOthersAreAnswered();
    if (attack.isRecorded()) {
      assertThat(recorded()).as("records of the attacker").isGreaterThan(before);
    }
    assertHeapIsBack(heap);
  }

  private int recorded() {
    return (int)
        server.audit().stream()
            .filter(line -> line.contains("\"principal\":\"" + Sender.EVE + "\""))
            .count();
  }

  private void assertOthersAreAnswered() {
    String session = id();
    try (RawClient ada = server.raw("ada")) {
      assertThat(ada.execute(execute(session, sql("SELECT count(*) AS n FROM visits"))))
          .isNotEmpty();
      assertThat(ada.stub().analyzePlan(schema(session, sql("SELECT 1"))).hasSchema()).isTrue();
    } catch (StatusRuntimeException e) {
      throw new AssertionError("Somebody else is not answered. The server says:\n" + tail(), e);
    }
  }

  private String tail() {
    String log = server.log();
    return log.substring(Math.max(0, log.length() - 4_000));
  }

  /** What ends by itself may take some seconds. */
  private void assertHeapIsBack(long before) {
    long heap = server.heap();
    for (int i = 0; i < 20 && heap > before * MOST_GROWTH; i++) {
      try {
        TimeUnit.SECONDS.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("The wait was interrupted", e);
      }
      heap = server.heap();
    }
    times.add("\t\theap %d -> %d".formatted(before, heap));
    assertThat(heap).as("bytes of heap").isLessThanOrEqualTo((long) (before * MOST_GROWTH));
  }

  private void assertPage() {
    String found = HostilePage.of(lines);
    HostilePage.leave(found, times);
    assertThat(HostilePage.committed())
        .as("docs/hostile.md; what was found is in target/hostile.md")
        .isEqualTo(found);
  }

  @Test
  void tenThousandSessions() {
    long heap = server.heap();
    assertThat(LoadAttacks.sessions(10_000).run().apply(server).verdict())
        .isEqualTo(Verdict.BOUNDED);
    assertHeapIsBack(heap);
  }
}
