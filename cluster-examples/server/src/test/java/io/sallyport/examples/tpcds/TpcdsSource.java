package io.sallyport.examples.tpcds;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What of TPC-DS is in the jar of Spark's own tests: the texts of the queries and the tables'
 * columns. The jar is not on the classpath, where its classes would be in the way of Spark's.
 *
 * @param texts the queries by name, {@code 1} to {@code 99}, in this order; four have an {@code a}
 *     and a {@code b}
 * @param tables the columns of each table; texts of any length are strings
 */
record TpcdsSource(Map<String, String> texts, Map<String, StructType> tables) {

  private static final Path JAR = Path.of("target/tpcds/spark-sql-tests.jar");
  private static final String SCHEMA = "org.apache.spark.sql.TPCDSSchema";
  private static final int QUERIES = 99;

  /** Reads the jar that the build copied. */
  static TpcdsSource read() {
    if (!Files.exists(JAR)) {
      throw new IllegalStateException("No " + JAR.toAbsolutePath() + ": mvn copies it for tests");
    }
    try (URLClassLoader jar =
        new URLClassLoader(new URL[] {JAR.toUri().toURL()}, TpcdsSource.class.getClassLoader())) {
      Map<String, String> texts = new TreeMap<>(TpcdsSource::compare);
      for (String name : names()) {
        try (InputStream in = jar.getResourceAsStream("tpcds/q" + name + ".sql")) {
          if (in != null) {
            texts.put(name, new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
          }
        }
      }
      return new TpcdsSource(texts, tables(jar.loadClass(SCHEMA)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Spark's tests have no " + SCHEMA, e);
    }
  }

  private static List<String> names() {
    return IntStream.rangeClosed(1, QUERIES)
        .boxed()
        .flatMap(number -> Stream.of(number + "", number + "a", number + "b"))
        .toList();
  }

  private static int compare(String one, String other) {
    int byNumber = Integer.compare(number(one), number(other));
    return byNumber != 0 ? byNumber : one.compareTo(other);
  }

  private static int number(String name) {
    return Integer.parseInt(name.replaceAll("\\D", ""));
  }

  /** The trait sets its fields when it is initialized, which an instance of ours listens to. */
  private static Map<String, StructType> tables(Class<?> schema)
      throws ReflectiveOperationException {
    Map<String, StructType> tables = new TreeMap<>();
    Object listening =
        Proxy.newProxyInstance(
            schema.getClassLoader(),
            new Class<?>[] {schema},
            (proxy, method, arguments) -> {
              if (method.getName().endsWith("tableColumns_$eq")) {
                CollectionConverters.asJava((scala.collection.Map<?, ?>) arguments[0])
                    .forEach((name, ddl) -> tables.put((String) name, columns((String) ddl)));
              }
              return null;
            });
    schema.getMethod("$init$", schema).invoke(null, listening);
    return tables;
  }

  private static StructType columns(String ddl) {
    return StructType.fromDDL(ddl.replaceAll("(VAR)?CHAR\\(\\d+\\)", "STRING"));
  }
}
