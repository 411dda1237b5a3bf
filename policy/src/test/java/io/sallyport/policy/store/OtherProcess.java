package io.sallyport.policy.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Another JVM on the tests' class path, which can be killed. */
public final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private OtherProcess(Process process) {
    this.process = process;
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
    return new OtherProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** The terms that such a program was started with. */
  public static StoreTerms terms(String... args) {
    return new StoreTerms(
        args[0], Optional.of(args[1]).filter(user -> !user.isEmpty()), Optional.empty());
  }

  /** The next line that it prints, or nothing at its end. */
  public Optional<String> nextLine() throws IOException {
    return Optional.ofNullable(output.readLine());
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
  }
}
