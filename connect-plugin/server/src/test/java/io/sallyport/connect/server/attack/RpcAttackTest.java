package io.sallyport.connect.server.attack;

import static io.sallyport.connect.server.Requests.execute;
import static io.sallyport.connect.server.Requests.id;
import static io.sallyport.connect.server.Requests.range;
import static io.sallyport.connect.server.Requests.table;
import static io.sallyport.connect.server.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.server.Governed;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.RawClient;
import io.sallyport.connect.server.Refused;
import io.sallyport.policy.decision.RefusalCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.connect.proto.AddArtifactsRequest;
import org.apache.spark.connect.proto.AddArtifactsResponse;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.CloneSessionRequest;
import org.apache.spark.connect.proto.FetchErrorDetailsRequest;
import org.apache.spark.connect.proto.GetStatusRequest;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.junit.jupiter.api.Test;
import org.sparkproject.connect.grpc.CallOptions;
import org.sparkproject.connect.grpc.MethodDescriptor;
import org.sparkproject.connect.grpc.StatusRuntimeException;
import org.sparkproject.connect.grpc.stub.ClientCalls;
import org.sparkproject.connect.grpc.stub.StreamObserver;

/** RPCs that are not offered, and analyses that are not. */
@Governed
class RpcAttackTest {

  private final GovernedServer server;

  RpcAttackTest(GovernedServer server) {
    this.server = server;
  }

  @Test
  void fetchErrorDetails_isRefused() {
    try (RawClient bob = server.raw("bob")) {
      Refused.with(
          RefusalCode.RPC_NOT_ALLOWED,
          bob.failure(
              stub ->
                  stub.fetchErrorDetails(
                      FetchErrorDetailsRequest.newBuilder()
                          .setSessionId(id())
                          .setUserContext(user("bob"))
                          .setErrorId(id())
                          .build())));
    }
  }

  @Test
  void cloneSession_isRefused() {
    String session = id();
    try (RawClient bob = server.raw("bob")) {
      bob.execute(execute(session, range()));

      Refused.with(
          RefusalCode.RPC_NOT_ALLOWED,
          bob.failure(
              stub ->
                  stub.cloneSession(
                      CloneSessionRequest.newBuilder()
                          .setSessionId(session)
                          .setUserContext(user("bob"))
                          .setNewSessionId(id())
                          .build())));
    }
  }

  @Test
  void getStatus_isRefused() {
    try (RawClient bob = server.raw("bob")) {
      Refused.with(
          RefusalCode.RPC_NOT_ALLOWED,
          bob.failure(
              stub ->
                  stub.getStatus(
                      GetStatusRequest.newBuilder()
                          .setSessionId(id())
                          .setUserContext(user("bob"))
                          .build())));
    }
  }

  @Test
  void addArtifacts_isRefusedBeforeItsFirstByte()
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    try (RawClient bob = server.raw("bob")) {
      StreamObserver<AddArtifactsRequest> upload =
          SparkConnectServiceGrpc.newStub(bob.channel())
              .withInterceptors(bob.credentials())
              .addArtifacts(
                  new StreamObserver<AddArtifactsResponse>() {
                    @Override
                    public void onNext(AddArtifactsResponse response) {
                      end.complete(new AssertionError("The upload was answered"));
                    }

                    @Override
                    public void onError(Throwable thrown) {
                      end.complete(thrown);
                    }

                    @Override
                    public void onCompleted() {
                      end.complete(new AssertionError("The upload was accepted"));
                    }
                  });
      upload.onNext(AddArtifactsRequest.newBuilder().setSessionId(id()).build());

      Refused.with(
          RefusalCode.RPC_NOT_ALLOWED, (StatusRuntimeException) end.get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void methodOfAnotherName_isNotAnswered() {
    MethodDescriptor<GetStatusRequest, org.apache.spark.connect.proto.GetStatusResponse> other =
        SparkConnectServiceGrpc.getGetStatusMethod().toBuilder()
            .setFullMethodName("spark.connect.SparkConnectService/Explain")
            .build();
    try (RawClient bob = server.raw("bob")) {
      StatusRuntimeException failure =
          bob.failure(
              stub ->
                  ClientCalls.blockingUnaryCall(
                      stub.getChannel(),
                      other,
                      CallOptions.DEFAULT,
                      GetStatusRequest.getDefaultInstance()));

      assertThat(failure.getStatus().getDescription()).doesNotContain("at org.");
    }
  }

  @Test
  void explainsOfAnyKind_areRefused() {
    Plan plan = Plan.newBuilder().setRoot(table("people")).build();
    AnalyzePlanRequest.Builder request =
        AnalyzePlanRequest.newBuilder().setSessionId(id()).setUserContext(user("bob"));
    try (RawClient bob = server.raw("bob")) {
      for (AnalyzePlanRequest.Builder kind :
          new AnalyzePlanRequest.Builder[] {
            request.clone().setExplain(AnalyzePlanRequest.Explain.newBuilder().setPlan(plan)),
            request.clone().setInputFiles(AnalyzePlanRequest.InputFiles.newBuilder().setPlan(plan))
          }) {
        Refused.with(
            RefusalCode.EXPLAIN_NOT_ALLOWED, bob.failure(stub -> stub.analyzePlan(kind.build())));
      }
    }
  }

  @Test
  void explainOfTheStockClient_isRefused() {
    Refused.by(
        RefusalCode.EXPLAIN_NOT_ALLOWED, () -> server.session("bob").table("people").explain(true));
  }

  @Test
  void inputFilesOfTheStockClient_areRefused() {
    Refused.by(
        RefusalCode.EXPLAIN_NOT_ALLOWED, () -> server.session("bob").table("people").inputFiles());
  }
}
