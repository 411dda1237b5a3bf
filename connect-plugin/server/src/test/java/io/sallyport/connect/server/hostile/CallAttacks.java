package io.sallyport.connect.server.hostile;

import static io.sallyport.connect.server.Requests.execute;
import static io.sallyport.connect.server.Requests.id;
import static io.sallyport.connect.server.Requests.range;
import static io.sallyport.connect.server.Requests.reattachable;
import static io.sallyport.connect.server.Requests.sql;
import static io.sallyport.connect.server.Requests.user;

import io.sallyport.connect.server.People;
import io.sallyport.connect.server.RawClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.connect.proto.AddArtifactsRequest;
import org.apache.spark.connect.proto.AddArtifactsResponse;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.FetchErrorDetailsRequest;
import org.apache.spark.connect.proto.GetStatusRequest;
import org.apache.spark.connect.proto.GetStatusResponse;
import org.apache.spark.connect.proto.InterruptRequest;
import org.apache.spark.connect.proto.ReattachExecuteRequest;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.sparkproject.connect.grpc.CallOptions;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.StatusRuntimeException;
import org.sparkproject.connect.grpc.stub.ClientCalls;
import org.sparkproject.connect.grpc.stub.StreamObserver;

/** Attacks of the catalogue on identities, calls and answers. */
final class CallAttacks {

  private CallAttacks() {}

  static List<Attack> all() {
    return List.of(
        Attack.of("A01", "the user id of an owner", CallAttacks::spoofed),
        Attack.of("A02", "another's session id", server -> inSessionOf(server, "ada")),
        Attack.of("A03", "another's answer, reattached to", CallAttacks::reattached),
        Attack.of(
            "A04",
            "details of errors",
            server ->
                Sender.called(
                    server,
                    stub ->
                        stub.fetchErrorDetails(
                            FetchErrorDetailsRequest.newBuilder()
                                .setSessionId(id())
                                .setUserContext(user("bob"))
                                .setErrorId(id())
                                .build()))),
        Attack.of("A13", "a jar", server -> uploaded(server, "jars/x.jar")),
        Attack.of("A14", "a file", server -> uploaded(server, "forward_to_fs/data/ledger")),
        Attack.of(
            "A21",
            "the state of operations",
            server ->
                Sender.called(
                    server,
                    stub ->
                        stub.getStatus(
                            GetStatusRequest.newBuilder()
                                .setSessionId(id())
                                .setUserContext(user("bob"))
                                .build()))),
        Attack.of("A23", "reflection of the service", CallAttacks::reflected).unrecorded(),
        Attack.of("A24", "another's operation, interrupted", CallAttacks::interrupted),
        metrics(),
        Attack.of("C24", "the order of an answer, twice", CallAttacks::order),
        Attack.of("I15", "1 000 times reattached to one operation", CallAttacks::reattachedOften)
            .unrecorded(),
        Attack.of("I19", "headers of a megabyte", CallAttacks::headers).unrecorded());
  }

  private static Result spoofed(HostileServer server) {
    ExecutePlanRequest asOwner =
        execute(id(), sql("SELECT * FROM sallyport.audit")).toBuilder()
            .setUserContext(user("olga"))
            .build();
    return Sender.called(server, stub -> stub.executePlan(asOwner));
  }

  private static Result inSessionOf(HostileServer server, String other) {
    String session = id();
    try (RawClient client = server.raw(other)) {
      client.execute(execute(session, range()));
    }
    return Sender.called(server, stub -> stub.executePlan(execute(session, range())));
  }

  private static Result reattached(HostileServer server) {
    String session = id();
    String operation = id();
    try (RawClient ada = server.raw("ada")) {
      ada.execute(reattachable(execute(session, range()), operation));
    }
    return Sender.called(server, stub -> stub.reattachExecute(reattach(session, operation)));
  }

  private static Result interrupted(HostileServer server) {
    String session = id();
    try (RawClient ada = server.raw("ada")) {
      ada.execute(execute(session, range()));
    }
    return Sender.called(
        server,
        stub ->
            stub.interrupt(
                InterruptRequest.newBuilder()
                    .setSessionId(session)
                    .setUserContext(user("ada"))
                    .setInterruptType(InterruptRequest.InterruptType.INTERRUPT_TYPE_ALL)
                    .build()));
  }

  private static Result uploaded(HostileServer server, String name) {
    CompletableFuture<Result> end = new CompletableFuture<>();
    try (RawClient eve = server.raw(Sender.EVE)) {
      StreamObserver<AddArtifactsRequest> upload =
          SparkConnectServiceGrpc.newStub(eve.channel())
              .withInterceptors(eve.credentials())
              .addArtifacts(
                  new StreamObserver<AddArtifactsResponse>() {
                    @Override
                    public void onNext(AddArtifactsResponse response) {
                      end.complete(Result.bypassed("it was answered"));
                    }

                    @Override
                    public void onError(Throwable thrown) {
                      end.complete(Result.of((StatusRuntimeException) thrown));
                    }

                    @Override
                    public void onCompleted() {
                      end.complete(Result.bypassed("it was accepted"));
                    }
                  });
      upload.onNext(
          AddArtifactsRequest.newBuilder()
              .setSessionId(id())
              .setBatch(
                  AddArtifactsRequest.Batch.newBuilder()
                      .addArtifacts(
                          AddArtifactsRequest.SingleChunkArtifact.newBuilder().setName(name)))
              .build());
      return end.get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("The upload does not end", e);
    }
  }

  private static Result reflected(HostileServer server) {
    return Sender.called(
        server,
        stub ->
            ClientCalls.<GetStatusRequest, GetStatusResponse>blockingUnaryCall(
                stub.getChannel(),
                SparkConnectServiceGrpc.getGetStatusMethod().toBuilder()
                    .setFullMethodName("grpc.reflection.v1.ServerReflection/ServerReflectionInfo")
                    .build(),
                CallOptions.DEFAULT,
                GetStatusRequest.getDefaultInstance()));
  }

  static Attack metrics() {
    return Attack.of("C01", "metrics beside an answer", CallAttacks::metrics);
  }

  private static Result metrics(HostileServer server) {
    try (RawClient eve = server.raw(Sender.EVE)) {
      List<ExecutePlanResponse> answer =
          eve.execute(
              execute(
                  id(), sql("SELECT day, count(*) AS n FROM visits WHERE cost > 20 GROUP BY 1")));
      boolean more =
          answer.stream()
              .anyMatch(
                  part ->
                      part.hasMetrics()
                          || part.hasExecutionProgress()
                          || part.getObservedMetricsCount() > 0);
      return more ? Result.bypassed("there are some") : Result.bounded("rows and schema only");
    }
  }

  private static Result order(HostileServer server) {
    ExecutePlanRequest question =
        execute(id(), sql("SELECT day, count(*) AS n FROM visits GROUP BY day"));
    try (RawClient eve = server.raw(Sender.EVE)) {
      List<?> once = batches(eve, question);
      List<?> again = batches(eve, question);
      return once.size() == 1 && once.equals(again)
          ? Result.bounded("one batch, sorted")
          : Result.bypassed("the batches differ");
    }
  }

  private static List<?> batches(RawClient client, ExecutePlanRequest question) {
    return client.execute(question).stream()
        .filter(ExecutePlanResponse::hasArrowBatch)
        .map(part -> part.getArrowBatch().getData())
        .toList();
  }

  private static Result reattachedOften(HostileServer server) {
    String session = id();
    String operation = id();
    try (RawClient eve = server.raw(Sender.EVE)) {
      eve.execute(reattachable(execute(session, range()), operation));
      for (int i = 0; i < 1_000; i++) {
        boolean ignored = eve.stub().reattachExecute(reattach(session, operation)).hasNext();
      }
      eve.execute(execute(session, range()));
    }
    long threads = server.threads("SparkConnectExecuteThread");
    return threads == 0
        ? Result.bounded("the answer that waits, each time; no thread is left")
        : Result.bypassed(threads + " threads are left");
  }

  private static Result headers(HostileServer server) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer " + People.token(Sender.EVE));
    headers.put(Metadata.Key.of("x", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(1 << 20));
    try (RawClient eve = RawClient.withHeaders(server.port(), headers)) {
      eve.execute(execute(id(), range()));
      return Result.bypassed("it was answered");
    } catch (StatusRuntimeException e) {
      return Result.bounded("8 KiB of headers a call");
    }
  }

  private static ReattachExecuteRequest reattach(String session, String operation) {
    return ReattachExecuteRequest.newBuilder()
        .setSessionId(session)
        .setUserContext(user("ada"))
        .setOperationId(operation)
        .build();
  }
}
