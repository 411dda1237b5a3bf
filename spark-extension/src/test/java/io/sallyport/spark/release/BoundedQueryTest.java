package io.sallyport.spark.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.spark.NoisyPlans;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.label.ReleasePoint;
import io.sallyport.spark.noise.BoundedQuery;
import io.sallyport.spark.noise.NoiseAssessment;
import io.sallyport.spark.noise.NoiseReading;
import io.sallyport.spark.noise.NoisyPoint;
import io.sallyport.spark.seal.SealRules;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BoundedQueryTest {

  @RegisterExtension static final NoisyPlans plans = new NoisyPlans();

  private static Chamber chamber;
  private static SparkSession internal;

  @BeforeAll
  static void open() {
    internal = SealRules.internalSessions().open(plans.session());
    chamber = new Chamber(internal);
  }

  /** Up to 64 groups are kept in one pass, more are ranked; here nobody has so many. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT unit_of_care, count(*), sum(days), avg(days) FROM loud.stays GROUP BY 1",
        "SELECT unit_of_care, stay_id, count(*) FROM loud.stays GROUP BY ROLLUP(unit_of_care, stay_id)",
        "SELECT ward, unit_of_care, count(*), sum(days) FROM loud.patients p JOIN loud.stays s"
            + " ON p.patient_id = s.patient_id GROUP BY ward, unit_of_care",
        "SELECT name, count(*), stddev(age) FROM loud.patients GROUP BY name",
      })
  void bothWaysOfKeepingGroups_addUpTheSame(String question) {
    NoisyPoint point = point(question);
    CarriedPlan input = CarryUnits.through(point.point().aggregate().child());
    for (long seed = 0; seed < 5; seed++) {
      SmallDatabase database = new SmallDatabase(seed);

      assertThat(vectors(point, input, database, 64))
          .isEqualTo(vectors(point, input, database, 200))
          .isNotEmpty();
    }
  }

  /** One exchange by person and one by key, and no table of all people. */
  @Test
  void groupsAreKept_asRowsStreamBy() {
    NoisyPoint point = point("SELECT unit_of_care, count(*), sum(days) FROM loud.stays GROUP BY 1");
    CarriedPlan input = CarryUnits.through(point.point().aggregate().child());
    LogicalPlan plan = new SmallDatabase(1).in(query(point, input, 5), person -> true);

    internal.conf().set("spark.sql.shuffle.partitions", 2);
    String physical =
        chamber.inSession(
            () -> Dataset.ofRows(internal, plan).queryExecution().executedPlan().toString());

    assertThat(physical.split("Exchange", -1)).hasSize(3);
    assertThat(physical)
        .contains("SortAggregate(key=[person")
        .doesNotContain("ObjectHashAggregate");
  }

  /** Where a row is a person, as many numbers are added up as plain Spark does. */
  @Test
  void rowsThatArePeople_areAddedUpAsTheyAre() {
    NoisyPoint point = point("SELECT name, count(*), sum(age), avg(age) FROM loud.each GROUP BY 1");
    CarriedPlan input = CarryUnits.through(point.point().aggregate().child());
    LogicalPlan query =
        new BoundedQuery(point, ContributionBounds.SINGLE, 42).plan(input.plan(), input.units());
    LogicalPlan plan = new SmallDatabase(1).in(query, person -> true);

    String physical =
        chamber.inSession(
            () -> Dataset.ofRows(internal, plan).queryExecution().executedPlan().toString());

    assertThat(physical)
        .containsPattern(
            "functions=\\[partial_count\\(1\\), partial_sum\\([^ ]*\\), partial_count\\([^ ]*\\),"
                + " partial_sum\\([^ ]*\\)]")
        .doesNotContain("shiftright");
  }

  private static Map<InternalRow, List<BigInteger>> vectors(
      NoisyPoint point, CarriedPlan input, SmallDatabase database, long groups) {
    return NoiseReading.vectors(
        chamber.run(database.in(query(point, input, groups), person -> true)),
        point,
        List.copyOf(input.units().keySet()));
  }

  private static LogicalPlan query(NoisyPoint point, CarriedPlan input, long groups) {
    return new BoundedQuery(point, new ContributionBounds(groups, 3), 42)
        .plan(input.plan(), input.units());
  }

  private static NoisyPoint point(String question) {
    List<ReleasePoint> points = PlanLabels.of(plans.admitted(question)).releasePoints();
    return NoiseAssessment.of(points.get(points.size() - 1)).noisy().orElseThrow();
  }
}
