package io.sallyport.connect.server.attack;

import static io.sallyport.connect.server.Requests.execute;
import static io.sallyport.connect.server.Requests.id;
import static io.sallyport.connect.server.Requests.range;
import static io.sallyport.connect.server.Requests.schema;
import static io.sallyport.connect.server.Requests.sql;
import static io.sallyport.connect.server.Requests.sqlCommand;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.server.Eventually;
import io.sallyport.connect.server.Governed;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.RawClient;
import io.sallyport.connect.server.Refused;
import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.Installation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What probing leaves on record, and how fast it gets on. */
@Governed
class ProbingTest {

  private final GovernedServer server;

  ProbingTest(GovernedServer server) {
    this.server = server;
  }

  @Test
  void guessesOfATokenAreSlow_andWhoHasOneIsNot() {
    String beginning = id().substring(0, 8);
    Instant start = Instant.now();
    for (int i = 0; i < 6; i++) {
      try (RawClient eve = server.rawWithToken(Optional.of(beginning + i))) {
        Refused.with(
            RefusalCode.UNAUTHENTICATED,
            eve.failure(stub -> stub.executePlan(execute(id(), range()))));
      }
    }

    assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(700));
    try (RawClient ada = server.raw("ada")) {
      assertThat(ada.stub().analyzePlan(schema(id(), range())).hasSchema()).isTrue();
    }
  }

  @Test
  void callsWithoutACredential_areOnRecord_byAddressAndMinute() {
    try (RawClient eve = server.rawWithToken(Optional.empty())) {
      Refused.with(
          RefusalCode.UNAUTHENTICATED,
          eve.failure(stub -> stub.executePlan(execute(id(), range()))));
    }

    assertThat(records())
        .anySatisfy(
            record -> {
              assertThat(record.code()).contains("UNAUTHENTICATED");
              assertThat(record.principal()).isEmpty();
              assertThat(record.question())
                  .contains("without a known credential from 127.0.0.1 in the minute of");
            });
  }

  @Test
  void refusedRequest_isOnRecord_withItsTextAndTheFramesThatItNames() {
    String mark = id();
    try (RawClient carl = server.raw("carl")) {
      Refused.with(
          RefusalCode.FUNCTION_NOT_ALLOWED,
          carl.failure(
              stub ->
                  stub.executePlan(
                      execute(
                          id(), sql("SELECT reflect('" + mark + "') FROM `People` JOIN visits")))));
    }

    AuditRecord record = recordOf(mark);
    assertThat(record.principal()).isEqualTo("carl");
    assertThat(record.frames()).containsExactly("people", "visits");
    assertThat(record.question()).startsWith("RPC ExecutePlan\nquery: SELECT reflect");
    assertThat(record.planHash()).matches("[0-9a-f]{64}");
  }

  @Test
  void planThatIsNotBuilt_isOnRecord_withItsWordsAndTheFramesThatItNames() {
    for (boolean runs : List.of(true, false)) {
      String mark = "m" + id().substring(0, 8);
      Relation guess = sql("SELECT * FROM people JOIN " + mark + " USING (id)");
      try (RawClient carl = server.raw("carl")) {
        Refused.with(
            RefusalCode.SOURCE_NOT_ALLOWED,
            carl.failure(
                stub ->
                    runs
                        ? stub.executePlan(execute(id(), guess))
                        : List.of(stub.analyzePlan(schema(id(), guess))).iterator()));
      }

      AuditRecord record = recordOf(mark);
      assertThat(record.frames()).containsExactly("people");
      assertThat(record.question()).contains("SELECT * FROM people JOIN " + mark);
    }
  }

  @Test
  void longRefusedText_isOnRecordInPart_underTheHashOfTheWhole() {
    String mark = id();
    String text = "SELECT reflect('" + mark + "'), '" + "\u00E9".repeat(2_000) + "' FROM people";
    try (RawClient carl = server.raw("carl")) {
      for (String end : List.of(" -- a", " -- b")) {
        Refused.with(
            RefusalCode.FUNCTION_NOT_ALLOWED,
            carl.failure(stub -> stub.executePlan(execute(id(), sql(text + end)))));
      }
    }

    List<AuditRecord> both =
        records().stream().filter(record -> record.question().contains(mark)).toList();
    assertThat(both).hasSize(2);
    assertThat(both).extracting(AuditRecord::planHash).doesNotHaveDuplicates();
    assertThat(both)
        .allSatisfy(
            record -> {
              assertThat(record.question().length()).isLessThan(1_030);
              assertThat(record.frames()).as("named beyond what is kept").contains("people");
            });
  }

  @Test
  void describedPlan_isOnRecord_withTheFramesThatItIsAbout() {
    String mark = "m" + id().substring(0, 8);
    try (RawClient carl = server.raw("carl")) {
      assertThat(
              carl.stub()
                  .analyzePlan(
                      schema(
                          id(),
                          sql(
                              "SELECT age AS "
                                  + mark
                                  + " FROM people WHERE id IN (SELECT person FROM visits)")))
                  .hasSchema())
          .isTrue();
      assertThat(carl.stub().analyzePlan(schema(id(), sql("SELECT 1 AS " + mark))).hasSchema())
          .isTrue();
    }

    List<AuditRecord> records =
        records().stream().filter(record -> record.question().contains(mark)).toList();
    assertThat(records).hasSize(1);
    assertThat(records.get(0).verdict()).isEqualTo("DESCRIBED");
    assertThat(records.get(0).frames()).containsExactly("people", "visits");
  }

  @Test
  void explainedQuestion_isOnRecord_withTheFramesThatItIsAbout() {
    String mark = "m" + id().substring(0, 8);
    server
        .session("carl")
        .sql("EXPLAIN PRIVACY SELECT count(*) AS " + mark + " FROM visits")
        .collectAsList();

    AuditRecord record = recordOf(mark);
    assertThat(record.verdict()).isEqualTo("EXPLAINED");
    assertThat(record.principal()).isEqualTo("carl");
    assertThat(record.frames()).containsExactly("visits");
    List<Row> rows =
        server
            .session("olga")
            .sql(
                "SELECT looked_at FROM sallyport.activity"
                    + " WHERE principal = 'carl' AND frame = 'visits'")
            .collectAsList();
    assertThat(Integer.parseInt(rows.get(0).getString(0))).isGreaterThanOrEqualTo(1);
  }

  @Test
  void procedureThatDoesNotExist_isOnRecord() {
    String mark = id();
    try (RawClient carl = server.raw("carl")) {
      Refused.with(
          RefusalCode.COMMAND_NOT_ALLOWED,
          carl.failure(
              stub ->
                  stub.executePlan(
                      execute(id(), sqlCommand("CALL sallyport.open('" + mark + "')")))));
    }

    assertThat(recordOf(mark).code()).contains("COMMAND_NOT_ALLOWED");
  }

  @Test
  void owner_seesWhoWasRefusedHowOften_andNobodyElseDoes() {
    try (RawClient carl = server.raw("carl")) {
      for (int i = 0; i < 3; i++) {
        Refused.with(
            RefusalCode.FUNCTION_NOT_ALLOWED,
            carl.failure(
                stub ->
                    stub.executePlan(
                        execute(id(), sql("SELECT reflect('probe', 'of') FROM visits")))));
      }
    }

    List<Row> rows =
        server
            .session("olga")
            .sql(
                "SELECT refused, refused_for FROM sallyport.activity"
                    + " WHERE principal = 'carl' AND frame = 'visits'")
            .collectAsList();
    assertThat(rows).hasSize(1);
    assertThat(Integer.parseInt(rows.get(0).getString(0))).isGreaterThanOrEqualTo(3);
    assertThat(rows.get(0).getString(1)).contains("FUNCTION_NOT_ALLOWED");
    Refused.by(
        RefusalCode.SOURCE_NOT_ALLOWED,
        () -> server.session("carl").sql("SELECT * FROM sallyport.activity").collectAsList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 AS `a\u202Eb`",
        "SELECT 1 AS `a\u001B[2Jb`",
        "SELECT 1 AS `a\nb`",
        "SELECT 'a\nb'",
        "SELECT 'a\\u202Eb'",
      })
  void nameThatDoesNotShowWhatItIs_isRefused_onEveryRoad(String text) {
    try (RawClient carl = server.raw("carl")) {
      Refused.with(
          RefusalCode.PARAM_INVALID,
          carl.failure(stub -> stub.executePlan(execute(id(), sql(text)))));
      Refused.with(
          RefusalCode.PARAM_INVALID,
          carl.failure(stub -> stub.analyzePlan(schema(id(), sql(text)))));
    }
  }

  @Test
  void oneAddress_hasSoManyConnections() throws IOException {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 450; i++) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
      }
      Eventually.is(
          "50 connections or more are closed",
          () -> sockets.stream().filter(ProbingTest::isClosedByServer).count() >= 50);
      assertThat(sockets.stream().filter(ProbingTest::isClosedByServer).count()).isLessThan(450);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    Eventually.is("others get in again", this::getsIn);
  }

  private boolean getsIn() {
    try (RawClient ada = server.raw("ada")) {
      return ada.stub().analyzePlan(schema(id(), range())).hasSchema();
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** The server greets each connection that it keeps. */
  private static boolean isClosedByServer(Socket socket) {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static AuditRecord recordOf(String mark) {
    return records().stream()
        .filter(record -> record.question().contains(mark))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no record of it"));
  }

  private static List<AuditRecord> records() {
    return Installation.current().orElseThrow().audit().read(10_000).stream()
        .map(entry -> entry.record())
        .toList();
  }
}
