package io.sallyport.connect.server.server;

import io.sallyport.connect.server.plugin.SallyportPlugin;
import io.sallyport.spark.Installation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.runtime.BoxedUnit;

/**
 * The governed Spark Connect server as a program: {@code spark-submit --class
 * io.sallyport.connect.server.server.SallyportServer --properties-file F}. Prints {@code Sallyport
 * is listening on sc://HOST:PORT} when it serves, and ends with SIGTERM.
 */
public final class SallyportServer {

  private static final Logger LOG = LoggerFactory.getLogger(SallyportServer.class);

  private SallyportServer() {}

  /** Takes no arguments: everything is in the Spark conf. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    SparkSession session = session();
    try {
      serve(session);
    } catch (IllegalStateException | IllegalArgumentException | IOException e) {
      LOG.error("Sallyport does not start", e);
      throw e;
    } finally {
      session.stop();
    }
  }

  private static void serve(SparkSession session) throws IOException, InterruptedException {
    Endpoint endpoint = Endpoint.start(session, installation());
    closeBeforeSparkStops(endpoint);
    InetSocketAddress address = endpoint.address();
    endpoint.deskAddress().ifPresent(SallyportServer::announce);
    announce(address.getAddress().getHostAddress(), address.getPort());
    endpoint.awaitClosed();
  }

  /** Spark runs hooks in the order of their priority; a session cannot be closed without Spark. */
  private static void closeBeforeSparkStops(Endpoint endpoint) {
    int beforeSpark = ShutdownHookManager.SPARK_CONTEXT_SHUTDOWN_PRIORITY() + 1;
    ShutdownHookManager.addShutdownHook(
        beforeSpark,
        () -> {
          endpoint.close();
          return BoxedUnit.UNIT;
        });
  }

  private static SparkSession session() {
    return new SparkSession.Builder()
        .appName("Sallyport")
        .config("spark.plugins", plugins())
        .config("spark.sql.artifact.isolation.enabled", true)
        .config("spark.sql.artifact.isolation.alwaysApplyClassloader", true)
        .getOrCreate();
  }

  /** Our plugin, in front of what the operator names. */
  private static String plugins() {
    String ours = SallyportPlugin.class.getName();
    String named = System.getProperty("spark.plugins", "");
    return named.contains(ours) ? named : ours + (named.isBlank() ? "" : "," + named);
  }

  private static Installation installation() {
    return Installation.current()
        .orElseThrow(() -> new IllegalStateException("The driver plugin did not run"));
  }

  @SuppressWarnings("SystemOut") // The same, before the last line.
  private static void announce(URI desk) {
    System.out.println("Sallyport's desk is at " + desk);
  }

  @SuppressWarnings("SystemOut") // Scripts wait for exactly this line.
  private static void announce(String host, int port) {
    System.out.printf("Sallyport is listening on sc://%s:%d%n", host, port);
    System.out.flush();
  }
}
