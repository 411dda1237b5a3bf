package io.sallyport.spark.scala;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Properties;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import org.apache.spark.scheduler.TaskSetManager;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.jdk.javaapi.CollectionConverters;

/** What Spark's scheduler has at this moment: tasks that run, and tasks that wait for a core. */
public final class SchedulerTasks {

  private static final String POOL = "spark.scheduler.pool";

  /**
   * Tasks of one stage.
   *
   * @param pool where they are scheduled; empty for none
   * @param running those that have a core
   * @param waiting how many have none yet
   */
  public record Stage(String pool, List<Task> running, int waiting) {}

  /**
   * A task that has a core.
   *
   * @param since when it was started, in milliseconds
   */
  public record Task(long id, long since) {}

  private SchedulerTasks() {}

  /** Whether a core that is free goes to the pool that has fewest tasks running. */
  public static boolean isFair(SparkContext context) {
    return context.taskScheduler() instanceof TaskSchedulerImpl scheduler
        && scheduler.rootPool().schedulingMode().toString().equals("FAIR");
  }

  /** All stages that have tasks. Nothing, where another scheduler is used. */
  public static List<Stage> of(SparkContext context) {
    List<Stage> stages = new ArrayList<>();
    if (context.taskScheduler() instanceof TaskSchedulerImpl scheduler) {
      synchronized (scheduler) { // as Spark itself does, to see one moment
        for (TaskSetManager set :
            CollectionConverters.asJava(scheduler.rootPool().getSortedTaskSetQueue())) {
          stages.add(stage(pool(set), set));
        }
      }
    }
    return stages;
  }

  /** How many tasks may run at once; 0 while no executor is known. */
  public static int slots(SparkContext context) {
    int cores =
        CollectionConverters.asJava(context.statusStore().executorList(true)).stream()
            .mapToInt(ExecutorSummary::totalCores)
            .sum();
    return cores / context.conf().getInt("spark.task.cpus", 1);
  }

  /** Whether some task of a stage was ever given a core; false for a stage that is not known. */
  public static boolean hasBegun(SparkContext context, int stage) {
    try {
      return context.statusStore().lastStageAttempt(stage).firstTaskLaunchedTime().isDefined();
    } catch (NoSuchElementException unknown) {
      return false;
    }
  }

  private static Stage stage(String pool, TaskSetManager set) {
    List<Task> running = new ArrayList<>();
    for (Object id : CollectionConverters.asJava(set.runningTasksSet())) {
      TaskInfo info = set.taskInfos().apply(id);
      running.add(new Task((Long) id, info.launchTime()));
    }
    int left = set.numTasks() - set.tasksSuccessful() - running.size();
    return new Stage(pool, running, set.isZombie() ? 0 : Math.max(0, left));
  }

  private static String pool(TaskSetManager set) {
    Properties properties = set.taskSet().properties();
    return Objects.isNull(properties) ? "" : properties.getProperty(POOL, "");
  }
}
