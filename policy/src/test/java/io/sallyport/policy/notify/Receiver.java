package io.sallyport.policy.notify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server that keeps what it was told and answers as it is told. */
final class Receiver implements AutoCloseable {

  /** How the server answers. */
  interface Answer {
    void to(HttpExchange exchange, int number) throws IOException, InterruptedException;
  }

  final List<String> bodies = new CopyOnWriteArrayList<>();
  final List<String> lines = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private Receiver(HttpServer server) {
    this.server = server;
  }

  static Receiver answering(Answer answer) throws IOException {
    return on(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), answer);
  }

  static Receiver on(HttpServer server, Answer answer) {
    Receiver receiver = new Receiver(server);
    server.createContext("/", exchange -> receiver.receive(exchange, answer));
    server.setExecutor(receiver.threads);
    server.start();
    return receiver;
  }

  static Answer status(int status) {
    return (exchange, number) -> exchange.sendResponseHeaders(status, -1);
  }

  URI url(String scheme) {
    return URI.create(
        scheme + "://localhost:" + server.getAddress().getPort() + "/hook?key=secret");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void receive(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      lines.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      answer.to(exchange, bodies.size());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
