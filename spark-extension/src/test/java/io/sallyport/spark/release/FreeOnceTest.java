package io.sallyport.spark.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.FrameSource;
import io.sallyport.spark.NoisyPlans;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.seal.FrameRelations;
import io.sallyport.spark.seal.FrameTable;
import io.sallyport.spark.seal.SealRules;
import io.sallyport.spark.seal.SealedFrame;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run might choose anew is read once; the rest stays a plan. */
final class FreeOnceTest {

  @RegisterExtension static final NoisyPlans plans = new NoisyPlans();

  private static SparkSession session;

  @BeforeAll
  static void open() {
    session = SealRules.internalSessions().open(plans.session());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id + 1 AS a FROM (SELECT id FROM range(20) LIMIT 7)",
        "SELECT id AS a FROM range(20) ORDER BY id % 3 LIMIT 7",
        "SELECT a FROM (SELECT id AS a, row_number() OVER (ORDER BY id % 2) AS n FROM range(20))"
            + " WHERE n <= 7",
        "SELECT first(id) AS a FROM range(20) GROUP BY id % 7",
        "SELECT a.id AS a FROM range(20) a JOIN (SELECT id FROM range(20) LIMIT 7) b ON a.id = b.id",
      })
  void whatARunMayChoose_isRowsInPlace(String sql) {
    LogicalPlan plan = plan(sql);

    LogicalPlan once = once(1000).in(plan);

    assertThat(once.toString())
        .contains("LocalRelation")
        .doesNotContain("Limit", "Window", "first");
    assertThat(once.output()).isEqualTo(plan.output());
    assertThat(Dataset.ofRows(session, once).count()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a.id + 1 AS a FROM range(20) a JOIN range(20) b ON a.id = b.id WHERE a.id > 3",
        "SELECT DISTINCT id % 3 AS a FROM range(20) UNION SELECT 4",
        "SELECT id AS a FROM range(20) GROUP BY id",
      })
  void whatIsTheSameEachTime_staysAPlan(String sql) {
    LogicalPlan plan = plan(sql);

    assertThat(once(1).in(plan)).isEqualTo(plan);
  }

  /** A public table is sealed as a frame is, but nobody's. */
  @Test
  void aPublicTable_isReadOnceToo() {
    session.range(20).write().mode("overwrite").saveAsTable("numbers");
    FrameTable numbers =
        new FrameTable(
            FrameName.of("numbers"),
            new FrameSource.Table("numbers"),
            StructType.fromDDL("id BIGINT"),
            Optional.empty());
    Literal seven = new Literal(7, DataTypes.IntegerType);
    LogicalPlan plan = new GlobalLimit(seven, new LocalLimit(seven, SealedFrame.of(numbers)));

    LogicalPlan once = once(1000).in(plan);

    assertThat(once.toString()).contains("LocalRelation").doesNotContain("Limit");
    assertThat(once.output()).isEqualTo(plan.output());
    assertThat(Dataset.ofRows(session, once).count()).isEqualTo(7);
  }

  @Test
  void moreThanTheOperatorAllows_isRefused() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> once(6).in(plan("SELECT id FROM range(20) LIMIT 7")))
        .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.LIMIT_EXCEEDED));
  }

  private static LogicalPlan plan(String sql) {
    return session.sql(sql).queryExecution().analyzed();
  }

  private static FreeOnce once(int rows) {
    return new FreeOnce(
        new FreeRows(new Chamber(session), new ResultBound(rows, 1_000_000)),
        new Unseal(new FrameRelations(session)));
  }
}
