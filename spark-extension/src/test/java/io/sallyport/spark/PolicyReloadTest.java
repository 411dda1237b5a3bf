package io.sallyport.spark;

import static io.sallyport.spark.Port.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.RequestState;
import io.sallyport.policy.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Policies change while the server runs: new questions are judged by the new terms, pending
 * requests anew, and a broken policy changes nothing. Whoever is to be told of requests is told,
 * without data.
 */
final class PolicyReloadTest {

  private static final Pattern REQUEST = Pattern.compile("request (r-[a-z0-9]{16})");
  private static final String ROWS = "SELECT age, sex FROM asked.patients WHERE age = ";

  @TempDir static Path directory;
  private static final BlockingQueue<String> TOLD = new LinkedBlockingQueue<>();
  private static HttpServer receiver;
  private static Port port;

  @BeforeAll
  static void open() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          TOLD.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    port =
        Port.open(
            directory,
            Map.of(
                "spark.sallyport.approval.webhook",
                "http://localhost:" + receiver.getAddress().getPort() + "/hook"));
  }

  @AfterAll
  static void close() {
    port.close();
    receiver.stop(0);
  }

  @BeforeEach
  void formerTerms() {
    takeUp(Map.of());
    port.newAnalystSession();
  }

  @Test
  void newTerms_areThoseOfTheNextQuestion() {
    String query = "SELECT count(*) FROM asked.patients WHERE age < 35";
    assertThat(port.sql(query)).hasSize(1);

    takeUp(Map.of("spark.sallyport.frame.asked.patients.automatic", "aggregation(100)"));
    assertThatThrownBy(() -> port.sql(query)).hasMessageContaining("APPROVAL_REQUIRED");

    takeUp(Map.of());
    assertThat(port.sql(query)).hasSize(1);
  }

  @Test
  void pendingRequest_isRejected_whenTheNewTermsTakeNone() {
    String request = pending(ROWS + 21);

    takeUp(Map.of("spark.sallyport.frame.asked.patients.approval", "false"));

    assertThat(state(request)).isEqualTo(RequestState.REJECTED);
    assertThatThrownBy(() -> port.sql(ROWS + 21)).hasMessageContaining("RAW_OUTPUT");
  }

  @Test
  void pendingRequest_goesOn_underTheNewTerms_andItsRequesterNeedNotAskAnew() {
    String request = pending(ROWS + 22);

    takeUp(Map.of("spark.sallyport.frame.asked.patients.automatic", "aggregation(11)"));

    assertThat(state(request)).isEqualTo(RequestState.PENDING);
    assertThat(pending(ROWS + 22)).isEqualTo(request);
    port.call(Port.OLGA, "CALL sallyport.approve('" + request + "')");
    assertThat(port.sql(ROWS + 22)).isNotEmpty();
  }

  @Test
  void pendingRequest_ends_whenTheNewTermsReleaseIt() {
    String request = pending(ROWS + 23);

    takeUp(Map.of("spark.sallyport.frame.asked.patients.automatic", "user(\"ada\")"));

    assertThat(state(request)).isEqualTo(RequestState.EXPIRED);
    assertThat(port.sql(ROWS + 23)).isNotEmpty();
  }

  @Test
  void brokenPolicy_changesNothing() {
    String before = version();

    assertThatThrownBy(
            () ->
                takeUp(Map.of("spark.sallyport.frame.asked.patients.blacklist", "no_such_column")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no_such_column");

    assertThat(version()).isEqualTo(before);
    assertThat(port.sql("SELECT count(*) FROM asked.patients")).hasSize(1);
  }

  @Test
  void newRequest_isToldToTheWebhook_withoutData() throws InterruptedException {
    TOLD.clear();
    String request = pending(ROWS + 24);

    String told = TOLD.poll(20, TimeUnit.SECONDS);

    assertThat(told).contains(request).contains("asked.patients").doesNotContain("age =");
  }

  @Test
  void renamedFrame_hasSpentItsBudget_andItsOwnerIsTold() {
    String patients = directory.resolve("patients").toString();
    takeUp(noisy("people", "noisy.people", patients));
    assertThat(port.sql("SELECT count(*) FROM noisy.people")).hasSize(1);

    takeUp(noisy("humans", "noisy.people", patients));
    takeUp(noisy("humans", "noisy.humans", patients));
    takeUp(noisy("humans", "noisy.humans", directory + "/few/../patients/"));
    assertThatThrownBy(() -> port.sql("SELECT count(*) FROM noisy.humans WHERE age > 30"))
        .hasMessageContaining("BUDGET_EXHAUSTED");

    assertThat(
            port.as(
                Port.OLGA,
                "SELECT grounds FROM sallyport.audit WHERE verdict = 'POLICY'"
                    + " AND frames = 'noisy.humans'"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.getString(0))
                    .startsWith("frame noisy.humans carries over what was spent as")
                    .contains("frame noisy.people", "unit space people", "epsilon 0 of 1"));
  }

  private static Map<String, String> noisy(String space, String frame, String path) {
    String prefix = "spark.sallyport.frame." + frame + ".";
    return Map.of(
        "spark.sallyport.budget." + space + ".epsilon", "1",
        prefix + "path", path,
        prefix + "format", "parquet",
        prefix + "owner", "olga",
        prefix + "privacy-unit", "patient_id",
        prefix + "unit-space", space,
        prefix + "automatic", "dp(epsilon = 1)");
  }

  private static String version() {
    return port.sql("SELECT DISTINCT policy_version FROM sallyport.frames").get(0).getString(0);
  }

  private static void takeUp(Map<String, String> changed) {
    Map<String, String> settings = new HashMap<>(HospitalData.policies(directory));
    settings.put("spark.sallyport.store", directory.resolve("store").toString());
    settings.putAll(changed);
    port.installation().takeUp(Settings.load(settings));
  }

  private static RequestState state(String request) {
    ApprovalRequest found = port.handles().request(request, port.asking(ADA));
    return found.state();
  }

  private static String pending(String query) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, () -> port.sql(query));
    Matcher matcher = REQUEST.matcher(refused.getMessage());
    assertThat(matcher.find()).as(refused.getMessage()).isTrue();
    return matcher.group(1);
  }
}
