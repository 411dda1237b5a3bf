package io.sallyport.connect.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Spark driver in a JVM of its own, started as SparkSubmit starts it. */
public final class ServerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private final Process process;
  private final Path log;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Submits a main class with a conf; its output, both streams, goes to one file. */
  public static ServerProcess submit(String mainClass, Map<String, String> conf, Path directory) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens") || argument.startsWith("-XX:+Ig"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx1g", "-cp", classPath(), "org.apache.spark.deploy.SparkSubmit"));
    command.addAll(List.of("--master", "local[2]", "--class", mainClass));
    conf.forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
    command.add("spark-internal");
    Path log = directory.resolve("server.log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new ServerProcess(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Waits for a text in the output. */
  public String awaitOutput(String text) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      boolean hasEnded = !process.isAlive();
      String output = output();
      if (output.contains(text)) {
        return output;
      }
      if (hasEnded) {
        break;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError("No '" + text + "' in:\n" + output());
  }

  /** Waits until the JVM ends by itself. */
  public int awaitExit() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("Still running:\n" + output());
    }
    return process.exitValue();
  }

  /** The process of the JVM. */
  public long pid() {
    return process.pid();
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port that was free a moment ago. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
