package io.sallyport.connect.cli.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is not there, or not itself, is told within seconds and sees no token. */
@Timeout(30)
final class ReachTest {

  @Test
  void nothingListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    ServerAddress address = new ServerAddress("localhost", port);
    assertThatThrownBy(() -> Reach.require(address))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("Nothing answers at sc://localhost:" + port);
  }

  @Test
  void aServerWithoutTls_isNotTrusted() throws IOException {
    assertRefused("HTTP/1.1 400 Bad Request\r\n\r\n", "cannot show that it is itself");
  }

  @Test
  void aSilentServer_isGivenUp() throws IOException {
    assertRefused("", "Nothing answers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "host",
        "host:",
        ":1",
        "host:0",
        "host:65536",
        "http://host:1",
        "sc://host:1/;token=x",
        "sc://user@host:1",
        "sc://host:1/x",
        "ho st:1"
      })
  void otherAddresses_areRefused(String text) {
    assertThatThrownBy(() -> ServerAddress.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertRefused(String answer, String expected) throws IOException {
    try (ServerSocket listening = new ServerSocket(0)) {
      CompletableFuture<Socket> client =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  Socket socket = listening.accept();
                  socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                  return socket;
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      ServerAddress address = new ServerAddress("localhost", listening.getLocalPort());
      assertThatThrownBy(() -> Reach.require(address))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining(expected);
      client.join().close();
    }
  }
}
