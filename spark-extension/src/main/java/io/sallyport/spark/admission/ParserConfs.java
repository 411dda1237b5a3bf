package io.sallyport.spark.admission;

import java.util.Map;

/** The confs under which Spark's parser reads what analysts write. */
public final class ParserConfs {

  private static final Map<String, String> VALUES =
      Map.of(
          "spark.sql.ansi.enabled",
          "false",
          // The parser would evaluate the cells of VALUES, before anybody has judged them.
          "spark.sql.parser.eagerEvalOfUnresolvedInlineTable",
          "false",
          // What the parser remembers of texts that it read is emptied at a share of the heap;
          // otherwise every odd text stays there for good.
          "spark.sql.parser.manageParserCaches",
          "true",
          "spark.sql.parser.parserDfaCacheFlushRatio",
          "10.0");

  private ParserConfs() {}

  /** Conf key to its value. */
  public static Map<String, String> values() {
    return VALUES;
  }
}
