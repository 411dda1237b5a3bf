package io.sallyport.policy.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A webhook tells what it may, and whatever the other side does, no question notices. */
@Timeout(60)
final class WebhookTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Pace QUICK =
      new Pace(1000, 3, SHORT, Duration.ofMillis(10), Duration.ofSeconds(5));

  /** A first connection on a busy machine takes longer than a silent server may. */
  private static final Pace PATIENT =
      new Pace(1000, 3, Duration.ofSeconds(20), Duration.ofMillis(10), Duration.ofSeconds(30));

  @Test
  void filedRequest_isPosted_withTheseFourValuesOnly() throws IOException {
    try (Receiver receiver = Receiver.answering(Receiver.status(204))) {
      Webhook webhook = new Webhook(receiver.url("http"), PATIENT);
      webhook.filed("r-1", "ada \"\\\n\u20ac", List.of("stays", "hospital.patients"), NOON);
      webhook.close();
      assertThat(receiver.lines).containsExactly("POST /hook?key=secret");
      JsonNode told = new ObjectMapper().readTree(receiver.bodies.get(0));
      assertThat(told.fieldNames())
          .toIterable()
          .containsExactly("event", "request", "principal", "frames", "filedAt");
      assertThat(told.get("event").textValue()).isEqualTo("request.filed");
      assertThat(told.get("request").textValue()).isEqualTo("r-1");
      assertThat(told.get("principal").textValue()).isEqualTo("ada \"\\\n\u20ac");
      assertThat(told.get("frames").toString()).isEqualTo("[\"stays\",\"hospital.patients\"]");
      assertThat(told.get("filedAt").textValue()).isEqualTo("2026-11-22T12:00:00Z");
    }
  }

  @Test
  void probing_isPosted_withTheseFiveValuesOnly() throws IOException {
    try (Receiver receiver = Receiver.answering(Receiver.status(204))) {
      Webhook webhook = new Webhook(receiver.url("http"), PATIENT);
      webhook.probed(
          new Probing(Probing.Pattern.REFUSALS, "eve", 20, List.of("stays", "wards"), NOON));
      webhook.probed(new Probing(Probing.Pattern.LOGINS, "192.0.2.7", 20, List.of(), NOON));
      webhook.close();
      assertThat(receiver.bodies)
          .containsExactly(
              "{\"event\":\"probing.refusals\",\"principal\":\"eve\",\"count\":20,"
                  + "\"frames\":[\"stays\",\"wards\"],\"seenAt\":\"2026-11-22T12:00:00Z\"}",
              "{\"event\":\"probing.logins\",\"address\":\"192.0.2.7\",\"count\":20,"
                  + "\"frames\":[],\"seenAt\":\"2026-11-22T12:00:00Z\"}");
    }
  }

  @Test
  void failingServer_isTriedThreeTimes_andTheNextMessageStillGoesOut() throws IOException {
    Receiver.Answer failsThrice =
        (exchange, number) -> exchange.sendResponseHeaders(number <= 3 ? 500 : 200, -1);
    try (Receiver receiver = Receiver.answering(failsThrice)) {
      Webhook webhook = new Webhook(receiver.url("http"), PATIENT);
      webhook.filed("lost", "ada", List.of("stays"), NOON);
      webhook.filed("next", "ada", List.of("stays"), NOON);
      webhook.close();
      assertThat(receiver.bodies).hasSize(4);
      assertThat(receiver.bodies.subList(0, 3)).allMatch(body -> body.contains("\"lost\""));
      assertThat(receiver.bodies.get(3)).contains("\"next\"");
    }
  }

  @Test
  void serverThatRecovers_isToldOnce() throws IOException {
    Receiver.Answer failsOnce =
        (exchange, number) -> exchange.sendResponseHeaders(number == 1 ? 503 : 200, -1);
    try (Receiver receiver = Receiver.answering(failsOnce)) {
      Webhook webhook = new Webhook(receiver.url("http"), PATIENT);
      webhook.filed("r", "ada", List.of("stays"), NOON);
      webhook.close();
      assertThat(receiver.bodies).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirect_isNotFollowed(int status) throws IOException {
    try (Receiver elsewhere = Receiver.answering(Receiver.status(200))) {
      Receiver.Answer redirects =
          (exchange, number) -> {
            exchange.getResponseHeaders().add("Location", elsewhere.url("http").toString());
            exchange.sendResponseHeaders(status, -1);
          };
      try (Receiver receiver = Receiver.answering(redirects)) {
        Webhook webhook = new Webhook(receiver.url("http"), PATIENT);
        webhook.filed("r", "ada", List.of("stays"), NOON);
        webhook.close();
        assertThat(receiver.bodies).hasSize(3);
        assertThat(elsewhere.bodies).isEmpty();
      }
    }
  }

  @Test
  void silentServer_isGivenUpInTime() throws IOException {
    Receiver.Answer never = (exchange, number) -> new CountDownLatch(1).await(30, TimeUnit.SECONDS);
    assertGivenUp(never);
  }

  @Test
  void serverThatNeverEndsItsAnswer_isGivenUpInTime() throws IOException {
    Receiver.Answer endless =
        (exchange, number) -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 1000; i++) {
            exchange.getResponseBody().write('.');
            exchange.getResponseBody().flush();
            Thread.sleep(20);
          }
        };
    assertGivenUp(endless);
  }

  @Test
  void serverThatIsDown_costsTheAskerNothing() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Webhook webhook = new Webhook(URI.create("http://localhost:" + port + "/"), QUICK);
    assertThat(millisToFile(webhook, 500)).isLessThan(2000);
    webhook.close();
  }

  @Test
  void fullQueue_dropsTheOldest_andNeverBlocks() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Receiver.Answer slowFirst =
        (exchange, number) -> {
          if (number == 1) {
            first.countDown();
            go.await(20, TimeUnit.SECONDS);
          }
          exchange.sendResponseHeaders(200, -1);
        };
    Pace small = new Pace(5, 1, Duration.ofSeconds(20), SHORT, Duration.ofSeconds(30));
    try (Receiver receiver = Receiver.answering(slowFirst)) {
      Webhook webhook = new Webhook(receiver.url("http"), small);
      webhook.filed("first", "ada", List.of("stays"), NOON);
      assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(millisToFile(webhook, 100)).isLessThan(2000);
      go.countDown();
      webhook.close();
      assertThat(receiver.bodies).hasSize(6);
      assertThat(receiver.bodies.get(0)).contains("\"first\"");
      for (int i = 1; i <= 5; i++) {
        assertThat(receiver.bodies.get(i)).contains("\"r" + (94 + i) + "\"");
      }
    }
  }

  @Test
  void close_waitsForNoLongerThanItSays() throws IOException {
    Receiver.Answer never = (exchange, number) -> new CountDownLatch(1).await(30, TimeUnit.SECONDS);
    Pace patient = new Pace(10, 3, Duration.ofSeconds(20), SHORT, Duration.ofMillis(500));
    try (Receiver receiver = Receiver.answering(never)) {
      Webhook webhook = new Webhook(receiver.url("http"), patient);
      webhook.filed("r", "ada", List.of("stays"), NOON);
      long start = System.nanoTime();
      webhook.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      webhook.filed("late", "ada", List.of("stays"), NOON);
    }
  }

  @Test
  void certificateThatNobodyVouchesFor_isRefused(@TempDir Path directory) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(directory)));
    try (Receiver receiver = Receiver.on(server, Receiver.status(200))) {
      Webhook webhook = new Webhook(receiver.url("https"), PATIENT);
      webhook.filed("r", "ada", List.of("stays"), NOON);
      webhook.close();
      assertThat(receiver.bodies).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/x", "file:///etc/passwd", "/relative", "http:opaque"})
  void otherUrls_areRefused(String url) {
    assertThatThrownBy(() -> new Webhook(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("passwd");
  }

  @Test
  void usualPace_isTheDocumentedOne() {
    Pace usual = Pace.usual();
    assertThat(usual.waiting()).isEqualTo(1000);
    assertThat(usual.tries()).isEqualTo(3);
    assertThat(usual.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(usual.pauseAfter(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(usual.pauseAfter(2)).isEqualTo(Duration.ofSeconds(4));
    assertThat(usual.drain()).isEqualTo(Duration.ofSeconds(5));
  }

  private static void assertGivenUp(Receiver.Answer answer) throws IOException {
    try (Receiver receiver = Receiver.answering(answer)) {
      Webhook webhook = new Webhook(receiver.url("http"), QUICK);
      long start = System.nanoTime();
      webhook.filed("r", "ada", List.of("stays"), NOON);
      webhook.close();
      assertThat(receiver.bodies).hasSize(3);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static long millisToFile(Webhook webhook, int count) {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      webhook.filed("r" + i, "ada", List.of("stays"), NOON);
    }
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }

  private static SSLContext selfSigned(Path directory)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = directory.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                "password",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost")
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "password".toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("SunX509");
    managers.init(keys, "password".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
