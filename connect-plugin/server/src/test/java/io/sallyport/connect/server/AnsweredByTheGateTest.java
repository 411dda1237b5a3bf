package io.sallyport.connect.server;

import static io.sallyport.connect.server.Requests.config;
import static io.sallyport.connect.server.Requests.execute;
import static io.sallyport.connect.server.Requests.id;
import static io.sallyport.connect.server.Requests.sql;
import static io.sallyport.connect.server.Requests.table;
import static io.sallyport.connect.server.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.RefusalCode;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.AnalyzePlanResponse;
import org.apache.spark.connect.proto.ArtifactStatusesRequest;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.ConfigRequest.Operation;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.ReleaseExecuteRequest;
import org.apache.spark.connect.proto.ReleaseSessionRequest;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc.SparkConnectServiceBlockingStub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.grpc.StatusRuntimeException;
import org.sparkproject.connect.protobuf.Message;

/** Responses of the gate's own belong to the session as Spark's do, and so does who asks. */
@Governed
class AnsweredByTheGateTest {

  private static final String SERVER_SIDE = "server_side_session_id";

  private final GovernedServer server;

  AnsweredByTheGateTest(GovernedServer server) {
    this.server = server;
  }

  private interface Call {
    Message send(SparkConnectServiceBlockingStub stub, String session, String observed);
  }

  static Stream<Arguments> calls() {
    Plan plan = Plan.newBuilder().setRoot(table("people")).build();
    return Stream.of(
        config("a read", o -> o.getGetBuilder().addKeys("spark.sql.ansi.enabled")),
        config("a write", o -> o.getSetBuilder().setSilent(true)),
        Arguments.of(
            "artifacts",
            (Call)
                (stub, session, observed) ->
                    stub.artifactStatus(
                        ArtifactStatusesRequest.newBuilder()
                            .setSessionId(session)
                            .setClientObservedServerSideSessionId(observed)
                            .addNames("cache/1")
                            .build())),
        Arguments.of(
            "a release",
            (Call)
                (stub, session, observed) ->
                    stub.releaseExecute(
                        ReleaseExecuteRequest.newBuilder()
                            .setSessionId(session)
                            .setClientObservedServerSideSessionId(observed)
                            .setOperationId(id())
                            .setReleaseAll(ReleaseExecuteRequest.ReleaseAll.getDefaultInstance())
                            .build())),
        analysis("local", a -> a.getIsLocalBuilder().setPlan(plan)),
        analysis("streaming", a -> a.getIsStreamingBuilder().setPlan(plan)),
        analysis("ddl", a -> a.getDdlParseBuilder().setDdlString("k int, v string")),
        analysis("persist", a -> a.getPersistBuilder().setRelation(table("people"))),
        analysis("unpersist", a -> a.getUnpersistBuilder().setRelation(table("people"))),
        analysis("level", a -> a.getGetStorageLevelBuilder().setRelation(table("people"))),
        analysis("version", a -> a.getSparkVersionBuilder()),
        analysis("tree", a -> a.getTreeStringBuilder().setPlan(plan)));
  }

  private static Arguments config(String name, Consumer<Operation.Builder> change) {
    Operation.Builder operation = Operation.newBuilder();
    change.accept(operation);
    return Arguments.of(
        name,
        (Call)
            (stub, session, observed) ->
                stub.config(
                    ConfigRequest.newBuilder()
                        .setSessionId(session)
                        .setClientObservedServerSideSessionId(observed)
                        .setOperation(operation)
                        .build()));
  }

  private static Arguments analysis(String name, Consumer<AnalyzePlanRequest.Builder> change) {
    AnalyzePlanRequest.Builder request = AnalyzePlanRequest.newBuilder();
    change.accept(request);
    return Arguments.of(
        name,
        (Call)
            (stub, session, observed) ->
                stub.analyzePlan(
                    request
                        .setSessionId(session)
                        .setClientObservedServerSideSessionId(observed)
                        .build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void answer_namesSparksSideOfTheSession_whoeverAnswersFirst(String name, Call call) {
    String session = id();
    try (RawClient ada = server.raw("ada")) {
      String first = serverSide(call.send(ada.stub(), session, ""));
      String spark = ada.execute(execute(session, sql("SELECT 1"))).get(0).getServerSideSessionId();

      assertThat(first).isNotEmpty().isEqualTo(spark);
      assertThat(serverSide(call.send(ada.stub(), session, spark))).isEqualTo(spark);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void sessionThatWasReplacedOrClosed_isSaidToBe(String name, Call call) {
    String session = id();
    try (RawClient ada = server.raw("ada")) {
      ada.execute(execute(session, sql("SELECT 1")));
      assertThat(ada.failure(stub -> call.send(stub, session, id())))
          .hasMessageContaining("INVALID_HANDLE.SESSION_CHANGED");
      ada.stub().releaseSession(ReleaseSessionRequest.newBuilder().setSessionId(session).build());
      assertThat(ada.failure(stub -> call.send(stub, session, "")))
          .hasMessageContaining("INVALID_HANDLE.SESSION_CLOSED");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void sessionOfAnother_isRefused(String name, Call call) {
    String session = id();
    try (RawClient ada = server.raw("ada");
        RawClient bob = server.raw("bob")) {
      call.send(ada.stub(), session, "");

      Refused.with(
          RefusalCode.IDENTITY_MISMATCH, bob.failure(stub -> call.send(stub, session, "")));
    }
  }

  private static String serverSide(Message response) {
    return (String) response.getField(response.getDescriptorForType().findFieldByName(SERVER_SIDE));
  }

  @Test
  void schemaAsText_isAnsweredAsAType() {
    try (RawClient ada = server.raw("ada")) {
      AnalyzePlanRequest.Builder request =
          AnalyzePlanRequest.newBuilder().setSessionId(id()).setUserContext(user("ada"));
      request.getDdlParseBuilder().setDdlString("k int, v string");
      AnalyzePlanResponse answer = ada.stub().analyzePlan(request.build());

      assertThat(answer.getDdlParse().getParsed().getStruct().getFieldsList())
          .extracting(field -> field.getName() + " " + field.getDataType().getKindCase())
          .containsExactly("k INTEGER", "v STRING");
    }
  }

  @Test
  void treeOfColumns_isThatOfTheSchema() {
    try (RawClient ada = server.raw("ada")) {
      AnalyzePlanRequest.Builder request = AnalyzePlanRequest.newBuilder().setSessionId(id());
      request.getTreeStringBuilder().getPlanBuilder().setRoot(table("cities"));

      assertThat(ada.stub().analyzePlan(request.build()).getTreeString().getTreeString())
          .isEqualTo(
              "root\n |-- city: string (nullable = true)\n |-- region: string (nullable = true)\n");
    }
  }

  @Test
  void oneCredential_inEitherHeader() {
    Function<Metadata, Status.Code> called =
        headers -> {
          try (RawClient client = RawClient.withHeaders(server.port(), headers)) {
            client.stub().analyzePlan(version());
            return Status.Code.OK;
          } catch (StatusRuntimeException e) {
            Refused.with(RefusalCode.UNAUTHENTICATED, e);
            return e.getStatus().getCode();
          }
        };
    String bearer = "Bearer " + People.token("ada");

    assertThat(called.apply(headers("authorization", bearer))).isEqualTo(Status.Code.OK);
    assertThat(called.apply(headers("authentication", bearer))).isEqualTo(Status.Code.OK);
    for (Metadata headers :
        List.of(
            new Metadata(),
            headers("authentication", People.token("ada")),
            headers("authorization", bearer, "authentication", bearer),
            headers("authentication", bearer, "authentication", bearer),
            headers("authorization", "Basic x", "authentication", bearer))) {
      assertThat(called.apply(headers)).isEqualTo(Status.Code.UNAUTHENTICATED);
    }
  }

  private static AnalyzePlanRequest version() {
    return AnalyzePlanRequest.newBuilder()
        .setSessionId(id())
        .setSparkVersion(AnalyzePlanRequest.SparkVersion.getDefaultInstance())
        .build();
  }

  private static Metadata headers(String... namesAndValues) {
    Metadata headers = new Metadata();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(
          Metadata.Key.of(namesAndValues[i], Metadata.ASCII_STRING_MARSHALLER),
          namesAndValues[i + 1]);
    }
    return headers;
  }
}
