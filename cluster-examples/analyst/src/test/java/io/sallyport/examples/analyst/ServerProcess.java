package io.sallyport.examples.analyst;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server that bin/start-server.sh started, in a process of its own. */
final class ServerProcess {

  private static final Duration PATIENCE = Duration.ofMinutes(6);

  /** Most of a short life would go into optimising its own code. */
  private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private static final String READY = "Sallyport is listening on ";

  private final Process process;
  private final Path out;
  private final Path log;

  private ServerProcess(Process process, Path out, Path log) {
    this.process = process;
    this.out = out;
    this.log = log;
  }

  /** Starts it on a port that is free, and returns when it said that it listens. */
  static ServerProcess start(Path properties) throws IOException, InterruptedException {
    Path out = properties.resolveSibling("server.out");
    Path log = properties.resolveSibling("server.log");
    ProcessBuilder script =
        Scripts.builder(
            "start-server.sh", "--properties-file", properties.toString(), "--port", "0");
    script.environment().put("SALLYPORT_JAVA_OPTIONS", SHORT_LIVED);
    Process process = script.redirectOutput(out.toFile()).redirectError(log.toFile()).start();
    ServerProcess server = new ServerProcess(process, out, log);
    try {
      server.awaitReady();
    } catch (IllegalStateException e) {
      server.kill();
      throw e;
    }
    return server;
  }

  /** As the server printed it. */
  String address() throws IOException {
    return ready().orElseThrow();
  }

  /** Sends SIGTERM; whether the process ended in time. */
  boolean terminate(Duration patience) throws InterruptedException {
    process.destroy();
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  /** For the end of a test that failed. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private void awaitReady() throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (ready().isEmpty()) {
      if (!process.isAlive() || Instant.now().isAfter(end)) {
        throw new IllegalStateException("The server did not start:\n" + log());
      }
      Thread.sleep(200);
    }
  }

  private Optional<String> ready() throws IOException {
    return Files.readAllLines(out).stream()
        .filter(line -> line.startsWith(READY))
        .map(line -> line.substring(READY.length()))
        .findFirst();
  }
}
