package io.sallyport.connect.server.gate;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import org.apache.spark.connect.proto.AnalyzePlanRequest.AnalyzeCase;

/** Which analyses there are, and what becomes of each. */
final class AnalyzeKinds {

  private AnalyzeKinds() {}

  /**
   * @throws RefusedException EXPLAIN_NOT_ALLOWED for plans as text, RPC_NOT_ALLOWED for the rest
   */
  static void requireAllowed(AnalyzeCase kind) {
    switch (kind) {
      case SCHEMA, SPARK_VERSION -> {}
      // Paths, pushed filters, row counts, literals of view bodies.
      case EXPLAIN, TREE_STRING, INPUT_FILES ->
          throw refused(RefusalCode.EXPLAIN_NOT_ALLOWED, "plans and file names are not shown");
      // Full analysis for an answer that no query needs, or shared state of the engine.
      case IS_LOCAL,
          IS_STREAMING,
          DDL_PARSE,
          SAME_SEMANTICS,
          SEMANTIC_HASH,
          PERSIST,
          UNPERSIST,
          GET_STORAGE_LEVEL,
          JSON_TO_DDL ->
          throw refused(RefusalCode.RPC_NOT_ALLOWED, "the analysis " + kind + " is not offered");
      case ANALYZE_NOT_SET ->
          throw refused(RefusalCode.RPC_NOT_ALLOWED, "the request asks for no analysis");
    }
  }

  private static RefusedException refused(RefusalCode code, String subject) {
    return RefusedException.of(code, subject, "the schema: df.schema(), df.columns()");
  }
}
