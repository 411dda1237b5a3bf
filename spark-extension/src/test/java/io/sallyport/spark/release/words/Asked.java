package io.sallyport.spark.release.words;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.FrameSource;
import io.sallyport.policy.settings.Settings;
import io.sallyport.spark.PinnedConfs;
import io.sallyport.spark.admission.Analysis;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.FrameTable;
import io.sallyport.spark.seal.SealedFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;

/** SQL about a hospital's sealed tables, analysed and never run. */
final class Asked implements AutoCloseable {

  private final SparkSession spark;
  private final Map<String, FrameTable> tables = new HashMap<>();

  Asked(Path directory) throws IOException {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[1]")
            .setAppName("words")
            .set("spark.ui.enabled", "false")
            .set("spark.sql.warehouse.dir", directory.resolve("warehouse").toString());
    PinnedConfs.values().forEach(conf::set);
    spark = new SparkSession.Builder().config(conf).getOrCreate();
    Path principals =
        Files.writeString(
            directory.resolve("principals.yaml"),
            "principals:\n  - {name: olga, role: owner, token-sha256: '%064x'}\n".formatted(1));
    Map<String, String> keys = new HashMap<>();
    keys.put("spark.sallyport.principals", principals.toString());
    for (String frame : new String[] {"stays", "patients"}) {
      keys.put("spark.sallyport.frame." + frame + ".table", "raw_" + frame);
      keys.put("spark.sallyport.frame." + frame + ".privacy-unit", "patient_id");
    }
    for (Frame frame : Settings.load(keys).policies().frames()) {
      StructType schema = StructType.fromDDL(schema(frame.name().value()));
      tables.put(
          frame.name().value(),
          new FrameTable(frame.name(), frame.source(), schema, Optional.of(frame)));
    }
    tables.put(
        "wards",
        new FrameTable(
            FrameName.of("wards"),
            new FrameSource.Table("wards"),
            StructType.fromDDL("ward STRING, title STRING"),
            Optional.empty()));
  }

  private static String schema(String frame) {
    return frame.equals("stays")
        ? "stay_id BIGINT, patient_id BIGINT, ward STRING, days INT, admitted TIMESTAMP"
        : "patient_id BIGINT, name STRING, age INT, born DATE, cost DECIMAL(10,2), `odd name` INT";
  }

  LogicalPlan plan(String sql) {
    LogicalPlan parsed = Analysis.build(() -> parse(sql));
    LogicalPlan sealed =
        Scala.rewriteUpWithSubqueries(
            parsed,
            node ->
                node instanceof UnresolvedRelation relation
                        && tables.containsKey(relation.tableName())
                    ? SealedFrame.of(tables.get(relation.tableName()))
                    : node);
    return Analysis.analyse(spark, sealed);
  }

  private LogicalPlan parse(String sql) {
    try {
      return spark.sessionState().sqlParser().parsePlan(sql);
    } catch (Exception e) { // ParseException is checked, and Scala does not declare it
      throw new IllegalArgumentException(sql, e);
    }
  }

  String inWords(String sql) {
    return PlanSteps.of(plan(sql));
  }

  @Override
  public void close() {
    spark.stop();
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
  }
}
