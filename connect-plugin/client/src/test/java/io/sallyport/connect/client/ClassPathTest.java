package io.sallyport.connect.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What comes onto an application's classpath with this library. */
final class ClassPathTest {

  /** What our tests bring along. */
  private static final List<String> OF_TESTS =
      List.of(
          "junit", "assertj", "archunit", "opentest4j", "apiguardian", "byte-buddy", "surefire");

  private final List<Path> jars =
      Arrays.stream(
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                  .split(":"))
          .filter(entry -> entry.endsWith(".jar"))
          .filter(
              entry ->
                  OF_TESTS.stream().noneMatch(Path.of(entry).getFileName().toString()::contains))
          .map(Path::of)
          .toList();

  @Test
  void jars_areFew() throws IOException {
    long bytes = 0;
    for (Path jar : jars) {
      bytes += Files.size(jar);
    }

    assertThat(jars).hasSizeBetween(20, 36);
    assertThat(bytes).isLessThan(70_000_000);
  }

  @Test
  void noClass_isThereTwice_withDifferentBytes() throws IOException {
    Map<String, Long> checksums = new HashMap<>();
    Map<String, String> twice = new TreeMap<>();
    for (Path path : jars) {
      try (JarFile jar = new JarFile(path.toFile())) {
        jar.stream()
            .filter(entry -> isClass(entry.getName()))
            .forEach(entry -> remember(entry, path, checksums, twice));
      }
    }

    assertThat(checksums).hasSizeGreaterThan(10_000);
    assertThat(twice).isEmpty();
  }

  @Test
  void noServer_noNetty_andNoBindingOfLogs() {
    assertThat(jars)
        .extracting(jar -> jar.getFileName().toString())
        .noneMatch(name -> name.startsWith("spark-sql_") || name.startsWith("spark-core_"))
        .noneMatch(name -> name.startsWith("sallyport-connect-server"))
        .noneMatch(name -> name.startsWith("netty") || name.startsWith("arrow-memory-netty"))
        .noneMatch(name -> name.startsWith("log4j-slf4j") || name.startsWith("logback"));
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class")
        && !name.startsWith("META-INF/")
        && !name.endsWith("module-info.class");
  }

  private static void remember(
      JarEntry entry, Path jar, Map<String, Long> checksums, Map<String, String> twice) {
    Long before = checksums.putIfAbsent(entry.getName(), entry.getCrc());
    if (before != null && before != entry.getCrc()) {
      twice.put(entry.getName(), jar.getFileName().toString());
    }
  }
}
