package io.sallyport.spark.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.FrameSource;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.settings.Settings;
import io.sallyport.spark.PinnedConfs;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.SallyportExtensions;
import io.sallyport.spark.scala.Scala;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.physical.UnknownPartitioning;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last lock alone: whatever the other doors let through, governed rows do not run. */
final class SealGuardTest {

  @TempDir static Path directory;
  private static SparkSession base;
  private static SparkSession internal;
  private static PolicySet policies;

  @BeforeAll
  static void start() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[1]")
            .setAppName("seal")
            .set("spark.ui.enabled", "false")
            .set("spark.sql.warehouse.dir", directory.resolve("warehouse").toString())
            .set("spark.sql.extensions", SallyportExtensions.class.getName());
    PinnedConfs.values().forEach(conf::set);
    base = new SparkSession.Builder().config(conf).getOrCreate();
    internal = SealRules.internalSessions().open(base);
    internal.sql(
        "CREATE TABLE secret USING parquet AS SELECT id, concat('x', id) AS v FROM range(5)");
    internal.sql("CREATE VIEW secret_view AS SELECT v FROM secret");
    internal.range(3).write().parquet(files());
    policies = policies();
    SealRules.frames().are(List.copyOf(policies.frames()), policies.version());
  }

  private static String files() {
    return directory.resolve("files.parquet").toString();
  }

  private static PolicySet policies() {
    return Settings.load(
            Map.of(
                "spark.sallyport.frame.clinic.secrets.table", "secret",
                "spark.sallyport.frame.clinic.secrets.privacy-unit", "id",
                "spark.sallyport.frame.clinic.secrets.automatic", "aggregation(12)",
                "spark.sallyport.frame.clinic.files.path", files(),
                "spark.sallyport.frame.clinic.files.format", "parquet",
                "spark.sallyport.frame.clinic.files.privacy-unit", "id"))
        .policies();
  }

  @AfterAll
  static void stop() {
    base.stop();
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM secret",
        "SELECT count(*) FROM secret",
        "SELECT max(v) FROM secret WHERE id > 2",
        "SELECT (SELECT max(v) FROM secret) AS v",
        "SELECT 1 WHERE EXISTS (SELECT * FROM secret WHERE id = 1)",
        "SELECT id FROM range(3) WHERE id IN (SELECT id FROM secret)",
        "WITH s AS (SELECT * FROM secret) SELECT a.v FROM s a JOIN s b ON a.id = b.id",
        "SHOW TABLES",
        "DESCRIBE EXTENDED secret",
        "SELECT * FROM secret PIVOT (count(*) FOR v IN ('x1'))"
      })
  void rawTable_inAnAnalystsSession_doesNotRun(String sql) {
    assertThatThrownBy(() -> base.newSession().sql(sql).collectAsList())
        .isInstanceOf(RefusedException.class);
  }

  /** By whatever road: here Spark's own SQL, views, files and a job's reader. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM secret",
        "SELECT count(*) FROM secret",
        "WITH s AS (SELECT * FROM secret) SELECT a.v FROM s a JOIN s b ON a.id = b.id",
        "SELECT id FROM range(3) WHERE id IN (SELECT id FROM secret)",
        "SELECT (SELECT max(v) FROM secret) AS v",
        "SELECT v FROM secret_view",
      })
  void frame_byAnotherRoad_isRefusedAtAnalysis_withItsTermsAndWhatWouldPass(String sql) {
    assertThatThrownBy(() -> base.newSession().sql(sql))
        .hasMessageContaining("[SALLYPORT.RAW_OUTPUT] Rows of frame clinic.secrets")
        .hasMessageContaining("automatic = aggregation(12)")
        .hasMessageContaining("policy version " + policies.version())
        .hasMessageContaining("What would pass: an aggregate that the frame's policy releases");
  }

  @Test
  void files_ofAFrame_areRefusedAtAnalysis_andOthersToo() {
    assertThatThrownBy(() -> base.newSession().read().parquet(files()).count())
        .hasMessageContaining("Rows of frame clinic.files");
    String other = directory.resolve("other.parquet").toString();
    internal.range(3).write().parquet(other);
    assertThatThrownBy(() -> base.newSession().read().parquet(other).count())
        .hasMessageContaining("A relation that no policy covers")
        .hasMessageContaining(policies.version());
  }

  /** What the gate puts in front of Spark, and what leaves the chamber, is analysed as ever. */
  @Test
  void sealedLeavesAndTheChambersPlans_areAnalysed_asOftenAsSparkLikes() {
    SparkSession analyst = base.newSession();
    LogicalPlan leaf = SealedFrame.of(table());
    Dataset<?> counted = Dataset.ofRows(analyst, leaf).groupBy("v").count();
    LogicalPlan again = Dataset.ofRows(analyst, counted.logicalPlan()).logicalPlan();
    assertThat(again.fastEquals(counted.logicalPlan())).isTrue();
    assertThat(internal.sql("SELECT count(*) FROM secret").collectAsList()).hasToString("[[5]]");
    assertThat(analyst.sql("WITH r AS (SELECT id FROM range(3)) SELECT * FROM r, r q").columns())
        .hasSize(2);
  }

  @Test
  void rawTable_afterTheChamberReadIt_doesNotRun() {
    assertThat(internal.sql("SELECT * FROM secret").collectAsList()).hasSize(5);
    assertThatThrownBy(() -> base.newSession().sql("SELECT * FROM secret").collectAsList())
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void conf_thatExcludesRulesOrSwitchesAnalyzers_doesNotOpenTheSeal() {
    SparkSession hostile = base.newSession();
    hostile.conf().set("spark.sql.optimizer.excludedRules", SealGuard.class.getName());
    hostile.conf().set("spark.sql.analyzer.singlePassResolver.enabledTentatively", "true");
    hostile
        .conf()
        .set("spark.sql.analyzer.singlePassResolver.runExtendedResolutionChecks", "false");
    assertThatThrownBy(() -> hostile.sql("SELECT * FROM secret").collectAsList())
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void eagerOperators_onASealedLeaf_doNotRun() {
    LogicalPlan leaf = SealedFrame.of(table());
    SparkSession analyst = base.newSession();
    Dataset<?> rows = Dataset.ofRows(analyst, leaf);
    assertThatThrownBy(() -> rows.showString(5, 20, false)).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> rows.transpose().collectAsList()).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> rows.groupBy("v").pivot("v").count())
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> rows.stat().crosstab("v", "v")).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> rows.stat().approxQuantile("id", new double[] {0.5}, 0.1))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> rows.rdd().count()).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> rows.persist().count()).isInstanceOf(RefusedException.class);
  }

  /** Only relations of rows that were kept are let through, and by their class. */
  @Test
  void rowsOfTheChamber_inAnAnalystsPlan_doNotRun() {
    LogicalPlan raw =
        new LogicalRDD(
            internal.table("secret").logicalPlan().output(),
            internal.table("secret").queryExecution().toRdd(),
            new UnknownPartitioning(0),
            Scala.noElements(),
            false,
            Scala.none(),
            internal,
            Scala.none(),
            Scala.none());

    assertThat(Dataset.ofRows(internal, raw).collectAsList()).hasSize(5);
    assertThatThrownBy(() -> Dataset.ofRows(base.newSession(), raw).collectAsList())
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void harmlessPlans_run() {
    assertThat(base.newSession().sql("SELECT sum(id) FROM range(10)").collectAsList())
        .hasToString("[[45]]");
    assertThat(base.newSession().sql("SELECT * FROM VALUES (1), (2)").collectAsList()).hasSize(2);
  }

  @Test
  void selfTest_withoutTheExtension_saysWhichLineIsMissing() {
    assertThatThrownBy(() -> SealTest.requireSealed(internal))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("spark.sql.extensions=io.sallyport.spark.SallyportExtensions");
    SealTest.requireSealed(base.newSession());
  }

  private static FrameTable table() {
    return new FrameTable(
        FrameName.of("secret"),
        new FrameSource.Table("secret"),
        new StructType().add("id", "bigint").add("v", "string"),
        Optional.empty());
  }

  @Test
  void leaves_ofOneFrame_haveColumnsOfTheirOwn() {
    SealedFrame leaf = SealedFrame.of(table());
    LogicalPlan other = leaf.newInstance();
    assertThat(List.of(leaf.output().head().exprId()))
        .doesNotContain(other.output().head().exprId());
  }
}
