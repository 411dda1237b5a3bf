package io.sallyport.connect.desk.http;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.sallyport.connect.desk.DeskService;
import io.sallyport.policy.settings.DeskAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The desk, listening: with TLS, or on this machine only. It has threads and connections of its
 * own, in bounded numbers, so that it takes nothing from questions. Closing ends it at once.
 */
public final class DeskServer implements AutoCloseable {
  private static final int THREADS = 8;
  private static final int WAITING = 64;

  private final HttpServer server;
  private final ThreadPoolExecutor working;
  private final ScheduledExecutorService later;
  private final boolean isSecure;

  private DeskServer(
      HttpServer server,
      ThreadPoolExecutor working,
      ScheduledExecutorService later,
      boolean isSecure) {
    this.server = server;
    this.working = working;
    this.later = later;
    this.isSecure = isSecure;
  }

  /**
   * Listens.
   *
   * @param tls the server's own identity, as it is whenever a connection begins
   * @throws IllegalArgumentException when others could reach it in plain text
   * @throws IOException when it cannot listen
   */
  public static DeskServer start(
      DeskService service, DeskAddress address, Optional<X509ExtendedKeyManager> tls, Clock clock)
      throws IOException {
    HttpBounds.set();
    InetAddress host = InetAddress.getByName(address.host());
    if (tls.isEmpty() && !host.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "Without TLS the desk listens on this machine only. Missing lines:"
              + " spark.sallyport.tls.certificate=... and spark.sallyport.tls.key=..., or"
              + " spark.sallyport.desk.address=127.0.0.1");
    }
    InetSocketAddress socket = new InetSocketAddress(host, address.port());
    HttpServer server = tls.isPresent() ? secure(socket, tls.get()) : HttpServer.create(socket, 0);
    ThreadFactory threads =
        work -> {
          Thread thread = new Thread(work, "sallyport-desk");
          thread.setDaemon(true);
          return thread;
        };
    ThreadPoolExecutor working =
        new ThreadPoolExecutor(
            THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING), threads);
    working.allowCoreThreadTimeOut(true);
    ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(threads);
    server.setExecutor(working);
    server.createContext("/", new Routes(service, clock, tls.isPresent(), later));
    server.start();
    return new DeskServer(server, working, later, tls.isPresent());
  }

  private static HttpServer secure(InetSocketAddress socket, X509ExtendedKeyManager tls)
      throws IOException {
    SSLContext context = context(tls);
    HttpsServer server = HttpsServer.create(socket, 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters secure = getSSLContext().getDefaultSSLParameters();
            secure.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            parameters.setSSLParameters(secure);
          }
        });
    return server;
  }

  private static SSLContext context(X509ExtendedKeyManager keys) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {keys}, null, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("The certificate and the key cannot be used for the desk", e);
    }
  }

  /** Where to open it on this machine. */
  public URI address() {
    InetSocketAddress address = server.getAddress();
    String host =
        address.getAddress().isLoopbackAddress() || address.getAddress().isAnyLocalAddress()
            ? "localhost"
            : address.getAddress().getHostAddress();
    return URI.create((isSecure ? "https://" : "http://") + host + ":" + address.getPort() + "/");
  }

  @Override
  public void close() {
    server.stop(0);
    later.shutdownNow();
    working.shutdownNow();
  }
}
