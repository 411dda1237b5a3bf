package io.sallyport.spark.turn;

import io.sallyport.spark.scala.SchedulerTasks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes cores back from whoever has more than a fair share of them while somebody else's tasks
 * wait. Spark's pools say whose task is next when one ends; a task that takes minutes would hold
 * its core until then. The task is told to stop, and runs again, from its beginning, when a core is
 * free: its question fares no worse than if the core had not been free before.
 */
final class Preemption implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Preemption.class);

  private static final long TICK_MILLIS = 10;

  private final Turns turns;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "sallyport-preemption");
            thread.setDaemon(true);
            return thread;
          });
  private volatile SparkContext context;
  private Set<Long> stopped = new HashSet<>();
  private Set<Long> asked = new HashSet<>();

  /**
   * @param turns who runs something; where it is one principal alone, there is nothing to do
   */
  Preemption(Turns turns) {
    this.turns = turns;
    Future<?> unused = // ends with the clock
        clock.scheduleWithFixedDelay(this::look, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Looks after the tasks of this context from now on. */
  void of(SparkContext now) {
    context = now;
  }

  private void look() {
    try {
      SparkContext now = context;
      if (now == null
          || now.isStopped()
          || turns.principals() < 2
          || !SchedulerTasks.isFair(now)) { // else the same would have it again
        stopped.clear();
        asked.clear();
      } else {
        takeBack(now);
      }
    } catch (RuntimeException | LinkageError e) { // the next time may be better
      LOG.error("Cores are not shared", e);
    }
  }

  /** Who would end by itself within a tick, or gets a core within one, is left alone. */
  private void takeBack(SparkContext now) {
    List<SchedulerTasks.Stage> stages = SchedulerTasks.of(now);
    int others =
        stages.stream()
            .filter(stage -> !Pools.isPrincipals(stage.pool()))
            .mapToInt(stage -> stage.running().size())
            .sum();
    Set<Long> over =
        new HashSet<>(FairCores.toGiveBack(demands(stages), others, SchedulerTasks.slots(now)));
    for (Long task : over) {
      if (asked.contains(task)) {
        stopped.add(task);
        boolean ignored = now.killTaskAttempt(task, false, "its core is another principal's share");
      }
    }
    over.removeAll(stopped);
    asked = over;
  }

  private List<FairCores.Demand> demands(List<SchedulerTasks.Stage> stages) {
    Map<String, List<SchedulerTasks.Task>> running = new HashMap<>();
    Map<String, Integer> waiting = new HashMap<>();
    Set<Long> alive = new HashSet<>();
    for (SchedulerTasks.Stage stage : stages) {
      if (Pools.isPrincipals(stage.pool())) {
        running.computeIfAbsent(stage.pool(), pool -> new ArrayList<>()).addAll(stage.running());
        waiting.merge(stage.pool(), stage.waiting(), Integer::sum);
        stage.running().forEach(task -> alive.add(task.id()));
      }
    }
    stopped.retainAll(alive);
    List<FairCores.Demand> demands = new ArrayList<>();
    running.forEach((pool, tasks) -> demands.add(demand(pool, tasks, waiting.get(pool))));
    return demands;
  }

  private FairCores.Demand demand(String pool, List<SchedulerTasks.Task> tasks, int waiting) {
    List<Long> youngestFirst =
        tasks.stream()
            .filter(task -> !stopped.contains(task.id()))
            .sorted(Comparator.comparing(task -> -task.since()))
            .map(SchedulerTasks.Task::id)
            .toList();
    return new FairCores.Demand(pool, youngestFirst, tasks.size() - youngestFirst.size(), waiting);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
