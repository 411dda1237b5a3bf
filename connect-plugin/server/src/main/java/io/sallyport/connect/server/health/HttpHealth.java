package io.sallyport.connect.server.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sallyport.connect.desk.http.HttpBounds;
import io.sallyport.policy.settings.Operating;
import io.sallyport.spark.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /livez} and {@code GET /readyz} on a port of their own: 200, or 503 with the reasons,
 * a line each, in words for operators. Nothing else is there.
 */
public final class HttpHealth implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpHealth.class);
  private static final int WAITING_CONNECTIONS = 64;

  /**
   * More than there may be connections: a request that is only half sent holds one of them, for as
   * long as {@link HttpBounds} says, and nobody else's.
   */
  private static final int THREADS = 256;

  private final HttpServer server;
  private final ExecutorService threads;

  private final ExecutorService waking;
  private final AtomicBoolean isWaking = new AtomicBoolean();

  private HttpHealth(HttpServer server) {
    this.server = server;
    this.threads =
        new ThreadPoolExecutor(
            0, THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), HttpHealth::daemon);
    this.waking = Executors.newSingleThreadExecutor(HttpHealth::daemon);
  }

  /**
   * Listens, when a port is set.
   *
   * @param wake called on a thread of its own when somebody asks and the server is not ready: one
   *     that serves nobody yet may find out that it could. May take its time.
   * @throws IllegalArgumentException when it cannot listen there
   */
  public static Optional<HttpHealth> start(Operating operating, Health health, Runnable wake) {
    return start(operating, health::dead, health::problems, wake);
  }

  static Optional<HttpHealth> start(
      Operating operating,
      Supplier<Optional<String>> dead,
      Supplier<List<String>> problems,
      Runnable wake) {
    if (operating.healthPort().isEmpty()) {
      return Optional.empty();
    }
    int port = operating.healthPort().getAsInt();
    HttpBounds.set();
    try {
      InetAddress address = InetAddress.getByName(operating.healthAddress());
      HttpServer server =
          HttpServer.create(new InetSocketAddress(address, port), WAITING_CONNECTIONS);
      HttpHealth http = new HttpHealth(server);
      server.setExecutor(http.threads);
      server.createContext("/", exchange -> http.answer(exchange, dead, problems, wake));
      server.start();
      LOG.info("Health is told on http:/{}/livez and /readyz", server.getAddress());
      return Optional.of(http);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "spark.sallyport.health.port: nothing can listen on %s port %d: %s"
              .formatted(operating.healthAddress(), port, e.getMessage()),
          e);
    }
  }

  /** Where it listens in truth. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void answer(
      HttpExchange exchange,
      Supplier<Optional<String>> dead,
      Supplier<List<String>> problems,
      Runnable wake)
      throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        send(exchange, 405, "GET only");
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/livez" -> send(exchange, dead.get().stream().toList());
        case "/readyz" -> {
          List<String> now = problems.get();
          if (!now.isEmpty()) {
            wakeSoon(wake);
          }
          send(exchange, now);
        }
        default -> send(exchange, 404, "There are /livez and /readyz");
      }
    }
  }

  /** Not on the thread of a probe, which waits for nothing; and one at a time. */
  private void wakeSoon(Runnable wake) {
    if (isWaking.compareAndSet(false, true)) {
      waking.execute(
          () -> {
            try {
              wake.run();
            } finally {
              isWaking.set(false);
            }
          });
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "sallyport-health-http");
    thread.setDaemon(true);
    return thread;
  }

  private static void send(HttpExchange exchange, List<String> problems) throws IOException {
    send(exchange, problems.isEmpty() ? 200 : 503, problems.isEmpty() ? "ok" : lines(problems));
  }

  private static String lines(List<String> problems) {
    return String.join("\n", problems);
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    waking.shutdownNow();
  }
}
