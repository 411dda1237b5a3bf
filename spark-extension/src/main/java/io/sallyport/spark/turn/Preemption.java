package io.sallyport.spark.turn;

import io.sallyport.spark.interrupt.Standstill;
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
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes cores back from whoever has more than a fair share of them while somebody else's tasks
 * wait. Spark's pools say whose task is next when one ends; a task that takes minutes would hold
 * its core until then. The task is told to stop, and runs again, from its beginning, when a core is
 * free: its question fares no worse than if the core had not been free before.
 *
 * <p>A question needs the driver before and between its stages. Where the driver runs tasks itself,
 * that work shares the cores with everybody's tasks; so for its time a task of whoever has more
 * than a fair share stands still, and is the first to give its core back to the stage that comes.
 */
final class Preemption implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Preemption.class);

  private static final long TICK_MILLIS = 10;

  /** Whom the driver works for longer than this has no small question. */
  private static final int MOST_TICKS = 200;

  private final Supplier<Set<String>> atWork;
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
  private Set<Long> still = Set.of();
  private Map<String, Integer> onDriver = Map.of();

  /**
   * @param atWork who plans or runs something; where it is one principal alone, there is nothing to
   *     do
   */
  Preemption(Supplier<Set<String>> atWork) {
    this.atWork = atWork;
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
      Set<String> principals = atWork.get();
      if (now == null
          || now.isStopped()
          || principals.size() < 2
          || !SchedulerTasks.isFair(now)) { // else the same would have it again
        stopped.clear();
        asked.clear();
        onDriver = Map.of();
        stand(Set.of());
      } else {
        share(now, principals);
      }
    } catch (RuntimeException | LinkageError e) { // the next time may be better
      stand(Set.of());
      LOG.error("Cores are not shared", e);
    }
  }

  private void share(SparkContext now, Set<String> principals) {
    List<SchedulerTasks.Stage> stages = SchedulerTasks.of(now);
    int others =
        stages.stream()
            .filter(stage -> !Pools.isPrincipals(stage.pool()))
            .mapToInt(stage -> stage.running().size())
            .sum();
    int slots = SchedulerTasks.slots(now);
    takeBack(now, FairCores.toGiveBack(demands(stages), others, slots));
    if (now.isLocal()) {
      List<FairCores.Demand> all = demands(stages);
      all.addAll(drivers(principals, all));
      stand(new HashSet<>(FairCores.toGiveBack(all, others, slots)));
    }
  }

  /** Who would end by itself within a tick, or gets a core within one, is left alone. */
  private void takeBack(SparkContext now, List<Long> over) {
    for (Long task : over) {
      if (asked.contains(task) || still.contains(task)) {
        stopped.add(task);
        boolean ignored = now.killTaskAttempt(task, false, "its core is another principal's share");
      }
    }
    asked = new HashSet<>(over);
    asked.removeAll(stopped);
  }

  private void stand(Set<Long> tasks) {
    if (!tasks.equals(still)) {
      still = tasks;
      Standstill.set(tasks);
    }
  }

  /** A core for everybody whom only the driver works for, and not for long yet. */
  private List<FairCores.Demand> drivers(Set<String> principals, List<FairCores.Demand> tasks) {
    Set<String> served = new HashSet<>();
    tasks.forEach(demand -> served.add(demand.principal()));
    Map<String, Integer> ticks = new HashMap<>();
    for (String principal : principals) {
      String pool = Pools.of(principal);
      if (!served.contains(pool)) {
        ticks.put(pool, onDriver.getOrDefault(pool, 0) + 1);
      }
    }
    onDriver = ticks;
    List<FairCores.Demand> demands = new ArrayList<>();
    ticks.forEach(
        (pool, count) -> {
          if (count <= MOST_TICKS) {
            demands.add(new FairCores.Demand(pool, List.of(), 0, 1));
          }
        });
    return demands;
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
    List<Long> firstToGo =
        tasks.stream()
            .filter(task -> !stopped.contains(task.id()))
            .sorted(
                Comparator.<SchedulerTasks.Task, Boolean>comparing(
                        task -> !still.contains(task.id()))
                    .thenComparing(task -> -task.since()))
            .map(SchedulerTasks.Task::id)
            .toList();
    return new FairCores.Demand(pool, firstToGo, tasks.size() - firstToGo.size(), waiting);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    Standstill.set(Set.of());
  }
}
