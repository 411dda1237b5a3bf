package io.sallyport.connect.server.hostile;

import static io.sallyport.connect.server.Requests.config;
import static io.sallyport.connect.server.Requests.execute;
import static io.sallyport.connect.server.Requests.id;
import static io.sallyport.connect.server.Requests.range;
import static io.sallyport.connect.server.Requests.reattachable;
import static io.sallyport.connect.server.Requests.schema;
import static io.sallyport.connect.server.Requests.sql;
import static io.sallyport.connect.server.Requests.table;
import static io.sallyport.connect.server.Requests.user;

import io.sallyport.connect.server.Eventually;
import io.sallyport.connect.server.PendingCall;
import io.sallyport.connect.server.RawClient;
import io.sallyport.connect.server.Requests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.AnalyzePlanResponse;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.InterruptRequest;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.ReleaseExecuteRequest;
import org.apache.spark.connect.proto.ReleaseSessionRequest;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.sparkproject.connect.grpc.StatusRuntimeException;

/** Attacks on what all share: cores, slots, sessions, logins. */
final class LoadAttacks {

  /** Limits of a server whose operator says nothing. */
  private static final int OPERATIONS = 4;

  private static final int SESSIONS = 8;

  private static final String THREADS = "SparkConnectExecuteThread";

  private static final String SESSION = "org.apache.spark.sql.connect.service.SessionHolder";

  private LoadAttacks() {}

  static List<Attack> all() {
    return List.of(
        Attack.of("14.5", "four questions of minutes, each of more tasks than cores", Hogs::run),
        Attack.of("14.6", "message, release, half-close, 13 times", LoadAttacks::released),
        Attack.of("14.6", "one operation id in ten sessions", LoadAttacks::sameId),
        Attack.of("14.6", "24 sessions released before their analysis", LoadAttacks::analyses)
            .unrecorded(),
        Attack.of("14.7", "guesses of a token", LoadAttacks::guesses).unrecorded(),
        Attack.of("14.9", "calls that are cancelled before their end", LoadAttacks::cancelled)
            .unrecorded(),
        sessions(100));
  }

  /** Sessions, one after the other. */
  static Attack sessions(int count) {
    return Attack.of(
            "L1", count + " sessions, one after the other", server -> sessions(server, count))
        .unrecorded();
  }

  /** A question that may be asked, and takes very long. */
  static ExecutePlanRequest hog(String session) {
    Relation pairs = Requests.crossed(Requests.range(1_000_000, 8), table("open"));
    return execute(session, Requests.countOfPairs(pairs, table("open")));
  }

  private static Result released(HostileServer server) {
    List<String> sessions = ids(13);
    try (RawClient eve = server.raw(Sender.EVE)) {
      List<PendingCall<ExecutePlanRequest, ExecutePlanResponse>> calls = new ArrayList<>();
      for (String session : sessions) {
        String operation = id();
        calls.add(sent(eve, reattachable(hog(session), operation)));
        Object ignored =
            eve.stub()
                .releaseExecute(
                    ReleaseExecuteRequest.newBuilder()
                        .setSessionId(session)
                        .setUserContext(user("bob"))
                        .setOperationId(operation)
                        .setReleaseAll(ReleaseExecuteRequest.ReleaseAll.getDefaultInstance())
                        .build());
      }
      return together(server, eve, sessions, calls);
    }
  }

  private static Result sameId(HostileServer server) {
    String operation = id();
    List<String> sessions = ids(10);
    try (RawClient eve = server.raw(Sender.EVE)) {
      return together(
          server,
          eve,
          sessions,
          sessions.stream()
              .map(session -> sent(eve, reattachable(hog(session), operation)))
              .toList());
    }
  }

  private static List<String> ids(int count) {
    return Stream.generate(Requests::id).limit(count).toList();
  }

  /** Lets all begin, counts those that run, and ends them. */
  private static Result together(
      HostileServer server,
      RawClient eve,
      List<String> sessions,
      List<PendingCall<ExecutePlanRequest, ExecutePlanResponse>> calls) {
    calls.forEach(PendingCall::halfClose);
    Eventually.is(
        "each runs or was refused",
        () ->
            calls.stream().filter(PendingCall::hasEnded).count() + server.threads(THREADS)
                >= calls.size());
    long running = server.threads(THREADS);
    calls.forEach(PendingCall::cancel);
    sessions.forEach(session -> release(eve, session));
    Eventually.is("all have stopped", () -> server.threads(THREADS) == 0);
    return running <= OPERATIONS
        ? Result.bounded("`limit.operations-per-principal` of them run")
        : Result.bypassed(running + " run");
  }

  private static void release(RawClient client, String session) {
    Object ignored =
        client
            .stub()
            .releaseSession(
                ReleaseSessionRequest.newBuilder()
                    .setSessionId(session)
                    .setUserContext(user("bob"))
                    .build());
  }

  private static PendingCall<ExecutePlanRequest, ExecutePlanResponse> sent(
      RawClient client, ExecutePlanRequest request) {
    return PendingCall.send(client, SparkConnectServiceGrpc.getExecutePlanMethod(), request);
  }

  private static Result analyses(HostileServer server) {
    try (RawClient eve = server.raw(Sender.EVE)) {
      for (int round = 0; round < 2; round++) {
        List<PendingCall<AnalyzePlanRequest, AnalyzePlanResponse>> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
          String session = id();
          calls.add(
              PendingCall.send(
                  eve, SparkConnectServiceGrpc.getAnalyzePlanMethod(), schema(session, range())));
          release(eve, session);
        }
        calls.forEach(PendingCall::halfClose);
        calls.forEach(PendingCall::end);
      }
    }
    return held(server);
  }

  private static Result sessions(HostileServer server, int count) {
    try (RawClient eve = server.raw(Sender.EVE)) {
      for (int i = 0; i < count; i++) {
        open(eve, id());
      }
    }
    return held(server);
  }

  /** Those of all principals together. */
  private static Result held(HostileServer server) {
    long held = server.objects(SESSION);
    return held <= 3 * SESSIONS
        ? Result.bounded("`limit.sessions-per-principal` of them are kept")
        : Result.bypassed(held + " are kept");
  }

  private static void open(RawClient client, String session) {
    ConfigRequest.Operation read =
        ConfigRequest.Operation.newBuilder()
            .setGet(ConfigRequest.Get.newBuilder().addKeys("spark.sql.session.timeZone"))
            .build();
    Object ignored = client.stub().config(config(session, read));
  }

  private static Result guesses(HostileServer server) {
    String beginning = id().substring(0, 8);
    Instant start = Instant.now();
    for (int i = 0; i < 8; i++) {
      try (RawClient stranger = RawClient.withToken(server.port(), Optional.of(beginning + i))) {
        Result refused =
            Result.of(stranger.failure(stub -> stub.executePlan(execute(id(), range()))));
        if (refused.verdict() != Verdict.DENIED) {
          return refused;
        }
      }
    }
    Duration took = Duration.between(start, Instant.now());
    Instant login = Instant.now();
    try (RawClient ada = server.raw("ada")) {
      ada.execute(execute(id(), range()));
    }
    boolean isSlowed = took.toMillis() > 2_000;
    boolean isQuick = Duration.between(login, Instant.now()).toSeconds() < 10;
    boolean isRecorded =
        server.audit().stream().anyMatch(line -> line.contains("without a known credential"));
    return isSlowed && isQuick && isRecorded
        ? new Result(Verdict.DENIED, "UNAUTHENTICATED, slower each time, on record")
        : Result.bypassed(
            "slowed %s, quick %s, recorded %s".formatted(isSlowed, isQuick, isRecorded));
  }

  private static Result cancelled(HostileServer server) {
    try (RawClient eve = server.raw(Sender.EVE)) {
      for (int i = 0; i < 3 * OPERATIONS; i++) {
        sent(eve, reattachable(execute(id(), range()), id())).cancel();
      }
      eve.execute(execute(id(), range()));
      return Result.bounded("nothing is counted before its end");
    } catch (StatusRuntimeException e) {
      return Result.bypassed("it locks its own principal out");
    }
  }

  /** Four that run for minutes, and somebody else who asks meanwhile. */
  private static final class Hogs {

    private static final int QUESTIONS = 10;
    private static final Duration MOST = Duration.ofSeconds(10);

    static Result run(HostileServer server) {
      List<String> sessions = List.of(id(), id(), id(), id());
      try (RawClient eve = server.raw(Sender.EVE);
          RawClient ada = server.raw("ada")) {
        for (String session : sessions) {
          PendingCall<ExecutePlanRequest, ExecutePlanResponse> call =
              sent(eve, reattachable(hog(session), id())).halfClose();
          Eventually.is("it runs", () -> call.hasEnded() || server.threads(THREADS) > 0);
        }
        Eventually.is("all run", () -> server.threads(THREADS) == OPERATIONS);
        Duration longest = asked(ada);
        boolean allRun = server.threads(THREADS) == OPERATIONS;
        interrupt(eve, sessions);
        Eventually.is("all have stopped", () -> server.threads(THREADS) == 0);
        sessions.forEach(session -> release(eve, session));
        return allRun && longest.compareTo(MOST) < 0
            ? Result.bounded("others are answered meanwhile, and an interrupt ends them")
            : Result.bypassed("another waited %s (all run: %s)".formatted(longest, allRun));
      }
    }

    private static Duration asked(RawClient ada) {
      Duration longest = Duration.ZERO;
      String session = id();
      for (int i = 0; i < QUESTIONS; i++) {
        Instant start = Instant.now();
        ada.execute(execute(session, sql("SELECT day, count(*) AS n FROM visits GROUP BY day")));
        Duration took = Duration.between(start, Instant.now());
        longest = took.compareTo(longest) > 0 ? took : longest;
      }
      return longest;
    }

    private static void interrupt(RawClient eve, List<String> sessions) {
      for (String session : sessions) {
        Object ignored =
            eve.stub()
                .interrupt(
                    InterruptRequest.newBuilder()
                        .setSessionId(session)
                        .setUserContext(user("bob"))
                        .setInterruptType(InterruptRequest.InterruptType.INTERRUPT_TYPE_ALL)
                        .build());
      }
    }
  }
}
