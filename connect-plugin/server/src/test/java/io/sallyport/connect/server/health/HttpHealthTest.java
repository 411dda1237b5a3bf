package io.sallyport.connect.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.settings.Operating;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Probes are answered whatever others send to their port. */
@Timeout(60)
final class HttpHealthTest {

  @Test
  void halfSentRequests_holdNobody_andAreEnded() throws IOException {
    try (HttpHealth health = open()) {
      assertThat(System.getProperty("sun.net.httpserver.maxReqTime")).isNotNull();
      assertThat(System.getProperty("jdk.httpserver.maxConnections")).isNotNull();
      List<Socket> half = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        half.add(begun(health.address(), "GET /livez HTTP/1.1\r\nHost: "));
      }
      for (int i = 0; i < 5; i++) {
        try (Socket probe = begun(health.address(), whole("/readyz"))) {
          assertThat(read(probe)).startsWith("HTTP/1.1 503").contains("The store does not answer");
        }
      }
      assertThat(half.get(0).getInputStream().read()).isEqualTo(-1);
      for (Socket socket : half) {
        socket.close();
      }
    }
  }

  private static HttpHealth open() {
    return HttpHealth.start(
            new Operating(OptionalInt.of(0), "127.0.0.1", List.of(), Set.of()),
            Optional::empty,
            () -> List.of("The store does not answer"),
            () -> {})
        .orElseThrow();
  }

  private static String whole(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  }

  private static Socket begun(InetSocketAddress address, String text) throws IOException {
    Socket socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout(30_000);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private static String read(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
