package io.sallyport.connect.client.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server in a JVM of its own, on the classpath that the server's module wrote down. */
final class ServerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String READY = "Sallyport is listening on ";
  private static final Path MODULE = Path.of("..", "server", "target").toAbsolutePath().normalize();

  private final Process process;
  private final Path out;
  private final Path log;

  private ServerProcess(Process process, Path out, Path log) {
    this.process = process;
    this.out = out;
    this.log = log;
  }

  /** Starts it in a directory, and returns when it said that it listens. */
  static ServerProcess start(Path directory, Map<String, String> conf)
      throws IOException, InterruptedException {
    Path classPath = MODULE.resolve("launch/server.classpath");
    if (!Files.isReadable(classPath)) {
      throw new IllegalStateException(
          "Build connect-plugin/server first: there is no " + classPath);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("server.jvm.opens").split(" ")));
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    conf.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-cp");
    command.add(MODULE.resolve("classes") + ":" + Files.readString(classPath).strip());
    command.add("io.sallyport.connect.server.server.SallyportServer");
    Path out = directory.resolve("server.out");
    Path log = directory.resolve("server.log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(log.toFile())
            .start();
    ServerProcess server = new ServerProcess(process, out, log);
    try {
      server.awaitReady();
    } catch (IllegalStateException e) {
      server.close();
      throw e;
    }
    return server;
  }

  /** The port that it listens on. */
  int port() throws IOException {
    String address = ready().orElseThrow();
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
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
