package io.sallyport.spark.release;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.optimizer.ConvertToLocalRelation$;
import org.apache.spark.sql.internal.SQLConf;

/**
 * What a chamber's sessions run with beside what every session does. Spark bounds what some
 * operators hold outside its memory manager in rows; a row of ours may have megabytes.
 */
final class ChamberConfs {

  /** Rows that a sorted limit keeps in a heap of its own: a page of rows to look at. */
  private static final String TOP_ROWS = "32";

  private static final String BUFFERED_ROWS = "4096";
  private static final String BUFFERED_BYTES = "16m";

  private static final Map<String, String> VALUES =
      Map.ofEntries(
          // The optimizer would compute what is asked of rows that come along, on the driver, on a
          // thread that hears nothing; as a task it can be stopped, and shares the cores.
          Map.entry(
              SQLConf.OPTIMIZER_EXCLUDED_RULES().key(), ConvertToLocalRelation$.MODULE$.ruleName()),
          // Rows are compressed when they are shuffled, and no measure of what they are in memory.
          Map.entry(SQLConf.ADAPTIVE_AUTO_BROADCASTJOIN_THRESHOLD().key(), "-1"),
          // Rows that are sorted by person are added up as they stream by, without a table of all
          // people.
          Map.entry(SQLConf.REPLACE_HASH_WITH_SORT_AGG_ENABLED().key(), "true"),
          Map.entry(SQLConf.TOP_K_SORT_FALLBACK_THRESHOLD().key(), TOP_ROWS),
          Map.entry(SQLConf.WINDOW_EXEC_BUFFER_SIZE_SPILL_THRESHOLD().key(), BUFFERED_BYTES),
          Map.entry(
              SQLConf.CARTESIAN_PRODUCT_EXEC_BUFFER_SIZE_SPILL_THRESHOLD().key(), BUFFERED_BYTES),
          Map.entry(
              SQLConf.SORT_MERGE_JOIN_EXEC_BUFFER_SIZE_SPILL_THRESHOLD().key(), BUFFERED_BYTES),
          Map.entry(
              SQLConf.SORT_MERGE_JOIN_EXEC_BUFFER_IN_MEMORY_THRESHOLD().key(), BUFFERED_ROWS));

  private ChamberConfs() {}

  static void set(SparkSession session) {
    VALUES.forEach((key, value) -> session.conf().set(key, value));
  }

  /** Sorted limits of rows that are wide keep one. */
  static void setForWideRows(SparkSession session) {
    set(session);
    session.conf().set(SQLConf.TOP_K_SORT_FALLBACK_THRESHOLD().key(), "1");
  }
}
