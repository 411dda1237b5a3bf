package io.sallyport.spark;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.admission.ParserConfs;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.classic.SparkSession;

/**
 * The session confs that the promises rest on, with the only value each may have.
 *
 * <p>The driver plugin writes them into the SparkConf before any session exists; {@link #verify}
 * reads them back from the analyst's session at every query, because a session's conf can be
 * changed by roads that do not pass our gate (a library, an owner's code, a later Spark).
 */
public final class PinnedConfs {

  private static final Map<String, String> VALUES = pinned();

  private PinnedConfs() {}

  /** Conf key to the value it must have. */
  public static Map<String, String> values() {
    return VALUES;
  }

  /**
   * Checks that a session runs with every pinned value.
   *
   * @throws RefusedException CONF_NOT_ALLOWED naming the first conf that does not
   */
  public static void verify(SparkSession session) {
    VALUES.forEach(
        (key, value) -> {
          String found = session.conf().get(key, value);
          if (!found.equalsIgnoreCase(value)) {
            throw RefusedException.of(
                RefusalCode.CONF_NOT_ALLOWED,
                "this session runs with another value of " + key + " than Sallyport pins",
                "a new session");
          }
        });
  }

  private static Map<String, String> pinned() {
    Map<String, String> pinned = new TreeMap<>();
    // An error may not depend on a row: casts, divisions and sums give NULL where ANSI throws.
    pinned.put("spark.sql.ansi.enabled", "false");
    // ${env:...} and ${system:...} in SQL text would read the server's environment.
    pinned.put("spark.sql.variable.substitute", "false");
    // SELECT * FROM parquet.`/path` would read files by path.
    pinned.put("spark.sql.runSQLOnFiles", "false");
    // The single-pass analyzer does not run every injected rule.
    pinned.put("spark.sql.analyzer.singlePassResolver.enabled", "false");
    pinned.put("spark.sql.analyzer.singlePassResolver.enabledTentatively", "false");
    // An injected optimizer rule can be excluded by name.
    pinned.put("spark.sql.optimizer.excludedRules", "");
    // Names resolve as owners wrote them in policies.
    pinned.put("spark.sql.caseSensitive", "false");
    // Dates and hours mean the same to owner, analyst and every executor.
    pinned.put("spark.sql.session.timeZone", "UTC");
    // What the parser remembers of texts is bounded.
    pinned.putAll(ParserConfs.values());
    // A small table is copied to every task; a large one would be read into the driver first.
    pinned.put("spark.sql.autoBroadcastJoinThreshold", "10485760");
    pinned.put("spark.sql.maxBroadcastTableSize", "268435456");
    // Of each plan that runs Spark keeps a text, and a tree of texts, for a page that is off.
    pinned.put("spark.sql.maxPlanStringLength", "65536");
    pinned.put("spark.sql.debug.maxToStringFields", "25");
    pinned.put("spark.sql.ui.retainedExecutions", "20");
    // What the optimizer derives from conditions can double with each column that repeats another.
    pinned.put("spark.sql.constraintPropagation.enabled", "false");
    return Collections.unmodifiableMap(pinned);
  }
}
