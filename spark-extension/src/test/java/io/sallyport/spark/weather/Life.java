package io.sallyport.spark.weather;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One server's process, from its start to its kill; what it acknowledged is read meanwhile. */
final class Life {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final String name;
  private final Process process;
  private final Optional<FailurePoint> point;
  private final Thread reader;
  private final List<Acknowledged> said = new ArrayList<>();

  private Life(String name, Process process, Optional<FailurePoint> point) {
    this.name = name;
    this.process = process;
    this.point = point;
    this.reader = new Thread(this::read);
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a JVM as far as it can go without the directory's durable state.
   *
   * @param passes how often the failure point is passed before it stops there
   */
  static Life prepare(
      Path directory, String name, long seed, Optional<FailurePoint> point, int passes)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-Djdk."))
        .forEach(command::add);
    command.addAll(List.of("-Xmx700m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Djava.io.tmpdir=" + directory);
    point.ifPresent(
        armed -> {
          command.add("-D" + FailurePoint.ARMED + "=" + armed.name());
          command.add("-D" + FailurePoint.PASSES + "=" + passes);
        });
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(DoomedServer.class.getName(), directory.toString(), name, Long.toString(seed)));
    File errors = directory.resolve("server.log").toFile();
    return new Life(
        name,
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(errors)).start(),
        point);
  }

  Optional<FailurePoint> point() {
    return point;
  }

  /** Lets it open the directory and serve, once it is as far. */
  void begin(int questions) throws IOException, InterruptedException {
    if (!await(Acknowledged.Kind.PREPARED, PATIENCE)) {
      throw new IllegalStateException("The server does not start: see its server.log");
    }
    process.getOutputStream().write((questions + "\n").getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  /** Whether it came to its failure point in time. */
  boolean awaitStop() throws InterruptedException {
    return await(Acknowledged.Kind.STOPPED, PATIENCE.dividedBy(3));
  }

  /**
   * Waits until it has done something of this kind.
   *
   * @throws IllegalStateException when it does not, or ends by itself
   */
  void awaitWork(Acknowledged.Kind kind) throws InterruptedException {
    if (!await(kind, PATIENCE)) {
      throw new IllegalStateException(
          "The server does not go on to " + kind + ": see its server.log");
    }
  }

  private boolean await(Acknowledged.Kind kind, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    synchronized (said) {
      while (said.stream().noneMatch(step -> step.kind() == kind)) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0 || !process.isAlive()) {
          return false;
        }
        said.wait(Math.min(left, 500));
      }
    }
    return true;
  }

  /** Ends it as {@code kill -9} does, and yields all that it had acknowledged. */
  List<Acknowledged> kill() throws InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "The server ended by itself, with " + process.exitValue() + ": see its server.log");
    }
    process.toHandle().destroyForcibly(); // the process itself would close its output as well
    process.waitFor();
    reader.join();
    return List.copyOf(said);
  }

  void destroy() {
    process.destroyForcibly();
  }

  @Override
  public String toString() {
    return name;
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Optional<Acknowledged> step = Acknowledged.parse(line);
        synchronized (said) {
          step.ifPresent(said::add);
          said.notifyAll();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
