package io.sallyport.examples.analyst;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * A governed server on a real cluster, as the example's script starts it: master, workers,
 * executors and server are processes of their own. The story of the tour first, then workers that
 * are killed in the middle of an answer.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StandaloneClusterTest {

  private static final int PEOPLE = 3_000;

  /** Many small tasks, so that there is a middle; and a frame with a budget of its own. */
  private static final List<String> CONF =
      List.of(
          "spark.sql.adaptive.coalescePartitions.enabled false",
          "spark.sql.shuffle.partitions 40",
          "spark.sallyport.frame.crash.path data/crash",
          "spark.sallyport.frame.crash.format parquet",
          "spark.sallyport.frame.crash.privacy-unit patient_id",
          "spark.sallyport.frame.crash.unit-space crash",
          "spark.sallyport.frame.crash.automatic dp(epsilon = 1, delta = 1e-8, groups = 2, rows = 2)",
          "spark.sallyport.frame.crash.column.days.lower 0",
          "spark.sallyport.frame.crash.column.days.upper 60",
          "spark.sallyport.budget.crash.epsilon 20",
          "spark.sallyport.budget.crash.delta 0.0001");

  private static Cluster cluster;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    // A blank in the path, because scripts must bear it.
    Path folder = Files.createDirectories(Path.of("target", "a cluster").toAbsolutePath());
    Path conf = Files.write(folder.resolve("more.conf"), CONF);
    cluster = new Cluster(folder, PEOPLE, conf);
    cluster.run("stop");
    Scripts.Ended prepared =
        Scripts.run(
            folder.resolve("prepare.log"),
            "prepare-hospital.sh",
            folder.toString(),
            String.valueOf(PEOPLE));
    assertThat(prepared.code()).as(prepared.said()).isZero();
    copy(folder.resolve("data/stays"), folder.resolve("data/crash"));
    cluster.run("start");
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (cluster != null) {
      cluster.run("stop");
    }
  }

  @Test
  @Order(1)
  void theTour_goesAsItShould_andEveryExecutorHasItsPart()
      throws IOException, InterruptedException {
    assertThat(cluster.run("tour")).doesNotContain("NOT AS EXPECTED");
    assertThat(cluster.run("work")).contains("work-1, executor ", "work-2, executor ");
    assertThat(cluster.tasks(1)).isPositive();
    assertThat(cluster.tasks(2)).isPositive();
  }

  @Test
  @Order(2)
  void aWorkerKilledInTheMiddleOfAnExactAnswer_changesNoNumber() throws Exception {
    try (SparkSession ada = cluster.server().connect("ada")) {
      Dataset<Row> question =
          ada.table("stays")
              .groupBy("ward")
              .agg(
                  countDistinct("patient_id").as("patients"),
                  count(lit(1)).as("stays"),
                  sum("days").as("days"),
                  avg("cost").as("cost"))
              .orderBy("ward");
      List<Row> expected = question.collectAsList();

      Optional<List<Row>> answer = whileKilling(1, question);

      answer.ifPresent(rows -> assertThat(rows).isEqualTo(expected));
      cluster.run("worker", "1");
      assertThat(question.collectAsList()).as("the cluster goes on").isEqualTo(expected);
    }
  }

  @Test
  @Order(3)
  void aWorkerKilledInTheMiddleOfANoisyAnswer_isChargedOnce_andTheNoiseIsDrawnOnce()
      throws Exception {
    try (SparkSession ada = cluster.server().connect("ada")) {
      BigDecimal before = left(ada);
      Dataset<Row> question =
          ada.table("crash").groupBy("ward").agg(count(lit(1)).as("stays"), sum("days").as("days"));

      Optional<List<Row>> answer = whileKilling(2, question);

      assertThat(before.subtract(left(ada))).isEqualByComparingTo("1");
      if (answer.isPresent()) {
        assertThat(answer.get()).isNotEmpty();
        assertThat(question.collectAsList()).containsExactlyInAnyOrderElementsOf(answer.get());
        assertThat(before.subtract(left(ada))).isEqualByComparingTo("1");
      }
    }
  }

  @Test
  @Order(4)
  void executors_getNoSecretAndNoRow_inTheirLogs() throws IOException {
    String secret =
        Files.readAllLines(cluster.folder().resolve("daemons.conf")).stream()
            .filter(line -> line.startsWith("spark.authenticate.secret "))
            .map(line -> line.substring("spark.authenticate.secret ".length()))
            .findFirst()
            .orElseThrow();
    String token = Files.readString(cluster.folder().resolve("tokens/ada")).strip();
    assertThat(cluster.executorLogs()).isNotEmpty();
    for (Path log : cluster.executorLogs()) {
      assertThat(Files.readString(log))
          .contains("Got assigned task")
          .doesNotContain(secret, token, "Reading File path", "internal medicine");
    }
  }

  /** The answer to a question during which a worker is killed, or none when it failed. */
  private static Optional<List<Row>> whileKilling(int worker, Dataset<Row> question)
      throws Exception {
    long before = cluster.tasks(worker);
    ExecutorService asking = Executors.newSingleThreadExecutor();
    try {
      Future<Optional<List<Row>>> answer = asking.submit(() -> ask(question));
      cluster.awaitTasks(worker, before, 3);
      assertThat(answer.isDone()).as("the question is still running").isFalse();
      cluster.kill(worker);
      return answer.get(2, TimeUnit.MINUTES);
    } finally {
      asking.shutdownNow();
    }
  }

  private static Optional<List<Row>> ask(Dataset<Row> question) {
    try {
      return Optional.of(question.collectAsList());
    } catch (Exception e) { // Spark's own exceptions are checked, and Scala does not declare them
      assertThat(e).hasMessageStartingWith("[SALLYPORT.QUERY_FAILED]");
      return Optional.empty();
    }
  }

  private static BigDecimal left(SparkSession ada) {
    List<Row> rows =
        ada.table("sallyport.budgets").filter("account LIKE '%crash%'").collectAsList();
    assertThat(rows).hasSize(1);
    String left = rows.get(0).getAs("left");
    return new BigDecimal(left.replaceAll("[^0-9.]*([0-9.]+).*", "$1"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (!Files.exists(target)) {
          Files.copy(file, target);
        }
      }
    }
  }
}
