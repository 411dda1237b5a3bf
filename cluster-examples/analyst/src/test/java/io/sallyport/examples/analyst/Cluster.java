package io.sallyport.examples.analyst;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The cluster of standalone/standalone.sh: a master, two workers and the server, each a process.
 */
final class Cluster {

  private static final Path SCRIPT = Scripts.EXAMPLES.resolve("standalone/standalone.sh");

  private final Path folder;
  private final Map<String, String> environment;

  /**
   * @param folder where everything of it is
   * @param people how many the hospital has
   * @param conf lines to be added to the server's
   */
  Cluster(Path folder, int people, Path conf) {
    this.folder = folder;
    this.environment =
        Map.of(
            "SALLYPORT_CLUSTER", folder.toString(),
            "SALLYPORT_PEOPLE", String.valueOf(people),
            "SALLYPORT_CONF", conf.toString());
  }

  /** Runs the script; what it said. */
  String run(String... arguments) throws IOException, InterruptedException {
    Path said = folder.resolve("said-" + arguments[0]);
    List<String> command =
        Stream.concat(Stream.of(SCRIPT.toString()), Stream.of(arguments)).toList();
    ProcessBuilder script =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    script.environment().putAll(environment);
    int code = script.start().waitFor();
    String text = Files.readString(said);
    assertThat(code).as("standalone.sh %s said:%n%s", List.of(arguments), text).isZero();
    return text;
  }

  /** The server, for clients that trust its certificate from now on. */
  Server server() throws IOException {
    System.setProperty("javax.net.ssl.trustStore", folder.resolve("tls/truststore.p12").toString());
    System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
    String address =
        Files.readAllLines(folder.resolve("server.out")).stream()
            .filter(line -> line.startsWith("Sallyport is listening on "))
            .map(line -> line.substring("Sallyport is listening on ".length()))
            .findFirst()
            .orElseThrow();
    return new Server(address, folder.resolve("tokens"));
  }

  /** How many tasks the executors of a worker have been given until now. */
  long tasks(int worker) throws IOException {
    long tasks = 0;
    for (Path log : executorLogs()) {
      if (log.startsWith(folder.resolve("work-" + worker))) {
        try (Stream<String> lines = Files.lines(log)) {
          tasks += lines.filter(line -> line.contains("Got assigned task")).count();
        }
      }
    }
    return tasks;
  }

  /** What executors say, one file each: work-1/app-.../0/stderr. */
  List<Path> executorLogs() throws IOException {
    List<Path> logs = new ArrayList<>();
    for (Path work : inside(folder, "work-*")) {
      for (Path application : inside(work, "app-*")) {
        for (Path executor : inside(application, "*")) {
          if (Files.exists(executor.resolve("stderr"))) {
            logs.add(executor.resolve("stderr"));
          }
        }
      }
    }
    return logs;
  }

  private static List<Path> inside(Path folder, String names) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, names)) {
      paths.forEach(found::add);
    }
    return found;
  }

  /** Waits until a worker's executors have been given so many tasks more. */
  void awaitTasks(int worker, long before, int more) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (tasks(worker) < before + more) {
      assertThat(System.nanoTime()).as("tasks on worker %d", worker).isLessThan(end);
      Thread.sleep(10);
    }
  }

  /** kill -9 of a worker and of its executors, as when the machine is gone. */
  void kill(int worker) throws IOException, InterruptedException {
    String group = Files.readString(folder.resolve("worker-" + worker + ".pid")).strip();
    int code = new ProcessBuilder("kill", "-9", "--", "-" + group).inheritIO().start().waitFor();
    assertThat(code).isZero();
  }

  Path folder() {
    return folder;
  }
}
