package io.sallyport.connect.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.server.WireReplay.Sent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What stock PySpark clients were recorded to send, and what becomes of each line: records {@code
 * wire/<client>.jsonl} and tables {@code wire/<client>.tsv} beside this class. A run leaves what it
 * found in {@code target/wire}.
 */
@Governed
class WireReplayTest {

  private static final Path FOUND = Path.of("target/wire");

  /** Nothing ends without an answer or a reason. */
  private static final Pattern END = Pattern.compile("\t(answered|refused [A-Z_]+)$");

  /** Operations whose last line is a read of a conf, which is answered whatever its key. */
  private static final Pattern READ =
      Pattern.compile("^(conf\\.get (ansi|shuffle|default|timezone)|conf\\.isModifiable.*)\t");

  private final GovernedServer server;

  WireReplayTest(GovernedServer server) {
    this.server = server;
  }

  @ParameterizedTest
  @ValueSource(strings = {"pyspark-4.0", "pyspark-4.2"})
  void recordedLines_endAsTheTableSays(String client) throws IOException {
    try (RawClient ada = server.raw("ada")) {
      WireReplay replay = new WireReplay(ada);
      List<String> found = new ArrayList<>();
      for (String line : lines(client + ".jsonl")) {
        found.add(replay.send(line).toString());
      }
      Files.createDirectories(FOUND);
      Files.write(FOUND.resolve(client + ".tsv"), found);

      assertThat(found).allMatch(line -> END.matcher(line).find());
      assertThat(found.stream().filter(line -> READ.matcher(line).find()).toList())
          .isNotEmpty()
          .allMatch(line -> line.endsWith("\tanswered"));
      assertThat(found).containsExactlyElementsOf(lines(client + ".tsv"));
    }
  }

  /** Sent by the same clients, and not in the record. */
  @Test
  void linesThatAreNotInTheRecord_areAnswered() {
    try (RawClient ada = server.raw("ada")) {
      WireReplay replay = new WireReplay(ada);

      assertThat(
              List.of(
                  replay.send(
                      config(
                          "{\"get_with_default\":{\"pairs\":[{\"key\":"
                              + "\"spark.python.sql.dataFrameDebugging.enabled\",\"value\":"
                              + "\"false\"}]}}")),
                  replay.send(
                      config(
                          "{\"set\":{\"silent\":true,\"pairs\":[{\"key\":\"spark.app.name\","
                              + "\"value\":\"x\"},{\"key\":\"spark.sql.shuffle.partitions\","
                              + "\"value\":\"4\"}]}}")),
                  replay.send(
                      config(
                          "{\"get\":{\"keys\":[\"spark.sql.connect.serverStacktrace.enabled\"]}}")),
                  replay.send(config("{\"set\":{}}"))))
          .extracting(Sent::outcome)
          .containsOnly("answered");
    }
  }

  @Test
  void clientThatHasSeenNoServerSide_isAnswered() {
    try (RawClient ada = server.raw("ada")) {
      WireReplay replay = new WireReplay(ada);

      assertThat(
              replay
                  .send(
                      """
                      {"op": "version", "rpc": "AnalyzePlan", "message":
                       {"session_id": "<session>", "spark_version": {},
                        "client_observed_server_side_session_id": ""}}
                      """)
                  .outcome())
          .isEqualTo("answered");
    }
  }

  private static String config(String operation) {
    return "{\"op\":\"conf\",\"rpc\":\"Config\",\"message\":{\"session_id\":\"<session>\","
        + "\"client_observed_server_side_session_id\":\"<server-side id>\",\"operation\":"
        + operation
        + "}}";
  }

  private static List<String> lines(String name) {
    try (InputStream lines = WireReplayTest.class.getResourceAsStream("wire/" + name)) {
      return new String(lines.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
