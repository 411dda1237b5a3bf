package io.sallyport.spark.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.sampling.ReleaseSecret;
import io.sallyport.policy.decision.NoiseTerms;
import io.sallyport.spark.NoisyPlans;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.noise.BoundedQuery;
import io.sallyport.spark.noise.Calibration;
import io.sallyport.spark.noise.KeyedGroups;
import io.sallyport.spark.noise.NoiseAssessment;
import io.sallyport.spark.noise.NoisyGroups;
import io.sallyport.spark.noise.NoisyPoint;
import io.sallyport.spark.noise.RecordedGroup;
import io.sallyport.spark.noise.WholeGroups;
import io.sallyport.spark.rows.KeptRows;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.FrameRelations;
import io.sallyport.spark.seal.SealRules;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A release whose tasks are repeated, lost or laid out anew is the same release, bit for bit. */
final class KeyedReleaseTest {

  private static final String QUESTION =
      "SELECT stay_id % 40 AS k, count(*) AS n, sum(days) AS s, median(days) AS m, count(DISTINCT"
          + " days) AS d FROM loud.stays GROUP BY stay_id % 40";
  private static final int ALL = 1_000_000;

  @RegisterExtension
  static final NoisyPlans plans =
      new NoisyPlans(Map.of("spark.master", "local[2,4]", "spark.sql.shuffle.partitions", "3"));

  private static SparkSession session;
  private static NoisyPoint point;
  private static Calibration calibration;
  private static CarriedPlan input;
  private static LogicalPlan whole;
  private static List<Attribute> columns;

  @BeforeAll
  static void open() {
    session = SealRules.internalSessions().open(plans.session());
    point =
        NoiseAssessment.of(PlanLabels.of(plans.admitted(QUESTION)).releasePoints().get(0))
            .noisy()
            .orElseThrow();
    calibration =
        Calibration.of(
            point, new NoiseTerms(Epsilon.of("20"), new Delta(new BigDecimal("0.01")), 4, 4), 0);
    input = CarryUnits.through(point.point().aggregate().child());
    BoundedQuery query = new BoundedQuery(point, calibration.bounds(), 7);
    LogicalPlan sums = query.plan(input.plan(), input.units());
    List<LogicalPlan> values =
        point.valueQueries(calibration.bounds(), 7).stream()
            .map(counted -> counted.plan(input.plan(), input.units()))
            .toList();
    LogicalPlan plan = new WholeGroups(point, sums, values).plan();
    whole = new Unseal(new FrameRelations(session)).in(plan);
    columns =
        RecordedGroup.columns(Scala.<Attribute>list(point.point().aggregate().output()), point);
  }

  @Test
  void oneSecret_oneRelease_howeverOftenItIsCollected_andHoweverItIsLaidOut() {
    KeyedGroups keyed = keyed();
    List<UnsafeRow> once = released(1_000, keyed);
    session.conf().set("spark.sql.shuffle.partitions", "7");
    session.conf().set("spark.sql.adaptive.enabled", "false");
    List<UnsafeRow> otherwise = released(1_000, keyed);
    session.conf().unset("spark.sql.adaptive.enabled");
    session.conf().set("spark.sql.shuffle.partitions", "3");

    assertThat(once).hasSizeGreaterThan(3).isEqualTo(otherwise);
    assertThat(released(1_000, keyed())).isNotEqualTo(once);
  }

  /** Every first attempt fails, after it has drawn; the second attempt draws the same. */
  @Test
  void lostTasks_drawTheSameAgain() {
    KeyedGroups keyed = keyed();

    assertThat(released(1_000, new LosesFirstAttempts(keyed))).isEqualTo(released(1_000, keyed));
  }

  /** Sorted by Spark and kept in its block store, sampled for that and computed anew. */
  @Test
  void manyRows_areThoseThatFewWouldBe() {
    KeyedGroups keyed = keyed();
    List<UnsafeRow> few = released(1_000, keyed);
    List<UnsafeRow> many = released(2, new LosesFirstAttempts(keyed));

    assertThat(KeptRows.areMany(few)).isFalse();
    assertThat(KeptRows.areMany(many)).isTrue();
    assertThat(many).isEqualTo(few);
  }

  @Test
  void moreRowsThanAllowed_areNone_fewOrMany() {
    KeyedGroups keyed = keyed();
    int size = released(1_000, keyed).size();
    for (long held : List.of(1_000L, 2L)) {
      Chamber chamber = new Chamber(session, held);
      assertThat(chamber.runSorted(whole, keyed, columns, size - 1)).isEqualTo(Optional.empty());
      assertThat(chamber.runSorted(whole, keyed, columns, size)).isPresent();
    }
  }

  private static List<UnsafeRow> released(
      long held, FlatMapFunction<Iterator<InternalRow>, InternalRow> each) {
    return new Chamber(session, held).runSorted(whole, each, columns, ALL).orElseThrow();
  }

  private static KeyedGroups keyed() {
    return new NoisyGroups(point, calibration, List.copyOf(input.units().keySet()), Map.of())
        .keyed(ReleaseSecret.draw());
  }

  /** Every task draws what it has to, and then its machine is lost, for the first time. */
  private record LosesFirstAttempts(KeyedGroups keyed)
      implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {

    @Override
    public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
      Iterator<InternalRow> released = keyed.call(rows);
      if (TaskContext.get().attemptNumber() == 0) {
        released.forEachRemaining(row -> {});
        throw new IllegalStateException("This attempt is lost");
      }
      return released;
    }
  }
}
