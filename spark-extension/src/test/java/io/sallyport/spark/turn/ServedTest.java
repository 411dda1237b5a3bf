package io.sallyport.spark.turn;

import static io.sallyport.spark.Until.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spark.scala.SchedulerTasks;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Who was given a core was served, also if it was taken back before anything was done. */
final class ServedTest {

  @Test
  void stageWhoseTasksWereAllKilled_hasBegun_andNoOther() throws IOException {
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .getOrCreate()) {
      SparkContext context = spark.sparkContext();
      AtomicInteger stage = new AtomicInteger(-1);
      context.addSparkListener(
          new SparkListener() {
            @Override
            public void onTaskStart(SparkListenerTaskStart task) {
              stage.set(task.stageId());
              boolean ignored = context.killTaskAttempt(task.taskInfo().taskId(), true, "a test");
            }
          });
      CompletableFuture<?> query =
          CompletableFuture.supplyAsync(
              () -> spark.range(0, 10_000_000_000L, 1, 1).selectExpr("sum(id * id % 7)").collect());
      until(() -> stage.get() >= 0 && SchedulerTasks.hasBegun(context, stage.get()));
      context.cancelAllJobs();
      until(query::isDone);

      assertThat(SchedulerTasks.hasBegun(context, stage.get())).isTrue();
      assertThat(SchedulerTasks.hasBegun(context, stage.get() + 1)).isFalse();
    }
  }
}
