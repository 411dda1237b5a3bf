package io.sallyport.connect.server.plugin;

import io.sallyport.connect.server.gate.SallyportInterceptor;
import io.sallyport.connect.server.relation.SallyportCommandPlugin;
import io.sallyport.connect.server.relation.SallyportRelationPlugin;
import io.sallyport.spark.PinnedConfs;
import io.sallyport.spark.SallyportExtensions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;

/**
 * Every line that a governed Spark conf has. What is absent is set; what is present and says
 * something else keeps the driver from starting, with the line that it must be.
 */
final class RequiredConfs {

  static final String PLUGINS_LINE = "spark.plugins=" + SallyportPlugin.class.getName();

  private static final String EXTENSIONS = "spark.sql.extensions";
  private static final String INTERCEPTORS = "spark.connect.grpc.interceptor.classes";

  /** Lists in which ours is the only entry: each further entry would be a road of its own. */
  private static final Map<String, String> ONLY_OURS =
      Map.of(
          EXTENSIONS,
          SallyportExtensions.class.getName(),
          "spark.connect.extensions.relation.classes",
          SallyportRelationPlugin.class.getName(),
          "spark.connect.extensions.command.classes",
          SallyportCommandPlugin.class.getName());

  /** Lists that stay empty: clients reach these classes by messages that are refused anyway. */
  private static final List<String> EMPTY =
      List.of(
          "spark.connect.extensions.expression.classes",
          "spark.connect.extensions.getStatus.classes",
          "spark.connect.ml.backend.classes");

  private static final Map<String, String> FIXED = fixed();

  private RequiredConfs() {}

  /**
   * Sets what is absent.
   *
   * @throws RefusedToStart naming each line that contradicts
   */
  static void complete(SparkConf conf) {
    List<String> problems = new ArrayList<>();
    ONLY_OURS.forEach((key, ours) -> requireValue(conf, key, ours, problems));
    FIXED.forEach((key, value) -> requireValue(conf, key, value, problems));
    EMPTY.forEach(key -> requireEmpty(conf, key, problems));
    requireOutermost(conf, problems);
    if (!problems.isEmpty()) {
      Collections.sort(problems);
      throw new RefusedToStart(
          "The Spark conf needs these lines changed:\n  " + String.join("\n  ", problems));
    }
  }

  private static void requireValue(
      SparkConf conf, String key, String value, List<String> problems) {
    if (!conf.contains(key)) {
      conf.set(key, value);
    } else if (!conf.get(key).trim().equalsIgnoreCase(value)) {
      problems.add(key + "=" + value + "   (another value is set)");
    }
  }

  private static void requireEmpty(SparkConf conf, String key, List<String> problems) {
    if (!conf.get(key, "").isBlank()) {
      problems.add(key + "=   (must be empty or absent)");
    }
  }

  /** gRPC runs the interceptor that was added last first. */
  private static void requireOutermost(SparkConf conf, List<String> problems) {
    String ours = SallyportInterceptor.class.getName();
    List<String> names =
        Arrays.stream(conf.get(INTERCEPTORS, "").split(",", -1))
            .map(String::trim)
            .filter(name -> !name.isEmpty())
            .toList();
    if (names.isEmpty()) {
      conf.set(INTERCEPTORS, ours);
    } else if (names.indexOf(ours) != names.size() - 1) {
      problems.add(
          INTERCEPTORS + "=...," + ours + "   (ours must be in the list, once and as the last)");
    }
  }

  private static Map<String, String> fixed() {
    Map<String, String> fixed = new TreeMap<>(PinnedConfs.values());
    // A plan that was resolved under an earlier verdict would be served again.
    fixed.put("spark.connect.session.planCache.maxSize", "0");
    fixed.put("spark.connect.session.planCache.enabled", "false");
    // Each principal has a pool of its own.
    fixed.put("spark.scheduler.mode", "FAIR");
    // Progress tells task counts and bytes read.
    fixed.put("spark.connect.progress.reportInterval", "-1");
    // Errors are kept and handed out in full otherwise.
    fixed.put("spark.sql.connect.enrichError.enabled", "false");
    fixed.put("spark.sql.connect.serverStacktrace.enabled", "false");
    fixed.put("spark.sql.pyspark.jvmStacktrace.enabled", "false");
    // A compressed plan cannot be looked at before Spark unpacks it.
    fixed.put("spark.connect.session.planCompression.threshold", "-1");
    // What nobody reattaches to holds its results, and its place, no longer.
    fixed.put("spark.connect.execute.manager.detachedTimeout", "60s");
    fixed.put("spark.connect.execute.manager.maintenanceInterval", "10s");
    // Reflection of the gRPC API.
    fixed.put("spark.connect.grpc.debug.enabled", "false");
    // Artifacts are refused; should one get in, not onto the driver's disk.
    fixed.put("spark.sql.artifact.copyFromLocalToFs.allowDestLocal", "false");
    // A class by name out of a schema string.
    fixed.put("spark.sql.udt.allowCreatingUDTFromString", "false");
    // Extensions from any jar on the classpath would be applied without being named.
    fixed.put("spark.sql.extensions.test.loadFromCp", "false");
    return Collections.unmodifiableMap(fixed);
  }
}
