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
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What stock PySpark clients were recorded to send, and what becomes of each line. A run leaves the
 * outcomes in {@code target/wire}; a table {@code wire/<client>.tsv} beside this class holds them.
 */
@Governed
class WireReplayTest {

  private static final Path USUAL = Path.of("../../../shared/wire");
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
    Path record = records().resolve(client + ".jsonl");
    Assumptions.assumeTrue(
        Files.isReadable(record),
        () -> "The record is missing: " + record.toAbsolutePath().normalize());

    try (RawClient ada = server.raw("ada")) {
      WireReplay replay = new WireReplay(ada);
      List<String> found = new ArrayList<>();
      for (String line : Files.readAllLines(record)) {
        found.add(replay.send(line).toString());
      }
      Files.createDirectories(FOUND);
      Files.write(FOUND.resolve(client + ".tsv"), found);

      assertThat(found).allMatch(line -> END.matcher(line).find());
      assertThat(found.stream().filter(line -> READ.matcher(line).find()).toList())
          .isNotEmpty()
          .allMatch(line -> line.endsWith("\tanswered"));
      table(client).ifPresent(table -> assertThat(found).containsExactlyElementsOf(table));
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

  /** Beside the checkout, or beside the folder that the checkout is in. */
  private static Path records() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path records = at.resolve("shared/wire");
      if (Files.isDirectory(records)) {
        return records;
      }
    }
    return USUAL;
  }

  private static String config(String operation) {
    return "{\"op\":\"conf\",\"rpc\":\"Config\",\"message\":{\"session_id\":\"<session>\","
        + "\"client_observed_server_side_session_id\":\"<server-side id>\",\"operation\":"
        + operation
        + "}}";
  }

  private static Optional<List<String>> table(String client) {
    try (InputStream table = WireReplayTest.class.getResourceAsStream("wire/" + client + ".tsv")) {
      return table == null
          ? Optional.empty()
          : Optional.of(new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
