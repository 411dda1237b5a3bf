package io.sallyport.policy.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Another JVM on the tests' class path, which can be killed. */
public final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final Path errors;
  private final BufferedReader output;

  private OtherProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.output = process.inputReader();
  }

  /** Starts a program with the terms of a store and further arguments. */
  public static OtherProcess start(Class<?> program, StoreTerms terms, String... more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                terms.url(),
                terms.user().orElse("")));
    command.addAll(List.of(more));
    Path errors = Files.createTempFile("sallyport-other", ".err");
    return new OtherProcess(
        new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
  }

  /** The terms that such a program was started with. */
  public static StoreTerms terms(String... args) {
    return new StoreTerms(
        args[0], Optional.of(args[1]).filter(user -> !user.isEmpty()), Optional.empty());
  }

  /**
   * The next line that it prints.
   *
   * @throws IllegalStateException when it ends instead, with what it said about that
   */
  public String nextLine() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IllegalStateException("The other process ended:\n" + Files.readString(errors));
    }
    return line;
  }

  /** Ends it as {@code kill -9} does, and yields the complete lines that it still had printed. */
  public List<String> kill() throws IOException {
    process.toHandle().destroyForcibly(); // the process itself would close its output as well
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int c = output.read(); c >= 0; c = output.read()) {
      if (c == '\n') {
        lines.add(line.toString());
        line.setLength(0);
      } else {
        line.append((char) c);
      }
    }
    return lines;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    errors.toFile().delete();
  }
}
