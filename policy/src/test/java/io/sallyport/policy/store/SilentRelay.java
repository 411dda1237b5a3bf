package io.sallyport.policy.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A relay before a server that can fall silent: bytes go in, and nothing comes out. */
final class SilentRelay implements Closeable {
  private final StoreTerms behind;
  private final ServerSocket listening;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean silent;

  private SilentRelay(StoreTerms behind, ServerSocket listening) {
    this.behind = behind;
    this.listening = listening;
  }

  static SilentRelay before(PostgresServer server) throws IOException {
    ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    SilentRelay relay = new SilentRelay(server.newDatabase(), listening);
    start(relay::accept);
    return relay;
  }

  /** The terms of the database, by way of this relay. */
  StoreTerms terms() {
    URI uri = address();
    return new StoreTerms(
        behind.url().replace(":" + uri.getPort() + "/", ":" + listening.getLocalPort() + "/"),
        behind.user(),
        behind.password());
  }

  /** What was swallowed in silence never comes: those connections are dead for good. */
  void silence(boolean now) {
    silent = now;
  }

  private void accept() throws IOException {
    while (true) {
      Socket near = listening.accept();
      Socket far = new Socket(address().getHost(), address().getPort());
      sockets.addAll(List.of(near, far));
      start(() -> pass(near, far));
      start(() -> pass(far, near));
    }
  }

  private void pass(Socket from, Socket to) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[8_192];
    boolean swallowed = false;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      swallowed |= silent;
      if (!swallowed) {
        out.write(buffer, 0, n);
        out.flush();
      }
    }
    to.close();
  }

  private URI address() {
    return URI.create(behind.url().substring("jdbc:".length()));
  }

  private interface Loop {
    void run() throws IOException;
  }

  private static void start(Loop loop) {
    Thread thread =
        new Thread(
            () -> {
              try {
                loop.run();
              } catch (IOException e) {
                // A socket was closed, by the test's end or by one of the two sides.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
