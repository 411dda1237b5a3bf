package io.sallyport.examples.analyst;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The road from end to end as people will use it: a server that a script started from packaged
 * jars, and in this JVM the stock client, TLS and tokens.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HospitalServerTest {

  private static final int PEOPLE = 3_000;

  private static ServerProcess process;
  private static Server server;

  @BeforeAll
  static void startServer() throws IOException, InterruptedException {
    // A blank in the path, because scripts must bear it.
    Path folder = Files.createDirectories(Path.of("target", "a hospital").toAbsolutePath());
    Files.deleteIfExists(folder.resolve("titanic.csv"));
    Scripts.Ended prepared =
        Scripts.run(
            folder.resolve("prepare.log"),
            "prepare-hospital.sh",
            folder.toString(),
            String.valueOf(PEOPLE));
    assertThat(prepared.code()).as(prepared.said()).isZero();
    Path conf = folder.resolve("hospital.conf");
    Visits.addTo(conf);
    if (Titanic.isThere()) {
      Titanic.addTo(conf);
    }
    process = ServerProcess.start(conf);
    System.setProperty("javax.net.ssl.trustStore", folder.resolve("tls/truststore.p12").toString());
    System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
    server = new Server(process.address(), folder.resolve("tokens"));
  }

  @AfterAll
  static void sigterm_stopsTheServer() throws IOException, InterruptedException {
    if (process != null) {
      boolean ended = process.terminate(Duration.ofSeconds(30));
      process.kill();
      assertThat(ended).as("SIGTERM ends the server; its log:\n" + process.log()).isTrue();
    }
  }

  @Test
  void groupsOfEnoughPeople_areWhatSparkComputes() throws IOException {
    try (SparkSession ada = server.connect("ada")) {
      Dataset<Row> answer =
          ada.table("visits")
              .groupBy("day")
              .agg(count(lit(1)).as("n"), sum("minutes").as("sum"), avg("minutes").as("mean"))
              .orderBy("day");

      assertThat(answer.collectAsList()).isEqualTo(Visits.byDay());
    }
  }

  @Test
  void hospitalTour_goesAsItShould() throws IOException {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    boolean asItShould;
    try (PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8)) {
      asItShould = HospitalTour.tell(server, out);
    }
    assertThat(asItShould).as(told.toString(StandardCharsets.UTF_8)).isTrue();
  }

  @Test
  void readme_showsWhatIsPrinted() throws IOException {
    try (SparkSession ada = server.connect("ada")) {
      List<String> printed = ReadmePrintout.really(ada);

      assertThat(ReadmePrintout.inReadme()).as(String.join("\n", printed)).isEqualTo(printed);
    }
  }

  @Test
  void titanic_survivalByClass_isReleased() throws IOException {
    assumeThat(Titanic.isThere()).as(Titanic.missing()).isTrue();
    try (SparkSession ada = server.connect("ada")) {
      List<Row> answer =
          ada.table("titanic")
              .groupBy("Pclass")
              .agg(avg("Survived").as("rate"))
              .orderBy("Pclass")
              .collectAsList();

      assertThat(answer)
          .extracting(row -> "%d %.6f".formatted(row.getInt(0), row.getDouble(1)))
          .containsExactly("1 0.629630", "2 0.472826", "3 0.242363");
    }
  }

  @Test
  void titanic_averageAgeByClass_isReleased_asMissingAgesArePublic() throws IOException {
    assumeThat(Titanic.isThere()).as(Titanic.missing()).isTrue();
    try (SparkSession ada = server.connect("ada")) {
      List<Row> answer =
          ada.table("titanic")
              .groupBy("Pclass")
              .agg(avg("Age").as("age"))
              .orderBy("Pclass")
              .collectAsList();

      assertThat(answer)
          .extracting(row -> "%d %.6f".formatted(row.getInt(0), row.getDouble(1)))
          .containsExactly("1 38.233441", "2 29.877630", "3 25.140620");
    }
  }

  @Test
  void titanic_survivalByAgeAndTheListItself_waitForTheOwner() throws IOException {
    assumeThat(Titanic.isThere()).as(Titanic.missing()).isTrue();
    try (SparkSession ada = server.connect("ada")) {
      Dataset<Row> titanic = ada.table("titanic");

      assertThatThrownBy(
              () -> titanic.groupBy("Age").agg(avg("Survived").as("rate")).collectAsList())
          .hasMessageStartingWith("[SALLYPORT.APPROVAL_REQUIRED]")
          .hasMessageContaining("(SMALL_GROUP: ");
      assertThatThrownBy(titanic::collectAsList)
          .hasMessageStartingWith("[SALLYPORT.APPROVAL_REQUIRED]")
          .hasMessageContaining("(RAW_OUTPUT: ");
    }
  }
}
