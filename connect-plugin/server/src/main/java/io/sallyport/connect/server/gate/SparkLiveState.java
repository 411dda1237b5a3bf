package io.sallyport.connect.server.gate;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.connect.service.ExecuteInfo;
import org.apache.spark.sql.connect.service.ExecuteStatus;
import org.apache.spark.sql.connect.service.SessionHolderInfo;
import org.apache.spark.sql.connect.service.SparkConnectService$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.util.Either;

/** What this JVM's Spark Connect service holds open. */
final class SparkLiveState implements LiveState {

  /** An operation in one of these has nothing left to run; its client may still read results. */
  private static final Set<ExecuteStatus> ENDED =
      Set.of(
          ExecuteStatus.Finished$.MODULE$,
          ExecuteStatus.Failed$.MODULE$,
          ExecuteStatus.Canceled$.MODULE$,
          ExecuteStatus.Closed$.MODULE$);

  @Override
  public Set<String> sessions() {
    return java(SparkConnectService$.MODULE$.sessionManager().listActiveSessions()).stream()
        .map(SessionHolderInfo::sessionId)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Set<String> operations() {
    Either<Object, Seq<ExecuteInfo>> active =
        SparkConnectService$.MODULE$.executionManager().listActiveExecutions();
    Collection<ExecuteInfo> executions =
        active.isRight() ? java(active.toOption().get()) : List.of();
    return executions.stream()
        .filter(execution -> !ENDED.contains(execution.status()))
        .map(ExecuteInfo::operationId)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static <T> Collection<T> java(Seq<T> values) {
    return CollectionConverters.asJava(values);
  }
}
