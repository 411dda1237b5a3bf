package io.sallyport.connect.server.attack;

import static io.sallyport.connect.server.Requests.config;
import static io.sallyport.connect.server.Requests.execute;
import static io.sallyport.connect.server.Requests.id;
import static io.sallyport.connect.server.Requests.longCount;
import static io.sallyport.connect.server.Requests.range;
import static io.sallyport.connect.server.Requests.reattachable;
import static io.sallyport.connect.server.Requests.schema;
import static io.sallyport.connect.server.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.server.Eventually;
import io.sallyport.connect.server.Governed;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.PendingCall;
import io.sallyport.connect.server.RawClient;
import io.sallyport.connect.server.Refused;
import io.sallyport.policy.decision.RefusalCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.AnalyzePlanResponse;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.InterruptRequest;
import org.apache.spark.connect.proto.ReattachExecuteRequest;
import org.apache.spark.connect.proto.ReleaseExecuteRequest;
import org.apache.spark.connect.proto.ReleaseSessionRequest;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.apache.spark.sql.connect.service.ExecuteHolder;
import org.apache.spark.sql.connect.service.SparkConnectService$;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sparkproject.connect.grpc.StatusRuntimeException;
import scala.jdk.javaapi.CollectionConverters;

/** Bob tries to have more going on at once than he may; the server's limits are 4 and 40. */
@Governed
class SlotAttackTest {

  private static final int OPERATIONS = 4;
  private static final int SESSIONS = 40;

  private final GovernedServer server;
  private final List<String> used = new ArrayList<>();
  private final List<PendingCall<?, ?>> sent = new ArrayList<>();
  private RawClient bob;

  SlotAttackTest(GovernedServer server) {
    this.server = server;
  }

  @BeforeEach
  void connect() {
    bob = server.raw("bob");
  }

  @AfterEach
  void interruptAll() {
    sent.forEach(PendingCall::cancel);
    used.forEach(this::releaseSession);
    Eventually.is("all have stopped", () -> alive() == 0 && tasks() == 0);
    bob.close();
  }

  @Test
  void messageThenReleaseThenHalfClose_runsNoMoreThanTheLimit() {
    List<PendingCall<ExecutePlanRequest, ExecutePlanResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String session = session();
      String operation = id();
      calls.add(send(reattachable(forever(session), operation)));
      release(session, operation);
    }
    calls.forEach(PendingCall::halfClose);

    assertThat(running(calls)).isEqualTo(OPERATIONS);
    assertThat(alive()).isEqualTo(OPERATIONS);
    calls.stream()
        .filter(PendingCall::hasEnded)
        .forEach(call -> Refused.with(RefusalCode.LIMIT_EXCEEDED, call.end()));
  }

  @Test
  void reattachWithAnUnknownCursor_freesNothing() {
    String session = session();
    List<String> operations = List.of(id(), id(), id(), id());
    operations.forEach(operation -> start(reattachable(forever(session), operation)));

    for (String operation : operations) {
      ReattachExecuteRequest reattach =
          ReattachExecuteRequest.newBuilder()
              .setSessionId(session)
              .setUserContext(user("bob"))
              .setOperationId(operation)
              .setLastResponseId(id())
              .build();
      assertThat(bob.failure(stub -> stub.reattachExecute(reattach)).getStatus().isOk()).isFalse();
    }

    Refused.with(
        RefusalCode.LIMIT_EXCEEDED,
        bob.failure(stub -> stub.executePlan(reattachable(forever(session), id()))));
    assertThat(alive()).isEqualTo(OPERATIONS);
  }

  @Test
  void oneOperationId_inManySessions_countsEachTime() {
    String operation = id();
    List<PendingCall<ExecutePlanRequest, ExecutePlanResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      calls.add(send(reattachable(forever(session()), operation)).halfClose());
    }

    assertThat(running(calls)).isEqualTo(OPERATIONS);
  }

  @Test
  void oneOperationId_inOneSession_runsOnce() {
    String session = session();
    ExecutePlanRequest same = reattachable(forever(session), id());
    start(same);
    for (int i = 0; i < 8; i++) {
      PendingCall<ExecutePlanRequest, ExecutePlanResponse> again = send(same).halfClose();
      Eventually.is("it runs once", () -> alive() == 1);
      again.cancel();
    }

    assertThat(alive()).isEqualTo(1);
  }

  @Test
  void operationThatWasReleased_keepsItsSlot_untilItsThreadHasEnded() {
    for (int i = 0; i < 12; i++) {
      String session = session();
      String operation = id();
      PendingCall<ExecutePlanRequest, ExecutePlanResponse> call =
          send(reattachable(forever(session), operation)).halfClose();
      Eventually.is("it runs or was refused", () -> call.hasEnded() || isHeld(operation));
      release(session, operation);
      assertThat(alive()).isLessThanOrEqualTo(OPERATIONS);
    }
    Eventually.is("what was released has stopped", () -> alive() == 0 && tasks() == 0);
    assertThat(bob.execute(execute(session(), range()))).as("it counts no more").isNotEmpty();
  }

  @Test
  void analysisThenReleaseSessionThenHalfClose_leavesNoMoreSessionsThanTheLimit() {
    List<PendingCall<AnalyzePlanRequest, AnalyzePlanResponse>> calls = new ArrayList<>();
    while (calls.size() < SESSIONS + 12) {
      List<PendingCall<AnalyzePlanRequest, AnalyzePlanResponse>> some = new ArrayList<>();
      for (int i = 0; i < 13; i++) {
        String session = session();
        some.add(
            PendingCall.send(
                bob, SparkConnectServiceGrpc.getAnalyzePlanMethod(), schema(session, range())));
        releaseSession(session);
      }
      some.forEach(PendingCall::halfClose);
      some.forEach(PendingCall::end);
      calls.addAll(some);
    }

    assertThat(sessions("bob")).isLessThanOrEqualTo(SESSIONS);
  }

  @Test
  void onlySoManyAnalyses_areUnderWayAtOnce() {
    String session = session();
    List.of(id(), id(), id(), id()).forEach(one -> start(reattachable(forever(session), one)));

    Refused.with(
        RefusalCode.LIMIT_EXCEEDED,
        bob.failure(stub -> stub.analyzePlan(schema(session, range()))));
  }

  @Test
  void sessionsAreOpenedAsManyAsOneLikes_andTheIdleOnesEnd() {
    for (int i = 0; i < SESSIONS + 12; i++) {
      String session = session();
      assertThat(bob.stub().config(config(session, timeZone())).getServerSideSessionId())
          .isNotEmpty();
    }

    assertThat(sessions("bob")).isLessThanOrEqualTo(SESSIONS);
  }

  @Test
  void callsThatAreCancelledBeforeTheirHalfClose_lockNobodyOut() {
    for (int i = 0; i < 3 * OPERATIONS; i++) {
      send(forever(session())).cancel();
      send(reattachable(forever(session()), id()));
    }

    assertThat(bob.execute(execute(session(), range()))).isNotEmpty();
    Eventually.is("nothing runs", () -> alive() == 0);
  }

  @Test
  void callsWhoseRequestsAreNotComplete_areFew() {
    List<PendingCall<ExecutePlanRequest, ExecutePlanResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      calls.add(send(reattachable(forever(session()), id())));
    }

    Eventually.is(
        "all but sixteen have ended",
        () -> calls.stream().filter(PendingCall::hasEnded).count() == 24);
    Refused.with(
        RefusalCode.LIMIT_EXCEEDED,
        calls.stream().filter(PendingCall::hasEnded).findFirst().orElseThrow().end());
    calls.stream().filter(call -> !call.hasEnded()).forEach(PendingCall::cancel);
    Eventually.is("there is room again", this::isHeard);
  }

  private boolean isHeard() {
    try {
      return !bob.execute(execute(session(), range())).isEmpty();
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  @Test
  void clientThatGoes_takesItsOperationAlong_whenNobodyCanReattach() {
    for (int i = 0; i < OPERATIONS; i++) {
      PendingCall<ExecutePlanRequest, ExecutePlanResponse> call =
          send(forever(session())).halfClose();
      Eventually.is("it runs", () -> alive() == 1);
      call.cancel();
      Eventually.is("it has stopped", () -> alive() == 0);
    }
  }

  @Test
  void interruptedOperations_freeTheirSlots() {
    String session = session();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < OPERATIONS; i++) {
        Eventually.is("it is let in", () -> starts(reattachable(forever(session), id())));
      }
      InterruptRequest all =
          InterruptRequest.newBuilder()
              .setSessionId(session)
              .setUserContext(user("bob"))
              .setInterruptType(InterruptRequest.InterruptType.INTERRUPT_TYPE_ALL)
              .build();
      assertThat(bob.stub().interrupt(all).getInterruptedIdsCount()).isEqualTo(OPERATIONS);
      Eventually.is("all have stopped", () -> alive() == 0 && tasks() == 0);
    }
  }

  private String session() {
    String session = id();
    used.add(session);
    return session;
  }

  private static ExecutePlanRequest forever(String session) {
    return execute(session, longCount());
  }

  private PendingCall<ExecutePlanRequest, ExecutePlanResponse> send(ExecutePlanRequest request) {
    PendingCall<ExecutePlanRequest, ExecutePlanResponse> call =
        PendingCall.send(bob, SparkConnectServiceGrpc.getExecutePlanMethod(), request);
    sent.add(call);
    return call;
  }

  private void start(ExecutePlanRequest request) {
    PendingCall<ExecutePlanRequest, ExecutePlanResponse> call = sendAndWait(request);
    if (call.hasEnded()) {
      throw call.end();
    }
  }

  private boolean starts(ExecutePlanRequest request) {
    return !sendAndWait(request).hasEnded();
  }

  private PendingCall<ExecutePlanRequest, ExecutePlanResponse> sendAndWait(
      ExecutePlanRequest request) {
    long before = alive();
    PendingCall<ExecutePlanRequest, ExecutePlanResponse> call = send(request).halfClose();
    Eventually.is("it runs or was refused", () -> call.hasEnded() || alive() > before);
    return call;
  }

  /** How many were let in: they say nothing before their long count is there. */
  private static long running(List<PendingCall<ExecutePlanRequest, ExecutePlanResponse>> calls) {
    Eventually.is(
        "each runs or was refused",
        () -> calls.stream().filter(PendingCall::hasEnded).count() + alive() >= calls.size());
    return calls.stream().filter(call -> !call.hasEnded()).count();
  }

  private void release(String session, String operation) {
    ReleaseExecuteRequest request =
        ReleaseExecuteRequest.newBuilder()
            .setSessionId(session)
            .setUserContext(user("bob"))
            .setOperationId(operation)
            .setReleaseAll(ReleaseExecuteRequest.ReleaseAll.getDefaultInstance())
            .build();
    assertThat(bob.stub().releaseExecute(request)).isNotNull();
  }

  private void releaseSession(String session) {
    ReleaseSessionRequest request =
        ReleaseSessionRequest.newBuilder()
            .setSessionId(session)
            .setUserContext(user("bob"))
            .build();
    assertThat(bob.stub().releaseSession(request)).isNotNull();
  }

  private static ConfigRequest.Operation timeZone() {
    return ConfigRequest.Operation.newBuilder()
        .setGet(ConfigRequest.Get.newBuilder().addKeys("spark.sql.session.timeZone"))
        .build();
  }

  /** How many operations run in truth, whatever was released. */
  private static long alive() {
    long threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("SparkConnectExecuteThread"))
            .count();
    long held =
        CollectionConverters.asJava(
                SparkConnectService$.MODULE$.executionManager().listExecuteHolders())
            .stream()
            .filter(ExecuteHolder::isExecuteThreadRunnerAlive)
            .count();
    return Math.max(threads, held);
  }

  private static boolean isHeld(String operation) {
    return CollectionConverters.asJava(
            SparkConnectService$.MODULE$.executionManager().listExecuteHolders())
        .stream()
        .anyMatch(holder -> holder.operationId().equals(operation));
  }

  private static int tasks() {
    return Arrays.stream(SparkContext.getOrCreate().statusTracker().getExecutorInfos())
        .mapToInt(SparkExecutorInfo::numRunningTasks)
        .sum();
  }

  private static long sessions(String principal) {
    return CollectionConverters.asJava(
            SparkConnectService$.MODULE$.sessionManager().listActiveSessions())
        .stream()
        .filter(session -> session.userId().equals(principal))
        .count();
  }
}
