package io.sallyport.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** Enumerates Spark's own classes, so that an upgrade that adds one fails a test. */
final class SparkClasses {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "totality");

  private SparkClasses() {}

  /** The names of all concrete classes of a kind in the jars that hold the given classes. */
  static Set<String> concrete(Class<?> kind, List<Class<?>> inJarsOf) {
    Set<String> found = new TreeSet<>();
    for (Class<?> witness : inJarsOf) {
      Path jar = Path.of(witness.getProtectionDomain().getCodeSource().getLocation().getPath());
      try (JarFile file = new JarFile(jar.toFile())) {
        file.stream()
            .map(entry -> entry.getName())
            .filter(name -> name.startsWith("org/apache/spark/sql/") && name.endsWith(".class"))
            .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
            .filter(name -> isConcrete(name, kind))
            .forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  static Set<String> names(Set<Class<?>> classes) {
    return classes.stream().map(Class::getName).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The reviewed list of that name; {@code -Dtotality.update=true} writes it anew. */
  static Set<String> reviewed(String name, Set<String> actual) {
    Path file = GOLDEN.resolve(name);
    try {
      if (Boolean.getBoolean("totality.update")) {
        Files.createDirectories(GOLDEN);
        Files.write(file, actual, StandardCharsets.UTF_8);
      }
      return new TreeSet<>(Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isConcrete(String name, Class<?> kind) {
    try {
      Class<?> type = Class.forName(name, false, SparkClasses.class.getClassLoader());
      return kind.isAssignableFrom(type)
          && !type.isInterface()
          && !Modifier.isAbstract(type.getModifiers());
    } catch (ClassNotFoundException | LinkageError absent) {
      return false; // a class whose own optional parents are not there cannot be in a plan either
    }
  }
}
