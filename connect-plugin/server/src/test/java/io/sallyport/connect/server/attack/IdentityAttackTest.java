package io.sallyport.connect.server.attack;

import static io.sallyport.connect.server.Requests.execute;
import static io.sallyport.connect.server.Requests.id;
import static io.sallyport.connect.server.Requests.range;
import static io.sallyport.connect.server.Requests.reattachable;
import static io.sallyport.connect.server.Requests.schema;
import static io.sallyport.connect.server.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.server.Governed;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.RawClient;
import io.sallyport.connect.server.Refused;
import io.sallyport.policy.decision.RefusalCode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.spark.connect.proto.ArtifactStatusesRequest;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.InterruptRequest;
import org.apache.spark.connect.proto.ReattachExecuteRequest;
import org.apache.spark.connect.proto.ReleaseExecuteRequest;
import org.apache.spark.connect.proto.ReleaseSessionRequest;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc.SparkConnectServiceBlockingStub;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bob, who is known, tries to be Ada; and Eve, who is not, tries to be anybody. */
@Governed
class IdentityAttackTest {

  private final GovernedServer server;

  IdentityAttackTest(GovernedServer server) {
    this.server = server;
  }

  @Test
  void callWithoutCredential_isUnauthenticated_inEveryRpc() {
    try (RawClient eve = server.rawWithToken(Optional.empty())) {
      everyCall(id(), id())
          .forEach(call -> Refused.with(RefusalCode.UNAUTHENTICATED, eve.failure(call)));
    }
  }

  @Test
  void callWithAnUnknownToken_getsTheTextOfACallWithout() {
    try (RawClient eve = server.rawWithToken(Optional.of("guess"));
        RawClient nobody = server.rawWithToken(Optional.empty())) {
      assertThat(eve.failure(stub -> stub.executePlan(execute(id(), range()))).getStatus())
          .hasToString(
              nobody
                  .failure(stub -> stub.executePlan(execute(id(), range())))
                  .getStatus()
                  .toString());
    }
  }

  @Test
  void stockClientWithoutCredential_isUnauthenticated() {
    String connection = "sc://localhost:" + server.port() + "/;x-header=v";
    SparkSession eve =
        org.apache.spark.sql.connect.SparkSession.builder().remote(connection).create();

    Refused.by(RefusalCode.UNAUTHENTICATED, () -> eve.range(1).count());
  }

  @Test
  void sessionOfAnother_answersNobodyElse_inEveryRpc() {
    String session = id();
    String operation = id();
    try (RawClient ada = server.raw("ada");
        RawClient bob = server.raw("bob")) {
      ada.execute(reattachable(execute(session, range()), operation));

      everyCall(session, operation)
          .forEach(call -> Refused.with(RefusalCode.IDENTITY_MISMATCH, bob.failure(call)));
      assertThat(RawClient.all(ada.stub().reattachExecute(reattach(session, operation))))
          .as("Bob's attempts released nothing of Ada's")
          .isNotEmpty();
    }
  }

  @Test
  void operationOfAnother_isNotReattachedTo_fromASessionOfOnesOwn() {
    String operation = id();
    try (RawClient ada = server.raw("ada");
        RawClient bob = server.raw("bob")) {
      ada.execute(reattachable(execute(id(), range()), operation));
      String own = id();
      bob.execute(execute(own, range()));

      Refused.with(
          RefusalCode.IDENTITY_MISMATCH,
          bob.failure(stub -> stub.reattachExecute(reattach(own, operation))));
      Refused.with(
          RefusalCode.IDENTITY_MISMATCH,
          bob.failure(stub -> stub.executePlan(reattachable(execute(own, range()), operation))));
    }
  }

  @Test
  void userIdOfAnother_isOverwritten() {
    String session = id();
    try (RawClient ada = server.raw("ada");
        RawClient bob = server.raw("bob")) {
      ExecutePlanRequest asAda =
          execute(session, range()).toBuilder().setUserContext(user("ada")).build();
      String ofBob = bob.execute(asAda).get(0).getServerSideSessionId();

      Refused.with(RefusalCode.IDENTITY_MISMATCH, ada.failure(stub -> stub.executePlan(asAda)));
      assertThat(bob.execute(execute(session, range())))
          .extracting(ExecutePlanResponse::getServerSideSessionId)
          .containsOnly(ofBob);
    }
  }

  @Test
  void stockClientWithTheSessionIdOfAnother_isRefused() {
    UUID id = UUID.randomUUID();
    SparkSession ada = server.session("ada", id);
    assertThat(ada.range(3).count()).isEqualTo(3);
    SparkSession bob = server.session("bob", id);

    Refused.by(RefusalCode.IDENTITY_MISMATCH, () -> bob.range(3).count());
  }

  @Test
  void operationThatEnded_countsAgainstNobody_reattachableOrNot() {
    String session = id();
    try (RawClient ada = server.raw("ada")) {
      for (int i = 0; i < 40; i++) {
        assertThat(ada.execute(execute(session, range()))).isNotEmpty();
        assertThat(ada.execute(reattachable(execute(session, range()), id()))).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "not-a-uuid",
        "00000000-0000-0000-0000-00000000000G",
        "AAAAAAAA-0000-0000-0000-000000000000",
        "00000000-0000-0000-0000-000000000000 "
      })
  void idThatIsNoCanonicalUuid_isRefused(String id) {
    try (RawClient bob = server.raw("bob")) {
      Refused.with(
          RefusalCode.PARAM_INVALID, bob.failure(stub -> stub.executePlan(execute(id, range()))));
    }
  }

  private static List<Function<SparkConnectServiceBlockingStub, ?>> everyCall(
      String session, String operation) {
    return List.of(
        stub -> stub.executePlan(reattachable(execute(session, range()), operation)),
        stub -> stub.analyzePlan(schema(session, range())),
        stub ->
            stub.config(
                ConfigRequest.newBuilder()
                    .setSessionId(session)
                    .setUserContext(user("ada"))
                    .setOperation(
                        ConfigRequest.Operation.newBuilder()
                            .setGet(
                                ConfigRequest.Get.newBuilder()
                                    .addKeys("spark.sql.session.timeZone")))
                    .build()),
        stub ->
            stub.artifactStatus(
                ArtifactStatusesRequest.newBuilder()
                    .setSessionId(session)
                    .setUserContext(user("ada"))
                    .addNames("cache/0")
                    .build()),
        stub ->
            stub.interrupt(
                InterruptRequest.newBuilder()
                    .setSessionId(session)
                    .setUserContext(user("ada"))
                    .setInterruptType(InterruptRequest.InterruptType.INTERRUPT_TYPE_ALL)
                    .build()),
        stub -> stub.reattachExecute(reattach(session, operation)),
        stub ->
            stub.releaseExecute(
                ReleaseExecuteRequest.newBuilder()
                    .setSessionId(session)
                    .setUserContext(user("ada"))
                    .setOperationId(operation)
                    .setReleaseAll(ReleaseExecuteRequest.ReleaseAll.getDefaultInstance())
                    .build()),
        stub ->
            stub.releaseSession(
                ReleaseSessionRequest.newBuilder()
                    .setSessionId(session)
                    .setUserContext(user("ada"))
                    .build()));
  }

  private static ReattachExecuteRequest reattach(String session, String operation) {
    return ReattachExecuteRequest.newBuilder()
        .setSessionId(session)
        .setUserContext(user("ada"))
        .setOperationId(operation)
        .build();
  }
}
