package io.sallyport.spark.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.spark.NoisyPlans;
import io.sallyport.spark.seal.SealRules;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Statistics that are looked at on the driver are never more than its heap has room for. */
final class ChamberBoundsTest {

  private static final ResultBound HELD = new ResultBound(1_000, 100_000);

  @RegisterExtension static final NoisyPlans plans = new NoisyPlans();

  private static SparkSession internal;
  private static Chamber chamber;

  @BeforeAll
  static void open() {
    internal = SealRules.internalSessions().open(plans.session());
    chamber = new Chamber(internal, 1_000_000, HELD);
  }

  @Test
  void asManyAsThereIsRoomFor_areReturned_inTheirOrder() {
    assertThat(chamber.run(range(1_000))).hasSize(1_000);
    assertThat(chamber.run(range(50)).get(49).getLong(0)).isEqualTo(49);
  }

  @Test
  void more_areNone() {
    assertThatThrownBy(() -> chamber.run(range(1_001))).isInstanceOf(TooManyCellsException.class);
    assertThatThrownBy(() -> chamber.run(range(10_000_000)))
        .isInstanceOf(TooManyCellsException.class);
  }

  @Test
  void moreBytes_areNone() {
    LogicalPlan wide = internal.range(900).selectExpr("repeat('x', 500) AS x").logicalPlan();
    assertThatThrownBy(() -> chamber.run(wide)).isInstanceOf(TooManyCellsException.class);
    assertThat(internal.sparkContext().statusTracker().getActiveJobIds()).isEmpty();
  }

  private static LogicalPlan range(long rows) {
    return internal.range(rows).logicalPlan();
  }
}
