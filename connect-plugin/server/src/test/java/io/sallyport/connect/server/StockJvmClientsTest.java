package io.sallyport.connect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The oldest stock JVM clients of 4.0 and 4.1 as they are, each in a JVM of its own. They send the
 * token under the wrong header. The newest client runs within all other tests of this package.
 */
@Governed
class StockJvmClientsTest {

  private static final Path PROGRAM = Path.of("src/test/stock/StockProgram.java");

  private final GovernedServer server;

  StockJvmClientsTest(GovernedServer server) {
    this.server = server;
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0", "4.1"})
  void stockClient_doesWhatAnAnalystDoesFirst(String version)
      throws IOException, InterruptedException {
    Path classPath = Path.of("../stock-jvm-" + version + "/target/launch/client.classpath");
    Assumptions.assumeTrue(
        Files.isReadable(classPath),
        () -> "The client's classpath is missing; its module writes it: " + classPath);

    List<String> lines = run(Files.readString(classPath).strip());

    assertThat(lines)
        .contains(
            "wish 0.5",
            "default mine",
            " |-- Pclass: integer (nullable = true)",
            "classes 3",
            "arguments [216]",
            "own 2",
            "local false",
            "refused SALLYPORT.APPROVAL_REQUIRED true",
            "done");
  }

  private List<String> run(String classPath) throws IOException, InterruptedException {
    Path output = Files.createTempFile("stock", ".out");
    Process client =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Xmx512m",
                "-cp",
                classPath,
                PROGRAM.toString(),
                "sc://localhost:" + server.port() + "/;token=" + People.token("ada"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(client.waitFor(5, TimeUnit.MINUTES)).as("the client ends").isTrue();
      List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
      assertThat(client.exitValue()).as(() -> String.join("\n", lines)).isZero();
      return lines;
    } finally {
      client.destroyForcibly();
      Files.deleteIfExists(output);
    }
  }
}
