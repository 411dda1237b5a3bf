package io.sallyport.connect.server.hostile;

import static io.sallyport.connect.server.Requests.execute;
import static io.sallyport.connect.server.Requests.id;
import static io.sallyport.connect.server.Requests.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.server.Governed;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.RawClient;
import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.audit.CountedRefusals;
import io.sallyport.spark.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc.SparkConnectServiceBlockingStub;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.grpc.StatusRuntimeException;
import org.sparkproject.connect.protobuf.Message;

/**
 * What stock clients were recorded to send, changed part by part and word by word: every call ends
 * within its bound, with an answer or in our words; nothing shows what is only in the data; who is
 * refused is on record; and the server answers others all the while.
 */
@Governed
final class FuzzTest {

  private static final int MOST_SECONDS = 60;

  /** Columns that no policy lets out, by what every value of them begins with. */
  private static final Pattern CANARY =
      Pattern.compile("(person-|passenger )[0-9]|never-to-be-seen|at org\\.apache");

  private static final Pattern OURS = Pattern.compile("^\\[SALLYPORT\\.([A-Z_]+)]");
  private static final Pattern STEERING = Pattern.compile("^\\[INVALID_[A-Z_.]+]");

  private final GovernedServer server;
  private final Map<String, Integer> refused = new TreeMap<>();
  private final List<String> left = new ArrayList<>();
  private int answered;

  FuzzTest(GovernedServer server) {
    this.server = server;
  }

  @Test
  void changedRequests_endInOurWords_showNothing_andAreOnRecord() {
    run(new Random(14), Duration.ofMinutes(10), 120);

    assertThat(answered).as("some are still questions").isGreaterThan(20);
    assertThat(refused).as("and many are not").hasSizeGreaterThan(4);
  }

  @Test
  @Tag("campaign")
  void changedRequests_forHours() {
    long seed = Long.getLong("sallyport.fuzz.seed", System.nanoTime());
    left.add("seed " + seed);
    run(
        new Random(seed),
        Duration.ofMinutes(Long.getLong("sallyport.fuzz.minutes", 120)),
        Integer.MAX_VALUE);
  }

  private void run(Random random, Duration longest, int most) {
    List<Message> seeds = Seeds.recorded();
    Mutation mutation = new Mutation(seeds, random);
    Map<String, Integer> before = recorded();
    Instant end = Instant.now().plus(longest);
    int calls = 0;
    try (RawClient eve = server.raw("bob")) {
      for (; calls < most && Instant.now().isBefore(end); calls++) {
        send(eve, mutation.of(seeds.get(random.nextInt(seeds.size()))), calls);
        if (calls % 100 == 99) {
          assertOthersAreAnswered();
        }
      }
    }
    assertOthersAreAnswered();
    assertOnRecord(before);
    left.add("%d calls, %d answered, refused: %s".formatted(calls, answered, refused));
    leave();
  }

  /** What there was, where builds leave things. */
  private void leave() {
    try {
      Path file = Path.of("target/fuzz.txt");
      Files.createDirectories(file.getParent());
      Files.write(file, left);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(RawClient client, Message request, int number) {
    StringBuilder shown = new StringBuilder();
    Instant start = Instant.now();
    try {
      Object answer =
          answer(client.stub().withDeadlineAfter(MOST_SECONDS, TimeUnit.SECONDS), request);
      if (answer instanceof Iterator<?> stream) {
        stream.forEachRemaining(shown::append);
      } else {
        shown.append(answer);
      }
      answered++;
    } catch (StatusRuntimeException e) {
      shown.append(e.getStatus()).append(e.getTrailers());
      end(e.getStatus(), number, request);
    }
    if (Duration.between(start, Instant.now()).toSeconds() > 10) {
      left.add("call %d is slow: %s".formatted(number, request));
    }
    Matcher canary = CANARY.matcher(shown);
    if (canary.find()) {
      throw new AssertionError(
          "call %d shows %s: %s%nto %s".formatted(number, canary.group(), shown, request));
    }
  }

  private void end(Status status, int number, Message request) {
    String text = String.valueOf(status.getDescription());
    Matcher ours = OURS.matcher(text);
    if (ours.find()) {
      refused.merge(ours.group(1), 1, Integer::sum);
      if (ours.group(1).equals("QUERY_FAILED")) {
        left.add("call %d is %s: %s".formatted(number, text, request));
      }
    } else if (!STEERING.matcher(text).find()) {
      throw new AssertionError("call %d ends with %s: %s".formatted(number, status, request));
    }
  }

  /** In a session of its own: what one call says to a session is not to end the next. */
  private static Object answer(SparkConnectServiceBlockingStub stub, Message request) {
    Message own =
        request.toBuilder()
            .setField(request.getDescriptorForType().findFieldByName("session_id"), id())
            .clearField(
                request
                    .getDescriptorForType()
                    .findFieldByName("client_observed_server_side_session_id"))
            .build();
    if (own instanceof ExecutePlanRequest execute) {
      return stub.executePlan(execute.toBuilder().setOperationId(id()).build());
    }
    return own instanceof AnalyzePlanRequest analyze
        ? stub.analyzePlan(analyze)
        : stub.config((ConfigRequest) own);
  }

  private void assertOthersAreAnswered() {
    try (RawClient ada = server.raw("ada")) {
      assertThat(ada.execute(execute(id(), sql("SELECT count(*) AS n FROM visits")))).isNotEmpty();
    }
  }

  /** As many records of each code as calls ended with it, at least. */
  private void assertOnRecord(Map<String, Integer> before) {
    Map<String, Integer> now = recorded();
    refused.forEach(
        (code, count) ->
            assertThat(now.getOrDefault(code, 0) - before.getOrDefault(code, 0))
                .as("records of " + code)
                .isGreaterThanOrEqualTo(count));
  }

  private static Map<String, Integer> recorded() {
    Installation installation = Installation.current().orElseThrow();
    installation.queries().record().flush();
    Map<String, Integer> codes = new TreeMap<>();
    for (AuditRecord record :
        installation.audit().read(Integer.MAX_VALUE).stream().map(e -> e.record()).toList()) {
      if (record.principal().equals("bob")) {
        record.code().ifPresent(code -> codes.merge(code, 1, Integer::sum));
        CountedRefusals.of(record)
            .ifPresent(
                many -> many.byCode().forEach((code, n) -> codes.merge(code, n, Integer::sum)));
      }
    }
    return codes;
  }
}
