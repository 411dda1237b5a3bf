package io.sallyport.connect.server.gate;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.ConfigResponse;
import org.apache.spark.connect.proto.KeyValue;

/**
 * Answers the configuration reads that stock clients need, from constants. Spark is never asked: it
 * would tell passwords, and take confs that switch protections off.
 */
final class ConfigAnswers {

  private static final Map<String, String> ANSWERS = answers();

  private ConfigAnswers() {}

  /**
   * @throws RefusedException CONF_NOT_ALLOWED for every write, every listing and every key that is
   *     not on the list
   */
  static ConfigResponse answer(ConfigRequest request) {
    ConfigRequest.Operation operation = request.getOperation();
    ConfigResponse.Builder response =
        ConfigResponse.newBuilder().setSessionId(request.getSessionId());
    switch (operation.getOpTypeCase()) {
      case GET -> addAll(response, operation.getGet().getKeysList());
      case GET_OPTION -> addAll(response, operation.getGetOption().getKeysList());
      case GET_WITH_DEFAULT ->
          addAll(
              response,
              operation.getGetWithDefault().getPairsList().stream().map(KeyValue::getKey).toList());
      case IS_MODIFIABLE ->
          operation
              .getIsModifiable()
              .getKeysList()
              .forEach(key -> response.addPairs(pair(known(key), "false")));
      case SET, UNSET -> throw refused("a client cannot change the server's configuration");
      case GET_ALL -> throw refused("a client cannot list the server's configuration");
      case OPTYPE_NOT_SET -> throw refused("the configuration request asks for nothing");
    }
    return response.build();
  }

  private static void addAll(ConfigResponse.Builder response, List<String> keys) {
    keys.forEach(key -> response.addPairs(pair(known(key), ANSWERS.get(key))));
  }

  private static KeyValue pair(String key, String value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static String known(String key) {
    if (!ANSWERS.containsKey(key)) {
      throw refused("a client cannot read this configuration key");
    }
    return key;
  }

  private static RefusedException refused(String subject) {
    return RefusedException.of(
        RefusalCode.CONF_NOT_ALLOWED,
        subject,
        "reading the few keys that stock Spark Connect clients read");
  }

  private static Map<String, String> answers() {
    Map<String, String> answers = new TreeMap<>();
    // Plans come uncompressed: a compressed one cannot be looked at before Spark unpacks it.
    answers.put("spark.connect.session.planCompression.threshold", "-1");
    answers.put("spark.connect.session.planCompression.defaultAlgorithm", "NONE");
    // The pinned confs that clients ask for.
    answers.put("spark.sql.session.timeZone", "UTC");
    answers.put("spark.sql.ansi.enabled", "false");
    answers.put("spark.sql.caseSensitive", "false");
    answers.put("spark.sql.timestampType", "TIMESTAMP_LTZ");
    // Local data comes within the plan, because there are no artifacts to put it in.
    answers.put("spark.sql.session.localRelationCacheThreshold", "2147483647");
    answers.put("spark.sql.session.localRelationSizeLimit", "2147483647");
    answers.put("spark.sql.session.localRelationChunkSizeLimit", "2147483647");
    answers.put("spark.sql.session.localRelationChunkSizeRows", "10000");
    answers.put("spark.sql.session.localRelationChunkSizeBytes", "16777216");
    answers.put("spark.sql.session.localRelationBatchOfChunksSizeBytes", "1073741824");
    // Spark's defaults, for Arrow and for what PySpark does on its own side.
    answers.put("spark.sql.execution.arrow.useLargeVarTypes", "false");
    answers.put("spark.sql.execution.arrow.enabled", "true");
    answers.put("spark.sql.execution.arrow.pyspark.enabled", "true");
    answers.put("spark.sql.execution.arrow.pyspark.fallback.enabled", "true");
    answers.put("spark.sql.execution.arrow.pyspark.selfDestruct.enabled", "false");
    answers.put("spark.sql.execution.arrow.pyspark.validateSchema.enabled", "false");
    answers.put("spark.sql.execution.arrow.maxRecordsPerBatch", "10000");
    answers.put("spark.sql.execution.arrow.maxBytesPerBatch", "67108864");
    answers.put("spark.sql.execution.pandas.convertToArrowArraySafely", "true");
    answers.put("spark.sql.execution.pandas.inferPandasDictAsMap", "false");
    answers.put("spark.sql.execution.pandas.structHandlingMode", "legacy");
    answers.put("spark.sql.execution.pyspark.binaryAsBytes", "true");
    answers.put("spark.sql.pyspark.inferNestedDictAsStruct.enabled", "false");
    answers.put("spark.sql.pyspark.legacy.inferArrayTypeFromFirstElement.enabled", "false");
    answers.put("spark.sql.pyspark.legacy.inferMapTypeFromFirstPair.enabled", "false");
    answers.put("spark.sql.pyspark.jvmStacktrace.enabled", "false");
    answers.put("spark.sql.pyspark.plotting.max_rows", "1000");
    answers.put("spark.sql.repl.eagerEval.enabled", "false");
    answers.put("spark.sql.repl.eagerEval.maxNumRows", "20");
    answers.put("spark.sql.repl.eagerEval.truncate", "20");
    return Map.copyOf(answers);
  }
}
