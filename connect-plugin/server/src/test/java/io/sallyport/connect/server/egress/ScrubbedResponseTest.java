package io.sallyport.connect.server.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.AnalyzePlanResponse;
import org.apache.spark.connect.proto.ArtifactStatusesResponse;
import org.apache.spark.connect.proto.ConfigResponse;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.GetStatusResponse;
import org.apache.spark.connect.proto.InterruptResponse;
import org.apache.spark.connect.proto.ReleaseExecuteResponse;
import org.apache.spark.connect.proto.ReleaseSessionResponse;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sparkproject.connect.protobuf.ByteString;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;
import org.sparkproject.connect.protobuf.Message;

class ScrubbedResponseTest {

  /** Every field that may leave, by message; whatever else a response has must not survive. */
  private static final Set<String> LEAVING =
      Set.of(
          "ExecutePlanResponse.session_id",
          "ExecutePlanResponse.server_side_session_id",
          "ExecutePlanResponse.operation_id",
          "ExecutePlanResponse.response_id",
          "ExecutePlanResponse.schema",
          "ExecutePlanResponse.arrow_batch",
          "ExecutePlanResponse.sql_command_result",
          "ExecutePlanResponse.result_complete",
          "AnalyzePlanResponse.session_id",
          "AnalyzePlanResponse.server_side_session_id",
          "AnalyzePlanResponse.schema",
          "AnalyzePlanResponse.spark_version",
          // Columns as text, and what the gate itself says of every plan.
          "AnalyzePlanResponse.tree_string",
          "AnalyzePlanResponse.ddl_parse",
          "AnalyzePlanResponse.is_local",
          "AnalyzePlanResponse.is_streaming",
          "AnalyzePlanResponse.persist",
          "AnalyzePlanResponse.unpersist",
          "AnalyzePlanResponse.get_storage_level",
          "InterruptResponse.session_id",
          "InterruptResponse.server_side_session_id",
          "InterruptResponse.interrupted_ids",
          "ReleaseExecuteResponse.session_id",
          "ReleaseExecuteResponse.server_side_session_id",
          "ReleaseExecuteResponse.operation_id",
          "ReleaseSessionResponse.session_id",
          "ReleaseSessionResponse.server_side_session_id");

  @TestFactory
  Stream<DynamicTest> everyResponseField_leavesOnlyWhenListed() {
    return Stream.<Message>of(
            ExecutePlanResponse.getDefaultInstance(),
            AnalyzePlanResponse.getDefaultInstance(),
            InterruptResponse.getDefaultInstance(),
            ReleaseExecuteResponse.getDefaultInstance(),
            ReleaseSessionResponse.getDefaultInstance())
        .flatMap(
            response ->
                response.getDescriptorForType().getFields().stream()
                    .map(
                        field ->
                            DynamicTest.dynamicTest(
                                name(field), () -> requireListed(response, field))));
  }

  private static void requireListed(Message response, FieldDescriptor field) {
    Message full = response.toBuilder().setField(field, some(field)).build();
    if (LEAVING.contains(name(field))) {
      return;
    }
    try {
      assertThat(ScrubbedResponse.of(full).getAllFields()).doesNotContainKey(field);
    } catch (NotForAnalysts held) {
      assertThat(held).hasMessageNotContaining(full.toString());
    }
  }

  private static Object some(FieldDescriptor field) {
    Object one =
        switch (field.getJavaType()) {
          case STRING -> "leak";
          case MESSAGE -> message(field);
          default -> throw new IllegalStateException("A response field of a new kind: " + field);
        };
    return field.isRepeated() ? List.of(one) : one;
  }

  private static Message message(FieldDescriptor field) {
    return switch (field.getContainingType().getName()) {
      case "ExecutePlanResponse" ->
          ExecutePlanResponse.newBuilder().newBuilderForField(field).build();
      case "AnalyzePlanResponse" ->
          AnalyzePlanResponse.newBuilder().newBuilderForField(field).build();
      default -> throw new IllegalStateException("A response with a new message: " + field);
    };
  }

  private static String name(FieldDescriptor field) {
    return field.getContainingType().getName() + "." + field.getName();
  }

  @Test
  void metrics_becomeAnEmptyMessageWithItsIds() {
    ExecutePlanResponse response =
        ExecutePlanResponse.newBuilder()
            .setSessionId("s")
            .setServerSideSessionId("t")
            .setOperationId("o")
            .setResponseId("r")
            .setMetrics(
                ExecutePlanResponse.Metrics.newBuilder()
                    .addMetrics(
                        ExecutePlanResponse.Metrics.MetricObject.newBuilder().setName("Filter")))
            .build();

    assertThat(ScrubbedResponse.of(response))
        .isEqualTo(
            ExecutePlanResponse.newBuilder()
                .setSessionId("s")
                .setServerSideSessionId("t")
                .setOperationId("o")
                .setResponseId("r")
                .build());
  }

  @Test
  void arrowBatch_keepsItsChunking() {
    ExecutePlanResponse response =
        ExecutePlanResponse.newBuilder()
            .setArrowBatch(
                ExecutePlanResponse.ArrowBatch.newBuilder()
                    .setData(ByteString.copyFromUtf8("rows"))
                    .setRowCount(3)
                    .setStartOffset(0)
                    .setChunkIndex(1)
                    .setNumChunksInBatch(2))
            .build();

    assertThat(ScrubbedResponse.of(response)).isEqualTo(response);
  }

  @Test
  void schema_losesMetadataAtEveryDepth() {
    DataType text = DataType.newBuilder().setString(DataType.String.getDefaultInstance()).build();
    DataType inner = struct("inner", text, "{\"comment\":\"ssn\"}");
    DataType list =
        DataType.newBuilder()
            .setArray(DataType.Array.newBuilder().setElementType(inner).setContainsNull(true))
            .build();
    DataType map =
        DataType.newBuilder()
            .setMap(
                DataType.Map.newBuilder()
                    .setKeyType(text)
                    .setValueType(list)
                    .setValueContainsNull(true))
            .build();
    ExecutePlanResponse response =
        ExecutePlanResponse.newBuilder().setSchema(struct("outer", map, "{\"a\":1}")).build();

    String shown = ScrubbedResponse.of(response).toString();

    assertThat(shown).contains("outer", "inner").doesNotContain("metadata", "ssn");
  }

  @Test
  void udt_isHeldBack() {
    DataType udt =
        DataType.newBuilder().setUdt(DataType.UDT.newBuilder().setJvmClass("x.Y")).build();
    ExecutePlanResponse response =
        ExecutePlanResponse.newBuilder().setSchema(struct("c", udt, "")).build();

    assertThatThrownBy(() -> ScrubbedResponse.of(response)).isInstanceOf(NotForAnalysts.class);
  }

  @Test
  void resultOfACommandWithRows_isHeldBack() {
    ExecutePlanResponse.Builder response = ExecutePlanResponse.newBuilder();
    response
        .getSqlCommandResultBuilder()
        .getRelationBuilder()
        .getLocalRelationBuilder()
        .setData(ByteString.copyFromUtf8("rows"));

    assertThatThrownBy(() -> ScrubbedResponse.of(response.build()))
        .isInstanceOf(NotForAnalysts.class);
  }

  @Test
  void gatesOwnAnswers_passAsTheyAre() {
    assertThat(ScrubbedResponse.of(ConfigResponse.getDefaultInstance()))
        .isEqualTo(ConfigResponse.getDefaultInstance());
    assertThat(ScrubbedResponse.of(ArtifactStatusesResponse.getDefaultInstance()))
        .isEqualTo(ArtifactStatusesResponse.getDefaultInstance());
  }

  @Test
  void messageOfAnyOtherType_isHeldBack() {
    assertThatThrownBy(() -> ScrubbedResponse.of(GetStatusResponse.getDefaultInstance()))
        .isInstanceOf(NotForAnalysts.class);
  }

  private static DataType struct(String name, DataType type, String metadata) {
    return DataType.newBuilder()
        .setStruct(
            DataType.Struct.newBuilder()
                .addFields(
                    DataType.StructField.newBuilder()
                        .setName(name)
                        .setDataType(type)
                        .setNullable(true)
                        .setMetadata(metadata)))
        .build();
  }
}
