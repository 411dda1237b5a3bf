package io.sallyport.connect.server.egress;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.connect.proto.AnalyzePlanResponse;
import org.apache.spark.connect.proto.ArtifactStatusesResponse;
import org.apache.spark.connect.proto.ConfigResponse;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.InterruptResponse;
import org.apache.spark.connect.proto.ReleaseExecuteResponse;
import org.apache.spark.connect.proto.ReleaseSessionResponse;
import org.sparkproject.connect.protobuf.Message;

/**
 * A response rebuilt from the fields that may leave. Nothing is removed from Spark's message: a new
 * message is made and only listed fields are copied, so a field of a later Spark stays inside.
 */
final class ScrubbedResponse {

  private static final Map<Class<? extends Message>, UnaryOperator<Message>> COPIES =
      Map.of(
          ExecutePlanResponse.class, message -> execution((ExecutePlanResponse) message),
          AnalyzePlanResponse.class, message -> analysis((AnalyzePlanResponse) message),
          InterruptResponse.class, message -> interrupt((InterruptResponse) message),
          ReleaseExecuteResponse.class, message -> release((ReleaseExecuteResponse) message),
          ReleaseSessionResponse.class, message -> release((ReleaseSessionResponse) message),
          // The gate itself answers these two, from constants.
          ConfigResponse.class, message -> message,
          ArtifactStatusesResponse.class, message -> message);

  private ScrubbedResponse() {}

  /**
   * The part of the response that may leave.
   *
   * @throws NotForAnalysts when there is none
   */
  static Message of(Message response) {
    UnaryOperator<Message> copy = COPIES.get(response.getClass());
    if (copy == null) {
      throw new NotForAnalysts("message " + response.getClass().getSimpleName());
    }
    return copy.apply(response);
  }

  /**
   * Whatever is not listed becomes a message with nothing but its ids: clients reattach by the
   * response id they saw last, so no message may be missing from the stream.
   */
  private static ExecutePlanResponse execution(ExecutePlanResponse response) {
    ExecutePlanResponse.Builder copy =
        ExecutePlanResponse.newBuilder()
            .setSessionId(response.getSessionId())
            .setServerSideSessionId(response.getServerSideSessionId())
            .setOperationId(response.getOperationId())
            .setResponseId(response.getResponseId());
    if (response.hasSchema()) {
      copy.setSchema(ScrubbedSchema.of(response.getSchema()));
    }
    if (response.hasArrowBatch()) {
      copy.setArrowBatch(batch(response.getArrowBatch()));
    }
    if (response.hasSqlCommandResult()) {
      copy.setSqlCommandResult(sqlCommand(response.getSqlCommandResult()));
    }
    if (response.hasResultComplete()) {
      copy.setResultComplete(ExecutePlanResponse.ResultComplete.getDefaultInstance());
    }
    return copy.build();
  }

  private static ExecutePlanResponse.ArrowBatch batch(ExecutePlanResponse.ArrowBatch batch) {
    ExecutePlanResponse.ArrowBatch.Builder copy =
        ExecutePlanResponse.ArrowBatch.newBuilder()
            .setRowCount(batch.getRowCount())
            .setData(batch.getData());
    if (batch.hasStartOffset()) {
      copy.setStartOffset(batch.getStartOffset());
    }
    if (batch.hasChunkIndex()) {
      copy.setChunkIndex(batch.getChunkIndex());
    }
    if (batch.hasNumChunksInBatch()) {
      copy.setNumChunksInBatch(batch.getNumChunksInBatch());
    }
    return copy.build();
  }

  /** Our command plugin answers with the text the client sent; rows never come this way. */
  private static ExecutePlanResponse.SqlCommandResult sqlCommand(
      ExecutePlanResponse.SqlCommandResult result) {
    if (!result.getRelation().hasSql()) {
      throw new NotForAnalysts("result of a command that is not a query");
    }
    return ExecutePlanResponse.SqlCommandResult.newBuilder()
        .setRelation(result.getRelation())
        .build();
  }

  private static AnalyzePlanResponse analysis(AnalyzePlanResponse response) {
    AnalyzePlanResponse.Builder copy =
        AnalyzePlanResponse.newBuilder()
            .setSessionId(response.getSessionId())
            .setServerSideSessionId(response.getServerSideSessionId());
    AnalyzedAnswer.copy(response, copy);
    return copy.build();
  }

  private static InterruptResponse interrupt(InterruptResponse response) {
    return InterruptResponse.newBuilder()
        .setSessionId(response.getSessionId())
        .setServerSideSessionId(response.getServerSideSessionId())
        .addAllInterruptedIds(response.getInterruptedIdsList())
        .build();
  }

  private static ReleaseExecuteResponse release(ReleaseExecuteResponse response) {
    ReleaseExecuteResponse.Builder copy =
        ReleaseExecuteResponse.newBuilder()
            .setSessionId(response.getSessionId())
            .setServerSideSessionId(response.getServerSideSessionId());
    if (response.hasOperationId()) {
      copy.setOperationId(response.getOperationId());
    }
    return copy.build();
  }

  private static ReleaseSessionResponse release(ReleaseSessionResponse response) {
    return ReleaseSessionResponse.newBuilder()
        .setSessionId(response.getSessionId())
        .setServerSideSessionId(response.getServerSideSessionId())
        .build();
  }
}
