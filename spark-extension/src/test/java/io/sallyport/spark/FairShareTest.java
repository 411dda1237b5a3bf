package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.principal.Principal;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody waits for what somebody else does, be it planning or running. */
final class FairShareTest {

  private static Port port;
  private static final ExecutorService PEOPLE = Executors.newCachedThreadPool();

  @BeforeAll
  static void open(@TempDir Path directory) {
    port =
        Port.openInterpreting(
            directory,
            Map.of("spark.sallyport.limit.seconds-per-analysis", "5"),
            Map.of("spark.scheduler.mode", "FAIR"));
  }

  @AfterAll
  static void close() {
    PEOPLE.shutdownNow();
    port.close();
  }

  @Test
  void tasksOfWhoHasAllCores_giveOneBack_andTheAnswerIsTheSame() throws Exception {
    Watch watch = new Watch();
    port.base().sparkContext().addSparkListener(watch);
    Future<LogicalPlan> hog =
        PEOPLE.submit(
            () ->
                port.release(
                    port.asking(Port.LEE),
                    () -> counted(range(8_000_000, 4).crossJoin(range(3, 1).toDF()))));
    assertThat(watch.full.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(
            port.collect(port.release(port.asking(Port.ADA), () -> counted(range(100, 4).toDF()))))
        .containsExactly(RowFactory.create(100L));

    assertThat(hog.isDone()).as("the other runs on").isFalse();
    assertThat(port.collect(hog.get(300, TimeUnit.SECONDS)))
        .containsExactly(RowFactory.create(24_000_000L));
    port.base().sparkContext().listenerBus().waitUntilEmpty();
    port.base().sparkContext().removeSparkListener(watch);
    assertThat(watch.killed).isNotEmpty().allMatch(reason -> reason.contains("principal's share"));
  }

  @Test
  void planThatTakesTooLong_isNotWaitedFor_andKeepsThePlaceOfItsPrincipalAlone()
      throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    assertThatThrownBy(() -> described(Port.LEE, slow(end)))
        .hasMessageContaining("LIMIT_EXCEEDED")
        .hasMessageContaining("more than 5 seconds (limit.seconds-per-analysis)");
    AuditRecord record = port.audited().get(port.audited().size() - 1);
    assertThat(record.verdict()).isEqualTo("REFUSED");

    assertThatThrownBy(() -> described(Port.LEE, simple(Port.LEE)))
        .hasMessageContaining("waited 5 seconds for others that run (limit.seconds-per-analysis)");
    assertThat(described(Port.ADA, simple(Port.ADA)).resolved()).isTrue();
    end.countDown();
    assertThat(described(Port.LEE, simple(Port.LEE)).resolved()).isTrue();
  }

  @Test
  void questionThatTakesTooLongToRead_isNotWaitedForEither() {
    CountDownLatch end = new CountDownLatch(1);
    assertThatThrownBy(() -> port.release(port.asking(Port.LEE), slow(end)))
        .hasMessageContaining("more than 5 seconds (limit.seconds-per-analysis)");
    end.countDown();
    assertThat(port.as(Port.LEE, "SELECT 1 AS one")).containsExactly(RowFactory.create(1));
  }

  @Test
  void whatFailsWhileItIsPlanned_isRefusedInItsOwnWords() {
    assertThatThrownBy(
            () ->
                described(
                    Port.ADA,
                    () ->
                        port.queries()
                            .query(
                                "SELECT nme FROM (SELECT 1 AS name)",
                                port.asking(Port.ADA),
                                id -> null)))
        .hasMessageContaining("PARAM_INVALID");
  }

  private static Dataset<Long> range(long rows, int partitions) {
    return port.analystSession().range(0, rows, 1, partitions);
  }

  private static LogicalPlan counted(Dataset<Row> rows) {
    return rows.groupBy().count().logicalPlan();
  }

  private static LogicalPlan described(Principal principal, Supplier<LogicalPlan> plan) {
    return port.queries().describe(port.analystSession(), plan, port.asking(principal));
  }

  private static Supplier<LogicalPlan> simple(Principal principal) {
    return () -> port.queries().query("SELECT 1 AS one", port.asking(principal), id -> null);
  }

  private static Supplier<LogicalPlan> slow(CountDownLatch end) {
    return () -> {
      try {
        assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError("Planning was interrupted", e);
      }
      return simple(Port.LEE).get();
    };
  }

  /** Sees when both cores are taken, and why tasks end. */
  private static final class Watch extends SparkListener {
    private final CountDownLatch full = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> killed = new ConcurrentLinkedQueue<>();

    @Override
    public void onTaskStart(SparkListenerTaskStart task) {
      if (running.incrementAndGet() == 2) {
        full.countDown();
      }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      running.decrementAndGet();
      if (task.reason() instanceof TaskKilled reason) {
        killed.add(reason.reason());
      }
    }
  }
}
