package io.sallyport.connect.server.attack;

import static io.sallyport.connect.server.Requests.execute;
import static io.sallyport.connect.server.Requests.id;
import static io.sallyport.connect.server.Requests.range;
import static io.sallyport.connect.server.Requests.schema;
import static io.sallyport.connect.server.Requests.table;
import static io.sallyport.connect.server.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.server.DeepPlan;
import io.sallyport.connect.server.Governed;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.RawClient;
import io.sallyport.connect.server.Refused;
import io.sallyport.policy.decision.RefusalCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.connect.proto.CollectMetrics;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.CompressionCodec;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Project;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkproject.connect.protobuf.Any;
import org.sparkproject.connect.protobuf.ByteString;
import org.sparkproject.connect.protobuf.UnknownFieldSet;

/** Plans as bytes that no stock client sends. */
@Governed
class PlanBytesAttackTest {

  private final GovernedServer server;

  PlanBytesAttackTest(GovernedServer server) {
    this.server = server;
  }

  @Test
  void compressedPlan_isRefusedUnread() {
    Plan plan =
        Plan.newBuilder()
            .setCompressedOperation(
                Plan.CompressedOperation.newBuilder()
                    .setData(ByteString.copyFrom("zstd?", StandardCharsets.UTF_8))
                    .setOpType(Plan.CompressedOperation.OpType.OP_TYPE_RELATION)
                    .setCompressionCodec(CompressionCodec.COMPRESSION_CODEC_ZSTD))
            .build();

    assertRefused(RefusalCode.RELATION_NOT_ALLOWED, execute(id(), plan));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sallyport.io/frame",
        "sallyport.io/query",
        "sallyport.io/release",
        "sallyport.io/describe",
        "sallyport.io/summary",
        "type.googleapis.com/evil.Relation"
      })
  void extensionRelationOfTheClients_isRefused_evenUnderOurNames(String typeUrl) {
    Relation relation = Relation.newBuilder().setExtension(any(typeUrl)).build();

    assertRefused(RefusalCode.RELATION_NOT_ALLOWED, execute(id(), relation));
    try (RawClient bob = server.raw("bob")) {
      Refused.with(
          RefusalCode.RELATION_NOT_ALLOWED,
          bob.failure(stub -> stub.analyzePlan(schema(id(), relation))));
    }
  }

  @Test
  void extensionCommandOfTheClients_isRefused_evenUnderOurName() {
    Command command = Command.newBuilder().setExtension(any("sallyport.io/sql-command")).build();

    assertRefused(RefusalCode.COMMAND_NOT_ALLOWED, execute(id(), command));
  }

  @Test
  void extensionExpressionOfTheClients_isRefused() {
    Relation relation =
        Relation.newBuilder()
            .setProject(
                Project.newBuilder()
                    .setInput(range())
                    .addExpressions(Expression.newBuilder().setExtension(any("x/y"))))
            .build();
    try (RawClient bob = server.raw("bob")) {
      assertThat(
              bob.failure(stub -> stub.executePlan(execute(id(), relation)))
                  .getStatus()
                  .getDescription())
          .startsWith("[SALLYPORT.")
          .contains("_NOT_ALLOWED]");
    }
  }

  @Test
  void extensionInTheUserContext_neverReachesSpark() {
    ExecutePlanRequest request =
        execute(id(), range()).toBuilder()
            .setUserContext(user("ada").toBuilder().addExtensions(any("x/pipeline")))
            .build();
    try (RawClient bob = server.raw("bob")) {
      assertThat(bob.execute(request)).isNotEmpty();
    }
  }

  /** gRPC itself cannot read them. */
  @Test
  void bytesThatAreNoRequest_orOneTooDeep_areRefused() {
    for (byte[] bytes : List.of(new byte[] {7, 7, 7}, DeepPlan.ofFilters("bob", 10_000))) {
      try (RawClient bob = server.raw("bob")) {
        Refused.with(RefusalCode.PARAM_INVALID, bob.failure(stub -> RawClient.bytes(stub, bytes)));
        assertThat(bob.execute(execute(id(), range()))).as("the next call").isNotEmpty();
      }
    }
  }

  @Test
  void unknownField_isRefused_whereverItIs() {
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(4711, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    ExecutePlanRequest plain = execute(id(), table("cities"));

    assertRefused(
        RefusalCode.RELATION_NOT_ALLOWED, plain.toBuilder().setUnknownFields(unknown).build());
    assertRefused(
        RefusalCode.RELATION_NOT_ALLOWED,
        execute(id(), table("cities").toBuilder().setUnknownFields(unknown).build()));
  }

  @Test
  void observedMetrics_areRefused() {
    Relation observe =
        Relation.newBuilder()
            .setCollectMetrics(
                CollectMetrics.newBuilder()
                    .setInput(table("people"))
                    .setName("m")
                    .addMetrics(
                        Expression.newBuilder()
                            .setExpressionString(
                                Expression.ExpressionString.newBuilder()
                                    .setExpression("max(name) AS m"))))
            .build();

    assertRefused(RefusalCode.RELATION_NOT_ALLOWED, execute(id(), observe));
  }

  private void assertRefused(RefusalCode code, ExecutePlanRequest request) {
    try (RawClient bob = server.raw("bob")) {
      Refused.with(code, bob.failure(stub -> stub.executePlan(request)));
    }
  }

  private static Any any(String typeUrl) {
    return Any.newBuilder().setTypeUrl(typeUrl).setValue(ByteString.copyFromUtf8("people")).build();
  }
}
