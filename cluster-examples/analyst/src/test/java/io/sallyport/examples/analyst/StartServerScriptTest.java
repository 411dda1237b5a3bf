package io.sallyport.examples.analyst;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bin/start-server.sh says when it cannot start a server. */
class StartServerScriptTest {

  @TempDir private Path folder;

  @Test
  void withoutPropertiesFile_saysHowItIsUsed() throws IOException, InterruptedException {
    assertFails("Usage: start-server.sh --properties-file FILE [--port N]");
  }

  @Test
  void propertiesFileThatIsNotThere_isNamed() throws IOException, InterruptedException {
    String file = folder.resolve("none.conf").toString();
    assertFails("There is no readable file " + file, "--properties-file", file);
  }

  @Test
  void portThatIsNone_isNamed() throws IOException, InterruptedException {
    Path file = Files.createFile(folder.resolve("some.conf"));
    assertFails("This is no port: http", "--properties-file", file.toString(), "--port", "http");
  }

  @Test
  void unknownOption_isNamed() throws IOException, InterruptedException {
    assertFails("There is no option --prot.", "--prot", "1");
  }

  private void assertFails(String text, String... arguments)
      throws IOException, InterruptedException {
    Scripts.Ended ended = Scripts.run(folder.resolve("said"), "start-server.sh", arguments);
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.said()).startsWith("start-server.sh: ").contains(text);
  }
}
