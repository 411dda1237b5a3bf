package io.sallyport.examples.analyst;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Titanic's passenger list, which is not part of this repository. */
final class Titanic {

  private static final Path FILE = Path.of("../../../shared/data/titanic.csv");

  private Titanic() {}

  static boolean isThere() {
    return Files.isReadable(FILE);
  }

  /** Why tests that need it do not run. */
  static String missing() {
    return "The data set is missing: " + FILE.toAbsolutePath().normalize();
  }

  /** Puts the data beside a server's conf and the example's policy into it. */
  static void addTo(Path conf) throws IOException {
    Files.copy(FILE, conf.resolveSibling("titanic.csv"));
    List<String> example = Files.readAllLines(Scripts.EXAMPLES.resolve("policies/titanic.conf"));
    List<String> lines = new ArrayList<>(Files.readAllLines(conf));
    example.stream().filter(line -> line.startsWith("spark.sallyport.frame.")).forEach(lines::add);
    Files.write(conf, lines);
  }
}
