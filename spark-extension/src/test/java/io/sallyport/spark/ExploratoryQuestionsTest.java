package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Questions as people write them in their first hour with data, under thresholds of ten people:
 * nearly all are answered. Refused ones are written to {@code target/exploratory}.
 */
final class ExploratoryQuestionsTest {

  private static final double ANSWERED = 0.95;
  private static final double EQUAL = 0.6;
  private static final int OF_ADULTS = 4000;
  private static final Path FOUND = Path.of("target/exploratory");

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    Map<String, String> policies = new HashMap<>();
    frame(policies, "patients", "patient_id", true);
    frame(policies, "stays", "patient_id", false);
    policies.put("spark.sallyport.public", "wards");
    data("titanic.csv").ifPresent(file -> frame(policies, "titanic", "PassengerId", true));
    data("adult.csv").ifPresent(file -> frame(policies, "adult", "row", false));
    port = Port.openInterpreting(directory, policies, ExploratoryQuestionsTest::write);
  }

  @AfterAll
  static void close() {
    if (port != null) {
      port.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"titanic", "adult", "hospital"})
  void exploratoryQuestions_areAnswered(String about) throws IOException {
    Assumptions.assumeTrue(
        about.equals("hospital") || data(about + ".csv").isPresent(),
        () -> "The data are missing: shared/data/" + about + ".csv");
    List<String> questions = questions(about);
    List<String> refused = new ArrayList<>();
    List<String> others = new ArrayList<>();
    int equal = 0;
    for (String question : questions) {
      port.newAnalystSession();
      try {
        List<Row> answer = port.sql(question);
        List<Row> exact = port.plain(question);
        if (answer.size() == exact.size()) {
          equal += isEqual(answer, exact) ? 1 : 0;
          others.addAll(isEqual(answer, exact) ? List.of() : List.of(question + answer + exact));
        }
      } catch (RefusedException e) {
        refused.add(question + "\n    " + e.getMessage());
      }
    }
    Files.createDirectories(FOUND);
    Files.write(FOUND.resolve(about + ".txt"), refused);
    Files.write(FOUND.resolve(about + "-others.txt"), others);

    assertThat(questions.size()).isGreaterThanOrEqualTo(90);
    assertThat(1.0 - refused.size() / (double) questions.size())
        .as(() -> String.join("\n", refused))
        .isGreaterThanOrEqualTo(ANSWERED);
    // what is not equal rests on groups that were left out, or is the mean of several people
    assertThat(equal / (double) questions.size())
        .as(() -> String.join("\n", others))
        .isGreaterThanOrEqualTo(EQUAL);
  }

  /** The same rows in whatever order, numbers to nine digits. */
  private static boolean isEqual(List<Row> answer, List<Row> exact) {
    return texts(answer).equals(texts(exact));
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(ExploratoryQuestionsTest::text).sorted().toList();
  }

  private static String text(Row row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      Object value = row.get(i);
      text.append('|')
          .append(value instanceof Double number ? "%.9e".formatted(number + 0.0) : value);
    }
    return text.toString();
  }

  private static void frame(Map<String, String> keys, String name, String person, boolean unique) {
    String prefix = "spark.sallyport.frame." + name + ".";
    keys.put(prefix + "path", directory.resolve(name).toString());
    keys.put(prefix + "format", "parquet");
    keys.put(prefix + "privacy-unit", person);
    keys.put(prefix + "automatic", "aggregation(10, quantiles = true)");
    keys.put(prefix + "approval", "false");
    keys.put(prefix + "on-small-group", "suppress");
    if (unique) {
      keys.put(prefix + "unique-unit", "true");
    }
  }

  private static void write(SparkSession session) {
    save(
        session,
        "patients",
        "SELECT id AS patient_id, IF(id * 7 % 13 < 6, 'F', 'M') AS sex,"
            + " date_add(DATE'1935-03-01', CAST(id * 7919 % 30000 AS INT)) AS born,"
            + " id * 11 % 17 < 5 AS smoker, element_at(array('Bern', 'Graz', 'Pisa'),"
            + " CAST(1 + id * 3 % 7 % 3 AS INT)) AS city,"
            + " IF(id % 9 = 0, NULL, CAST(50 + id * 37 % 50 AS DOUBLE)) AS weight FROM range(600)");
    save(
        session,
        "stays",
        "SELECT id AS stay_id, id * 17 % 600 AS patient_id, CAST(id * 5 % 23 % 4 AS INT) AS ward,"
            + " date_add(DATE'2022-01-05', CAST(id * 7919 % 1080 AS INT)) AS admitted,"
            + " timestamp_seconds(1641340800 + id * 7919 % 1080 * 86400 + id * 1201 % 86400)"
            + " AS arrived, date_format(date_add(DATE'2022-01-05', CAST(id * 7919 % 1080 AS INT)),"
            + " 'dd.MM.yyyy') AS note, CAST(1 + id * 13 % 31 % 8 AS INT) AS days,"
            + " 100D + id * 271 % 2900 AS cost, IF(id * 3 % 11 < 6, 'day', 'night') AS kind"
            + " FROM range(1500)");
    session
        .sql("SELECT CAST(id AS INT) AS ward, concat('ward ', id) AS title FROM range(4)")
        .write()
        .mode("overwrite")
        .saveAsTable("wards");
    data("titanic.csv")
        .ifPresent(
            file ->
                session
                    .read()
                    .option("header", "true")
                    .option("inferSchema", "true")
                    .csv(file.toString())
                    .coalesce(1)
                    .write()
                    .parquet(directory.resolve("titanic").toString()));
    data("adult.csv")
        .ifPresent(
            file ->
                session
                    .read()
                    .schema(
                        "age INT, workclass STRING, fnlwgt INT, education STRING, education_num INT,"
                            + " marital_status STRING, occupation STRING, relationship STRING, race"
                            + " STRING, sex STRING, capital_gain INT, capital_loss INT,"
                            + " hours_per_week INT, native_country STRING, income STRING")
                    .option("ignoreLeadingWhiteSpace", "true")
                    .csv(file.toString())
                    .limit(OF_ADULTS)
                    .coalesce(1)
                    .write()
                    .parquet(directory.resolve("adult").toString()));
    List.of("patients", "stays").forEach(name -> plain(session, name));
    for (String name : List.of("titanic", "adult")) {
      data(name + ".csv").ifPresent(file -> plain(session, name));
    }
  }

  /** By their names, for whoever compares. */
  private static void plain(SparkSession session, String name) {
    session.read().parquet(directory.resolve(name).toString()).createOrReplaceTempView(name);
  }

  private static void save(SparkSession session, String name, String query) {
    session.sql(query).coalesce(1).write().parquet(directory.resolve(name).toString());
  }

  /** Beside the checkout, or beside the folder that the checkout is in. */
  private static Optional<Path> data(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("shared/data").resolve(name);
      if (Files.isReadable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static List<String> questions(String about) throws IOException {
    try (InputStream in =
        ExploratoryQuestionsTest.class.getResourceAsStream("exploratory/" + about + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }
}
