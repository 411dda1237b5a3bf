package io.sallyport.spark.interrupt;

import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.TaskContext;

/**
 * Tasks that stand still for a while, where they would look whether they were killed. Only tasks of
 * this JVM do: where the driver runs tasks itself, its own work and theirs share the cores.
 * Thread-safe.
 */
public final class Standstill {

  private static final long LOOK_NANOS = 1_000_000;

  private static volatile Set<Long> tasks = Set.of();

  private Standstill() {}

  /** From now on these tasks stand still, by their attempts' ids, and no others. */
  public static void set(Set<Long> now) {
    tasks = Set.copyOf(now);
  }

  /** Returns when this task is none of them, or throws as soon as it was killed. */
  static void await(TaskContext task) {
    while (tasks.contains(task.taskAttemptId())) {
      LockSupport.parkNanos(LOOK_NANOS);
      task.killTaskIfInterrupted();
    }
  }
}
