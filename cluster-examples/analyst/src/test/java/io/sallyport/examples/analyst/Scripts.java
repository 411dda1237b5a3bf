package io.sallyport.examples.analyst;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The scripts of cluster-examples, run as anybody would run them. */
final class Scripts {

  /** Maven runs tests in their module's folder. */
  static final Path EXAMPLES = Path.of("").toAbsolutePath().getParent();

  private Scripts() {}

  /** What a script that ended said, on both its outputs, and the code it ended with. */
  record Ended(int code, String said) {}

  static Ended run(Path log, String script, String... arguments)
      throws IOException, InterruptedException {
    Process process =
        builder(script, arguments).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new Ended(process.waitFor(), Files.readString(log));
  }

  static ProcessBuilder builder(String script, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(EXAMPLES.resolve("bin").resolve(script).toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }
}
