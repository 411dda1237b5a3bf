package io.sallyport.connect.server.gate;

import io.sallyport.spark.OperatorLog;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import org.apache.spark.scheduler.TaskSetManager;
import org.apache.spark.sql.connect.service.ExecuteHolder;
import org.apache.spark.sql.connect.service.ExecuteJobTag$;
import org.apache.spark.sql.connect.service.ExecuteKey;
import org.apache.spark.sql.connect.service.SessionKey;
import org.apache.spark.sql.connect.service.SparkConnectExecutionManager;
import org.apache.spark.sql.connect.service.SparkConnectService$;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.collection.mutable.ArrayBuffer;
import scala.jdk.javaapi.CollectionConverters;

/** What this JVM's Spark Connect service holds, its threads and the tasks of its cluster. */
final class SparkLiveState implements LiveState {

  private static final Logger LOG = LoggerFactory.getLogger(SparkLiveState.class);

  /** How Spark names the thread that executes an operation. */
  private static final String THREAD = "SparkConnectExecuteThread_opId=";

  private static final String TAGS = "spark.job.tags";

  @Override
  public List<HeldSession> sessions() {
    Set<SessionKey> withOperations =
        holders().stream()
            .map(holder -> holder.sessionHolder().key())
            .collect(Collectors.toUnmodifiableSet());
    return java(SparkConnectService$.MODULE$.sessionManager().listActiveSessions()).stream()
        .map(
            info ->
                new HeldSession(
                    info.userId(),
                    info.sessionId(),
                    Instant.ofEpochMilli(info.lastAccessTimeMs()),
                    withOperations.contains(info.key())))
        .toList();
  }

  @Override
  public void endSession(String principal, String session) {
    try {
      SparkConnectService$.MODULE$
          .sessionManager()
          .closeSession(new SessionKey(principal, session), false);
    } catch (RuntimeException | LinkageError e) { // it is out of Spark's list all the same
      LOG.warn("A session was not closed cleanly: {}", e.getClass().getName());
      OperatorLog.trouble("A session was not closed cleanly", e);
    }
  }

  @Override
  public Predicate<OperationKey> running() {
    Set<String> threads = threads();
    Set<String> tags = tagsOfTasks();
    return key -> threads.contains(THREAD + key.operation()) || tags.contains(tag(key));
  }

  @Override
  public void cancelLeftOver(OperationKey operation) {
    Option<ExecuteHolder> holder = manager().getExecuteHolder(key(operation));
    if (holder.isEmpty() || !holder.get().isExecuteThreadRunnerAlive()) {
      context().ifPresent(spark -> spark.cancelJobsWithTag(tag(operation)));
    }
  }

  @Override
  public void endOperation(OperationKey operation) {
    manager().removeExecuteHolder(key(operation), true);
  }

  @Override
  public List<Unread> unread(String principal) {
    return holders().stream()
        .filter(holder -> holder.sessionHolder().userId().equals(principal))
        .filter(holder -> !holder.isExecuteThreadRunnerAlive())
        .sorted(Comparator.comparing(SparkLiveState::detachedSince))
        .map(holder -> new Unread(key(holder), holder.lastAttachedRpcTimeNs().isEmpty()))
        .toList();
  }

  /** Attached ones last. */
  private static long detachedSince(ExecuteHolder holder) {
    Option<Object> since = holder.lastAttachedRpcTimeNs();
    return since.isEmpty() ? Long.MAX_VALUE : (Long) since.get() - System.nanoTime();
  }

  private static Optional<SparkContext> context() {
    Option<SparkContext> active = SparkContext$.MODULE$.getActive();
    return active.isDefined() ? Optional.of(active.get()) : Optional.empty();
  }

  private static String tag(OperationKey key) {
    return ExecuteJobTag$.MODULE$.apply(key.principal(), key.session(), key.operation());
  }

  private static ExecuteKey key(OperationKey key) {
    return new ExecuteKey(key.principal(), key.session(), key.operation());
  }

  private static OperationKey key(ExecuteHolder holder) {
    return new OperationKey(
        holder.sessionHolder().userId(), holder.sessionHolder().sessionId(), holder.operationId());
  }

  private static Collection<ExecuteHolder> holders() {
    return java(manager().listExecuteHolders());
  }

  private static SparkConnectExecutionManager manager() {
    return SparkConnectService$.MODULE$.executionManager();
  }

  /** Whatever Spark Connect forgot: a thread that was told to stop lives until it does. */
  private static Set<String> threads() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    Thread[] found;
    int count;
    do { // what does not fit is left out in silence
      found = new Thread[group.activeCount() * 2 + 64];
      count = group.enumerate(found, true);
    } while (count == found.length);
    return Arrays.stream(found, 0, count)
        .map(Thread::getName)
        .filter(name -> name.startsWith(THREAD))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The scheduler's own lists: tasks leave them when they have ended, killed or not. */
  private static Set<String> tagsOfTasks() {
    Set<String> tags = new HashSet<>();
    if (context().map(SparkContext::taskScheduler).orElse(null)
        instanceof TaskSchedulerImpl tasks) {
      Stream<TaskSetManager> waiting = stream(tasks.rootPool().getSortedTaskSetQueue());
      Stream<TaskSetManager> running = tasks.taskIdToTaskSetManager().values().stream();
      Stream.concat(waiting, running)
          .map(set -> set.taskSet().properties())
          .filter(Objects::nonNull)
          .map(properties -> properties.getProperty(TAGS, ""))
          .distinct()
          .forEach(joined -> tags.addAll(List.of(joined.split(",", -1))));
    }
    return tags;
  }

  private static Stream<TaskSetManager> stream(ArrayBuffer<TaskSetManager> sets) {
    return CollectionConverters.asJava(sets).stream();
  }

  private static <T> Collection<T> java(Seq<T> values) {
    return CollectionConverters.asJava(values);
  }
}
