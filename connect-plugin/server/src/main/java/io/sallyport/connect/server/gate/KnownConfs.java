package io.sallyport.connect.server.gate;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The configuration keys that stock clients read, with the only answer to each. Spark is never
 * asked: it would tell passwords.
 */
final class KnownConfs {

  private static final Map<String, String> ANSWERS = answers();

  private KnownConfs() {}

  /** The answer to a key; empty when it is not on the list. */
  static Optional<String> value(String key) {
    return Optional.ofNullable(ANSWERS.get(key));
  }

  private static Map<String, String> answers() {
    Map<String, String> answers = new TreeMap<>();
    // Plans come uncompressed: a compressed one cannot be looked at before Spark unpacks it.
    answers.put("spark.connect.session.planCompression.threshold", "-1");
    answers.put("spark.connect.session.planCompression.defaultAlgorithm", "NONE");
    // A refusal says all there is to say: nothing more is fetched, and there are no stack traces.
    answers.put("spark.sql.connect.enrichError.enabled", "false");
    answers.put("spark.sql.connect.serverStacktrace.enabled", "false");
    answers.put("spark.sql.pyspark.jvmStacktrace.enabled", "false");
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
    answers.put("spark.sql.pyspark.plotting.max_rows", "1000");
    answers.put("spark.sql.repl.eagerEval.enabled", "false");
    answers.put("spark.sql.repl.eagerEval.maxNumRows", "20");
    answers.put("spark.sql.repl.eagerEval.truncate", "20");
    return Map.copyOf(answers);
  }
}
