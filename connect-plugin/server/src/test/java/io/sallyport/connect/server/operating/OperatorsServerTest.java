package io.sallyport.connect.server.operating;

import static io.sallyport.connect.server.Requests.execute;
import static io.sallyport.connect.server.Requests.id;
import static io.sallyport.connect.server.Requests.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.connect.server.Governed;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.People;
import io.sallyport.connect.server.RawClient;
import io.sallyport.connect.server.Refused;
import io.sallyport.connect.server.ServerProcess;
import io.sallyport.policy.decision.RefusalCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.grpc.StatusRuntimeException;
import org.sparkproject.connect.grpc.health.v1.HealthCheckResponse.ServingStatus;

/** A server in a process of its own, and what its operator sees of it. */
@Governed
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorsServerTest {

  private static final String LITERAL = "canary-literal-7731";
  private static final String ROW = "canary-row-9182";

  private final GovernedServer data;
  private Path directory;
  private ServerProcess process;
  private int port;

  OperatorsServerTest(GovernedServer data) {
    this.data = data;
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    directory = folder;
    Map<String, String> conf = OneServer.conf(data, directory.resolve("store"));
    Path broken = Files.createDirectory(directory.resolve("broken"));
    Files.write(
        broken.resolve("a.csv"),
        Stream.concat(
                Stream.of("person,city"), IntStream.range(0, 50).mapToObj(i -> i + ",city" + i % 2))
            .toList());
    String prefix = "spark.sallyport.frame.broken.";
    conf.put(prefix + "path", broken.toString());
    conf.put(prefix + "format", "csv");
    conf.put(prefix + "options.header", "true");
    conf.put(prefix + "options.mode", "FAILFAST");
    conf.put(prefix + "privacy-unit", "person");
    conf.put(prefix + "approval", "false");
    process = ServerProcess.submit(OneServer.MAIN, conf, directory);
    port = OneServer.port(process);
    // From now on a row cannot be read, and Spark's words about it quote the row.
    Files.write(broken.resolve("b.csv"), List.of("person,city", "7,x,too,many," + ROW));
  }

  @AfterAll
  void stop() {
    if (process != null) {
      process.close();
    }
  }

  @Test
  void failure_isFoundByItsOperationId_inRecordAndOperatorsLog_andNowhereWithItsRow()
      throws IOException {
    ExecutePlanRequest question =
        execute(id(), sql("SELECT city, count(*) AS n FROM broken GROUP BY city"));
    ExecutePlanRequest asked = question.toBuilder().setOperationId(id()).build();
    try (RawClient ada = data.raw("ada", port)) {
      StatusRuntimeException failure = ada.failure(stub -> stub.executePlan(asked));
      Refused.with(RefusalCode.QUERY_FAILED, failure);
      assertThat(failure.getStatus().getDescription())
          .contains(asked.getOperationId())
          .doesNotContain(ROW);
    }
    assertThat(Files.readString(store().resolve("operator.log")))
        .contains("Operation " + asked.getOperationId() + " failed")
        .contains(ROW)
        .contains("\tat org.apache.spark.");
    assertThat(Files.readString(store().resolve("audit/audit.jsonl")))
        .contains("\"operation\":\"" + asked.getOperationId() + "\"")
        .contains("\"FAILED\"");
    assertThat(process.output())
        .contains("Operation " + asked.getOperationId() + " failed")
        .doesNotContain(ROW, "Lost task");
  }

  @Test
  void literalsAndTokens_areInNoLog() {
    try (RawClient ada = data.raw("ada", port)) {
      String text = "SELECT count(*) AS n FROM people WHERE city <> '" + LITERAL + "'";
      assertThat(ada.execute(execute(id(), sql(text)))).isNotEmpty();
      String refused = "SELECT name FROM people WHERE city = '" + LITERAL + "'";
      assertThat(ada.failure(stub -> stub.executePlan(execute(id(), sql(refused))))).isNotNull();
    }
    try (RawClient guessing = RawClient.withToken(port, Optional.of("canary-token-4711"))) {
      assertThat(guessing.failure(stub -> stub.executePlan(execute(id(), sql("SELECT 1")))))
          .isNotNull();
    }
    assertThat(process.output())
        .contains("INFO") // the level at which Spark says what it pushes down
        .doesNotContain(LITERAL, "Pushed Filters", "canary-token-4711", People.token("ada"));
  }

  @Test
  void health_isTold_toWhoeverAsks_withoutARecord() throws Exception {
    Probe probe = Probe.of(process);
    assertThat(probe.get("/livez").statusCode()).isEqualTo(200);
    assertThat(probe.await("/readyz", 200)).isEqualTo("ok\n");
    assertThat(probe.get("/metrics").statusCode()).isEqualTo(404);
    long before = records();
    try (RawClient stranger = RawClient.withToken(port, Optional.empty())) {
      for (String service :
          List.of("", "liveness", "readiness", "spark.connect.SparkConnectService")) {
        assertThat(Probe.grpc(stranger.channel(), service)).isEqualTo(ServingStatus.SERVING);
      }
      for (int i = 0; i < 50; i++) { // strangers who ask for data would wait by now
        assertThat(Probe.grpc(stranger.channel(), "")).isEqualTo(ServingStatus.SERVING);
      }
      assertThatThrownBy(() -> Probe.grpc(stranger.channel(), "people"))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
    }
    assertThat(records()).isEqualTo(before);
  }

  @Test
  void atTheStart_theLogSaysWhatIsInForce_whatIsPinned_andWhatIsOff() {
    assertThat(process.output())
        .containsPattern("Policies in force: version [0-9a-f]+, \\d+ frames, public tables none")
        .containsPattern(
            "Frame people: automatic aggregation\\(10\\), .* owner olga, terms version")
        .contains("Pinned: ", "spark.sql.ansi.enabled=false")
        .containsPattern("Off: TLS .*spark\\.authenticate");
  }

  @Test
  void everyFileOfTheStore_isItsOwnersAlone() throws IOException {
    try (Stream<Path> files = Files.walk(store())) {
      assertThat(files.toList())
          .hasSizeGreaterThan(5)
          .anyMatch(file -> file.endsWith("sallyport.mv.db"))
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .as(file.toString())
                      .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
    }
  }

  private Path store() {
    return directory.resolve("store");
  }

  private long records() throws IOException {
    return Files.readAllLines(store().resolve("audit/audit.jsonl")).size();
  }
}
