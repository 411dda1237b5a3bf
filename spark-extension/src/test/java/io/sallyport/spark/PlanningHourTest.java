package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.principal.Principal;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading and analysing a plan is part of the hour, whatever becomes of the plan. */
final class PlanningHourTest {

  private static Port port;

  @BeforeAll
  static void open(@TempDir Path directory) {
    port =
        Port.openInterpreting(
            directory,
            Map.of(
                "spark.sallyport.limit.seconds-per-hour", "6",
                "spark.sallyport.limit.seconds-per-analysis", "5"),
            Map.of());
  }

  @AfterAll
  static void close() {
    port.close();
  }

  @Test
  void planThatNobodyWaitsForAnyMore_countsUntilItsTrueEnd() {
    CountDownLatch ended = new CountDownLatch(1);
    assertThatThrownBy(() -> described(Port.LEE, slow(ended)))
        .hasMessageContaining("limit.seconds-per-analysis");
    assertThat(await(ended)).isTrue();

    assertThatThrownBy(() -> described(Port.LEE, simple(Port.LEE)))
        .hasMessageContaining("LIMIT_EXCEEDED")
        .hasMessageContaining("limit.seconds-per-hour");
    assertThatThrownBy(() -> port.as(Port.LEE, "SELECT 1 AS one"))
        .hasMessageContaining("limit.seconds-per-hour");
    assertThat(described(Port.ADA, simple(Port.ADA)).resolved()).isTrue();
  }

  private static LogicalPlan described(Principal principal, Supplier<LogicalPlan> plan) {
    return port.queries().describe(port.analystSession(), plan, port.asking(principal));
  }

  private static Supplier<LogicalPlan> simple(Principal principal) {
    return () -> port.queries().query("SELECT 1 AS one", port.asking(principal), id -> null);
  }

  /** Takes all of the hour, and is refused then. */
  private static Supplier<LogicalPlan> slow(CountDownLatch ended) {
    return () -> {
      try {
        TimeUnit.MILLISECONDS.sleep(6_500);
      } catch (InterruptedException e) {
        throw new AssertionError("Planning was interrupted", e);
      }
      ended.countDown();
      throw new IllegalStateException("refused in the end");
    };
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
