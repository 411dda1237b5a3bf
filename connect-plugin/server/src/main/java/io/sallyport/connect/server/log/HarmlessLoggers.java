package io.sallyport.connect.server.log;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.logging.log4j.Level;

/**
 * The loggers that say nothing at level INFO and above, or from WARN on, that could quote a
 * literal, a row or a token. They were looked at one by one; every other logger is quiet from INFO
 * on, because its texts are made of plans ({@code FileSourceStrategy}), of partition values ({@code
 * FileScanRDD}), of code with literals in it ({@code CodeGenerator}) or of what tasks failed of
 * ({@code TaskSetManager}, {@code DAGScheduler}, {@code Executor}), or because nobody knows. Safe
 * for threads.
 */
final class HarmlessLoggers {

  private static final Map<String, Level> LISTED =
      Map.ofEntries(
          Map.entry("io.sallyport", Level.INFO),
          // Of the plugin jar's own libraries, this one may quote statements.
          Map.entry("io.sallyport.shaded.postgresql", Level.OFF),
          Map.entry("com.zaxxer.hikari", Level.INFO),
          Map.entry("org.flywaydb.core", Level.INFO),
          Map.entry("org.apache.spark.SparkContext", Level.INFO),
          Map.entry("org.apache.spark.SparkEnv", Level.INFO),
          Map.entry("org.apache.spark.SecurityManager", Level.INFO),
          Map.entry("org.apache.spark.deploy", Level.INFO),
          Map.entry("org.apache.spark.resource", Level.INFO),
          Map.entry("org.apache.spark.ui", Level.INFO),
          Map.entry("org.apache.spark.util.ShutdownHookManager", Level.INFO),
          Map.entry("org.apache.spark.scheduler.cluster", Level.INFO),
          Map.entry("org.apache.spark.executor.CoarseGrainedExecutorBackend", Level.INFO),
          Map.entry("org.apache.spark.sql.connect.service.SparkConnectServer", Level.INFO),
          Map.entry("org.apache.spark.internal.plugin", Level.WARN),
          // Of stages that are called off it says why, which is what a task failed of.
          Map.entry("org.apache.spark.scheduler.TaskSchedulerImpl", Level.WARN),
          Map.entry("org.apache.spark.storage.BlockManagerMasterEndpoint", Level.WARN),
          Map.entry("org.apache.hadoop.util.NativeCodeLoader", Level.WARN));

  private final Map<String, Level> known;
  private final Map<String, Level> seen = new ConcurrentHashMap<>();

  /**
   * Those, and what an operator adds.
   *
   * @param further names, or beginnings of names
   */
  HarmlessLoggers(List<String> further) {
    Map<String, Level> all = new HashMap<>(LISTED);
    further.forEach(name -> all.put(name, Level.INFO));
    this.known = Map.copyOf(all);
  }

  /** Whether what the logger says at this level may be logged. What is below INFO is not judged. */
  boolean mayLog(String logger, Level level) {
    return level.isLessSpecificThan(Level.DEBUG)
        || level.isMoreSpecificThan(seen.computeIfAbsent(logger, this::least));
  }

  private Level least(String logger) {
    String name = logger;
    while (!name.isEmpty()) {
      Level level = known.get(name);
      if (level != null) {
        return level;
      }
      name = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
    return Level.OFF;
  }
}
