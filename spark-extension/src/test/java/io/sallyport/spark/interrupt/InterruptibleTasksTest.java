package io.sallyport.spark.interrupt;

import static io.sallyport.spark.Until.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spark.SallyportExtensions;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.Task;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would take years ends when it is cancelled. */
final class InterruptibleTasksTest {

  private static final String ONE_KEY = "(SELECT id & 0 AS k, id AS v FROM range(0, %d, 1, 1))";

  private static SparkSession spark;

  @BeforeAll
  static void open() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("joins")
            .config("spark.sql.extensions", SallyportExtensions.class.getName())
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .getOrCreate();
  }

  @AfterAll
  static void close() {
    spark.stop();
  }

  private static String pairs(String kind) {
    return switch (kind) {
      case "product" ->
          "range(0, 3000000, 1, 1) a JOIN range(0, 2000000, 1, 1) b ON" + " a.id * b.id < 0";
      case "outer" ->
          "range(0, 3000000, 1, 1) a LEFT JOIN range(0, 2000000, 1, 1) b ON a.id * b.id < 0";
      case "nested" ->
          "range(0, 900, 1, 1) a CROSS JOIN range(0, 5000, 1, 1) b CROSS JOIN"
              + " range(0, 5000, 1, 1) c CROSS JOIN range(0, 5000, 1, 1) d";
      case "list" ->
          "(SELECT a.t, explode(split(repeat(',', 99999), ',')) u FROM (SELECT id, explode(split("
              + "repeat(',', 99999), ',')) t FROM range(0, 1, 1, 1)) a)"
              + " WHERE length(sha2(concat(t, u, repeat('x', 99999)), 512)) = 0";
      case "window" ->
          "(SELECT %s FROM range(0, 4000, 1, 1) WINDOW w AS (ORDER BY id ROWS BETWEEN 1999"
                  .formatted(modes("mode(id + %d) OVER w AS m%<d"))
              + " PRECEDING AND 1999 FOLLOWING)) WHERE greatest(%s) < 0".formatted(modes("m%d"));
      case "digests" -> "range(0, 9000, 1, 1) WHERE %s < 0".formatted(digests("id"));
      case "groups" ->
          "(SELECT %s AS s FROM (SELECT id DIV 1 AS k FROM range(0, 9000, 1, 1)) GROUP BY k)"
                  .formatted(digests("k"))
              + " WHERE s < 0";
      case "digests of pairs" ->
          "range(0, 99, 1, 1) a JOIN range(0, 999, 1, 1) b ON %s < 0"
              .formatted(digests("(a.id + b.id)"));
      case "sorts" ->
          "range(0, 999, 1, 1) a JOIN range(0, 999, 1, 1) b ON a.id DIV 9999 = b.id DIV 9999 AND"
              + " %s = %s".formatted(digests("a.id"), digests("b.id"));
      default ->
          ONE_KEY.formatted(1_000_000)
              + " a JOIN "
              + ONE_KEY.formatted(900_000)
              + " b ON a.k = b.k AND a.v + b.v < 0";
    };
  }

  /** About a tenth of a second for each row. */
  private static String digests(String number) {
    return IntStream.range(0, 60)
        .mapToObj(
            i ->
                "length(sha2(repeat(concat(CAST(%s AS STRING), repeat('x', %d)), 90), 512))"
                    .formatted(number, 9_900 + i))
        .collect(Collectors.joining(" + "));
  }

  private static String modes(String form) {
    return IntStream.range(0, 150).mapToObj(form::formatted).collect(Collectors.joining(", "));
  }

  @ParameterizedTest
  @CsvSource({
    "product, , -1",
    "outer, 'BROADCAST(b)', 10485760",
    "nested, 'BROADCAST(b, c, d)', 10485760",
    "key, MERGE(a), -1",
    "key, SHUFFLE_HASH(b), -1",
    "key, BROADCAST(b), -1",
    "list, , -1",
    "window, , -1",
    "digests, , -1",
    "groups, , -1",
    "digests of pairs, , 10485760",
    "sorts, , -1"
  })
  void tasksEndWhenTheyAreKilled(String kind, String hint, String threshold) {
    for (boolean compiled : new boolean[] {true, false}) {
      spark.conf().set("spark.sql.codegen.wholeStage", compiled);
      spark.conf().set("spark.sql.autoBroadcastJoinThreshold", threshold);
      String sql =
          "SELECT %s count(*) FROM %s"
              .formatted(hint == null ? "" : "/*+ " + hint + " */", pairs(kind));
      CompletableFuture<Throwable> end =
          CompletableFuture.supplyAsync(() -> spark.sql(sql).collectAsList())
              .handle((rows, failure) -> failure);
      runsForAWhile();
      assertThat(end).as(kind + " " + hint).isNotDone();
      until(() -> isOverWhenCancelled(end));

      assertThat(end.join()).as(kind + " " + hint).isNotNull();
      until(() -> !runs());
    }
  }

  /** Waits until a task has run for a while. */
  private static void runsForAWhile() {
    until(InterruptibleTasksTest::runs);
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a thread of an executor runs a task; Spark forgets it when it is to be killed. */
  private static boolean runs() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(frame -> frame.getClassName().equals(Task.class.getName()));
  }

  /** Again, for between two jobs of one query there is none to cancel. */
  private static boolean isOverWhenCancelled(CompletableFuture<?> query) {
    context().cancelAllJobs();
    return query.isDone();
  }

  private static SparkContext context() {
    return spark.sparkContext();
  }
}
