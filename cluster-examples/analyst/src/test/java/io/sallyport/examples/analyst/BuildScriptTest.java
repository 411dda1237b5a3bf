package io.sallyport.examples.analyst;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.NodeList;

/** What bin/build.sh looks at before it builds, and the jar that it builds. */
class BuildScriptTest {

  private static final Path REPOSITORY = Scripts.EXAMPLES.getParent();

  @TempDir private Path folder;

  /** A module that is forgotten is one whose changes are not what the server runs. */
  @Test
  void everyModuleOfTheBuild_isLookedAt() throws Exception {
    List<String> modules = new ArrayList<>();
    NodeList found =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(REPOSITORY.resolve("pom.xml").toFile())
            .getElementsByTagName("module");
    for (int i = 0; i < found.getLength(); i++) {
      modules.add(found.item(i).getTextContent().strip());
    }
    Path said = folder.resolve("said");
    int code =
        new ProcessBuilder("bash", "-c", ". '" + Scripts.EXAMPLES + "/bin/common.sh'; top_modules")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start()
            .waitFor();
    assertThat(code).isZero();
    assertThat(Files.readAllLines(said)).containsExactlyElementsOf(modules).contains("dp");
  }

  @Test
  void pluginJar_saysItsVersion_hasEveryLicence_andNothingUnderAForeignNameButH2()
      throws IOException {
    try (JarFile jar = new JarFile(pluginJar().toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Implementation-Title")).isEqualTo("Sallyport");
      assertThat(pluginJar().getFileName().toString())
          .contains("-" + manifest.getValue("Implementation-Version") + "-");
      assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
      assertThat(text(jar, "META-INF/licenses/MPL-2.0.txt")).contains("Mozilla Public License");
      assertThat(text(jar, "META-INF/licenses/postgresql-BSD-2-Clause.txt"))
          .contains("PostgreSQL Global Development Group");
      assertThat(text(jar, "META-INF/NOTICE")).contains("h2", "Flyway", "HikariCP", "OnGres");
      assertThat(
              jar.stream()
                  .map(entry -> entry.getName())
                  .filter(name -> name.endsWith(".class"))
                  .filter(name -> !name.startsWith("io/sallyport/"))
                  .filter(
                      name ->
                          !name.replaceFirst("^META-INF/versions/[0-9]+/", "")
                              .startsWith("org/h2/")))
          .isEmpty();
    }
  }

  private static String text(JarFile jar, String entry) throws IOException {
    return new String(jar.getInputStream(jar.getEntry(entry)).readAllBytes(), UTF_8);
  }

  private static Path pluginJar() throws IOException {
    try (Stream<Path> files = Files.list(REPOSITORY.resolve("connect-plugin/server/target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("sallyport-.*-plugin\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }
}
