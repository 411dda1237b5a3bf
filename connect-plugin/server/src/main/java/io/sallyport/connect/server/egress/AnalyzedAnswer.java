package io.sallyport.connect.server.egress;

import org.apache.spark.connect.proto.AnalyzePlanResponse;
import org.apache.spark.connect.proto.AnalyzePlanResponse.DDLParse;
import org.apache.spark.connect.proto.AnalyzePlanResponse.GetStorageLevel;
import org.apache.spark.connect.proto.AnalyzePlanResponse.IsLocal;
import org.apache.spark.connect.proto.AnalyzePlanResponse.IsStreaming;
import org.apache.spark.connect.proto.AnalyzePlanResponse.Persist;
import org.apache.spark.connect.proto.AnalyzePlanResponse.Schema;
import org.apache.spark.connect.proto.AnalyzePlanResponse.SparkVersion;
import org.apache.spark.connect.proto.AnalyzePlanResponse.TreeString;
import org.apache.spark.connect.proto.AnalyzePlanResponse.Unpersist;

/**
 * What may leave of an analysis: columns, as a schema or as the text of one, Spark's version, and
 * what the gate itself says of plans and texts.
 */
final class AnalyzedAnswer {

  private AnalyzedAnswer() {}

  /**
   * @throws NotForAnalysts when the analysis is of another kind
   */
  static void copy(AnalyzePlanResponse from, AnalyzePlanResponse.Builder to) {
    switch (from.getResultCase()) {
      case SCHEMA ->
          to.setSchema(
              Schema.newBuilder().setSchema(ScrubbedSchema.of(from.getSchema().getSchema())));
      case TREE_STRING ->
          to.setTreeString(
              TreeString.newBuilder().setTreeString(from.getTreeString().getTreeString()));
      case SPARK_VERSION ->
          to.setSparkVersion(
              SparkVersion.newBuilder().setVersion(from.getSparkVersion().getVersion()));
      case DDL_PARSE ->
          to.setDdlParse(
              DDLParse.newBuilder().setParsed(ScrubbedSchema.of(from.getDdlParse().getParsed())));
      case IS_LOCAL ->
          to.setIsLocal(IsLocal.newBuilder().setIsLocal(from.getIsLocal().getIsLocal()));
      case IS_STREAMING ->
          to.setIsStreaming(
              IsStreaming.newBuilder().setIsStreaming(from.getIsStreaming().getIsStreaming()));
      case GET_STORAGE_LEVEL ->
          to.setGetStorageLevel(
              GetStorageLevel.newBuilder()
                  .setStorageLevel(from.getGetStorageLevel().getStorageLevel()));
      case PERSIST -> to.setPersist(Persist.getDefaultInstance());
      case UNPERSIST -> to.setUnpersist(Unpersist.getDefaultInstance());
      case EXPLAIN, INPUT_FILES, SAME_SEMANTICS, SEMANTIC_HASH, JSON_TO_DDL, RESULT_NOT_SET ->
          throw new NotForAnalysts("analysis " + from.getResultCase());
    }
  }
}
