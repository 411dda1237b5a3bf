package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.scala.SchedulerTasks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A question ends at its time, whatever it is about, and runs in its principal's pool. */
final class TimeLimitTest {

  private static final String TEN = "(SELECT explode(array(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)) AS %s)";

  private static final Duration GRID = Duration.ofMillis(1500);

  private static Port port;

  @BeforeAll
  static void open(@TempDir Path directory) {
    port =
        Port.openInterpreting(
            directory,
            Map.of(
                "spark.sallyport.limit.seconds-per-query",
                "2",
                "spark.sallyport.limit.release-grid-millis",
                Long.toString(GRID.toMillis())));
  }

  @AfterAll
  static void close() {
    port.close();
  }

  @Test
  void timeIsUp_ofNothingGoverned_isSaid() {
    assertThatThrownBy(
            () -> port.release(port.asking(Port.ADA), () -> counted(crossed(9_000, 9_000))))
        .hasMessageContaining("LIMIT_EXCEEDED")
        .hasMessageContaining("more than 2 seconds (limit.seconds-per-query)");
    assertThat(last().verdict()).isEqualTo("REFUSED");
    assertNothingRuns();
  }

  /** The optimizer would search them on the driver, where a job's end is not heard. */
  @Test
  void timeIsUp_ofConstantsThatAreSearched_isHeard() {
    String searches =
        IntStream.range(0, 40)
            .mapToObj("regexp_count(c, '[ab]{0,80}[ab]{0,80}[ab]{0,80}c|[ab]') + %d"::formatted)
            .collect(Collectors.joining(", "));
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () ->
            assertThatThrownBy(
                    () ->
                        port.as(
                            Port.ADA,
                            "SELECT " + searches + " FROM (SELECT repeat('ab', 5000) AS c)"))
                .hasMessageContaining("more than 2 seconds (limit.seconds-per-query)"));
    assertNothingRuns();
  }

  /** Answers, refusals and failures. */
  @Test
  void whatBecomesOfGovernedQuestions_isToldOnTheGrid() {
    for (String age : List.of("age > 0", "age = 20")) {
      long start = System.nanoTime();
      try {
        assertThat(port.as(Port.LEE, "SELECT count(*) FROM trusted WHERE " + age)).hasSize(1);
      } catch (RefusedException e) {
        assertThat(e.refusal().code())
            .isIn(RefusalCode.SMALL_GROUP, RefusalCode.QUERY_FAILED); // a first one may be slow
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(GRID);
    }
  }

  @Test
  void timeIsUp_ofGovernedData_isAFailureLikeAnyOther() {
    StringBuilder slow = new StringBuilder("SELECT count(*) FROM trusted");
    List.of("a", "b", "c", "d", "e", "f", "g")
        .forEach(name -> slow.append(", ").append(TEN.formatted(name)));
    slow.append(" WHERE a + b + c + d + e + f + g + age > 3");
    assertThatThrownBy(() -> port.as(Port.LEE, slow.toString()))
        .hasMessageContaining("QUERY_FAILED");
    AuditRecord record = last();
    assertThat(record.verdict()).isEqualTo("FAILED");
    assertThat(record.operation()).isEqualTo("op");
    assertNothingRuns();
  }

  @Test
  void jobs_areInThePoolOfWhoAsks() throws TimeoutException {
    AtomicReference<String> pool = new AtomicReference<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            pool.set(job.properties().getProperty("spark.scheduler.pool"));
          }
        };
    port.base().sparkContext().addSparkListener(listener);
    port.release(port.asking(Port.LEE), () -> counted(crossed(10, 10)));
    port.base().sparkContext().listenerBus().waitUntilEmpty();
    port.base().sparkContext().removeSparkListener(listener);
    assertThat(pool.get()).isEqualTo("sallyport-dr-lee");
    assertThat(port.base().sparkContext().getLocalProperty("spark.scheduler.pool")).isNull();
  }

  private static LogicalPlan crossed(long left, long right) {
    return port.analystSession()
        .range(left)
        .crossJoin(port.analystSession().range(right).toDF())
        .logicalPlan();
  }

  private static LogicalPlan counted(LogicalPlan plan) {
    return Dataset.ofRows(port.analystSession(), plan).groupBy().count().logicalPlan();
  }

  /** The job of an answer that was refused ends, and need not have ended already. */
  private static void assertNothingRuns() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          while (port.base().sparkContext().statusTracker().getActiveJobIds().length > 0
              || !SchedulerTasks.of(port.base().sparkContext()).isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(20);
          }
        });
  }

  private static AuditRecord last() {
    return port.audited().get(port.audited().size() - 1);
  }
}
