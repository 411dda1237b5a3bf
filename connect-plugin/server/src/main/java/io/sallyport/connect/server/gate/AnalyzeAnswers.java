package io.sallyport.connect.server.gate;

import io.sallyport.connect.server.proto.SchemaText;
import java.util.Optional;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.AnalyzePlanResponse;
import org.apache.spark.connect.proto.StorageLevel;

/**
 * The analyses that have one answer whatever the plan, or are about a text alone. The gate gives
 * it; Spark would analyse the plan for nothing, or keep it in a cache that all share.
 */
final class AnalyzeAnswers {

  /** Nothing is kept anywhere, in one copy. */
  private static final StorageLevel NONE = StorageLevel.newBuilder().setReplication(1).build();

  private AnalyzeAnswers() {}

  /**
   * The answer to an admitted request, without the ids of the session; empty when Spark answers it.
   *
   * @throws io.sallyport.spark.RefusedException PARAM_INVALID when a text is no schema
   */
  static Optional<AnalyzePlanResponse.Builder> of(AnalyzePlanRequest request) {
    AnalyzePlanResponse.Builder answer = AnalyzePlanResponse.newBuilder();
    return Optional.ofNullable(
        switch (request.getAnalyzeCase()) {
          // What is shown was computed by the chamber before: no plan is a client's own affair.
          case IS_LOCAL ->
              answer.setIsLocal(AnalyzePlanResponse.IsLocal.newBuilder().setIsLocal(false));
          case IS_STREAMING ->
              answer.setIsStreaming(
                  AnalyzePlanResponse.IsStreaming.newBuilder().setIsStreaming(false));
          case DDL_PARSE ->
              answer.setDdlParse(
                  AnalyzePlanResponse.DDLParse.newBuilder()
                      .setParsed(SchemaText.type(request.getDdlParse().getDdlString())));
          // cache() asks for speed, not for another answer.
          case PERSIST -> answer.setPersist(AnalyzePlanResponse.Persist.getDefaultInstance());
          case UNPERSIST -> answer.setUnpersist(AnalyzePlanResponse.Unpersist.getDefaultInstance());
          case GET_STORAGE_LEVEL ->
              answer.setGetStorageLevel(
                  AnalyzePlanResponse.GetStorageLevel.newBuilder().setStorageLevel(NONE));
          default -> null;
        });
  }
}
