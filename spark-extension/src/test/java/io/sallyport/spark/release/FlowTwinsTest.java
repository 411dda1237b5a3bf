package io.sallyport.spark.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.policy.decision.NoiseTerms;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.NoisyPlans;
import io.sallyport.spark.label.LabelFlows;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.label.ReleasePoint;
import io.sallyport.spark.label.RowLabel;
import io.sallyport.spark.noise.BoundedQuery;
import io.sallyport.spark.noise.Calibration;
import io.sallyport.spark.noise.NoiseAssessment;
import io.sallyport.spark.noise.NoisyPoint;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealRules;
import io.sallyport.spark.seal.SealedFrame;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For each flow of labels a twin with a mistake planted in it: it takes whatever column is called
 * after the person for the person, or each person's rows for one. On a question where that is wrong
 * the replay finds each of them out.
 */
final class FlowTwinsTest {

  private static final int TRIES = 60;

  /** Two people's data in one row, which has the name of one of them. */
  private static final String OF_TWO =
      "(SELECT p.patient_id, s.unit_of_care AS care, s.days AS d FROM loud.patients p JOIN"
          + " loud.stays s ON p.ward = s.days)";

  /**
   * A question on which a mistaken flow tells.
   *
   * @param oneRow whether the mistake is to take each person's rows for one
   */
  private record Twin(String question, boolean oneRow, UnaryOperator<LogicalPlan> rewrite) {}

  private static final Map<Class<?>, Twin> TWINS = new HashMap<>();

  static {
    rowsForOne(SealedFrame.class, "SELECT days, count(*) FROM loud.stays GROUP BY days");
    rowsForOne(
        Generate.class,
        "SELECT ward, count(*) FROM (SELECT patient_id, ward, explode(array(1, 2)) FROM loud.each)"
            + " GROUP BY ward");
    rowsForOne(
        Expand.class,
        "SELECT ward, count(*) FROM (SELECT patient_id, ward, v FROM loud.each UNPIVOT (v"
            + " FOR n IN (age, cost))) GROUP BY ward");
    String values = fromOthers("(VALUES (1L), (2L), (3L), (4L)) AS r(patient_id)");
    another(LocalRelation.class, values);
    TWINS.put(Range.class, new Twin(values, false, FlowTwinsTest::withRange));
    another(OneRowRelation.class, fromOthers("(SELECT 1L AS patient_id) r"));
    another(
        Project.class,
        "SELECT care, count(*) FROM (SELECT stay_id AS patient_id, unit_of_care AS care FROM"
            + " loud.stays) GROUP BY care");
    another(Join.class, "SELECT care, count(*) FROM " + OF_TWO + " GROUP BY care");
    another(SubqueryAlias.class, "SELECT care, count(*) FROM " + OF_TWO + " AS t GROUP BY care");
    another(
        Filter.class,
        "SELECT care, count(*) FROM (SELECT * FROM " + OF_TWO + " WHERE d >= 0) GROUP BY care");
    another(
        Sort.class,
        "SELECT care, count(*) FROM (SELECT * FROM " + OF_TWO + " ORDER BY d, care) GROUP BY care");
    another(
        Union.class,
        "SELECT g, count(*) FROM (SELECT patient_id, ward AS g FROM loud.patients UNION ALL SELECT"
            + " stay_id, days FROM loud.stays) GROUP BY g");
    another(
        Aggregate.class,
        "SELECT g, count(*) FROM (SELECT max(patient_id) AS patient_id, ward AS g FROM"
            + " loud.patients GROUP BY ward, age) GROUP BY g");
    another(
        Window.class,
        "SELECT r, count(*) FROM (SELECT patient_id, row_number() OVER (ORDER BY days, stay_id) AS"
            + " r FROM loud.stays) GROUP BY r");
    another(GlobalLimit.class, ofFirstRows("LIMIT 4"));
    another(LocalLimit.class, ofFirstRows("LIMIT 4"));
    another(Offset.class, ofFirstRows("OFFSET 3"));
    another(
        Sample.class,
        "SELECT care, count(*) FROM (SELECT patient_id, unit_of_care AS care FROM loud.stays"
            + " TABLESAMPLE (50 PERCENT) REPEATABLE (7)) GROUP BY care");
    TWINS.put(
        Distinct.class,
        new Twin(
            "SELECT care, count(*) FROM (SELECT max(patient_id) OVER (PARTITION BY unit_of_care,"
                + " days) AS patient_id, unit_of_care AS care, days FROM loud.stays) AS t GROUP BY"
                + " care",
            false,
            FlowTwinsTest::withDistinct));
    TWINS.put(
        Deduplicate.class,
        new Twin(
            "SELECT care, count(*) FROM (SELECT patient_id, unit_of_care AS care, days FROM"
                + " loud.stays) AS t GROUP BY care",
            false,
            FlowTwinsTest::withoutDuplicates));
  }

  @RegisterExtension static final NoisyPlans plans = new NoisyPlans();

  private static NeighbourReplay replay;

  private static void another(Class<?> operator, String question) {
    TWINS.put(operator, new Twin(question, false, UnaryOperator.identity()));
  }

  private static void rowsForOne(Class<?> operator, String question) {
    TWINS.put(operator, new Twin(question, true, UnaryOperator.identity()));
  }

  /** The analyst's own rows, taken for people, with other people's data. */
  private static String fromOthers(String people) {
    return "SELECT days, count(*) FROM (SELECT r.patient_id, s.days FROM "
        + people
        + " CROSS JOIN loud.stays s) GROUP BY days";
  }

  private static String ofFirstRows(String which) {
    return "SELECT days, count(*) FROM (SELECT * FROM loud.stays ORDER BY stay_id, patient_id "
        + which
        + ") GROUP BY days";
  }

  /** One row of each place and number of days, whoever's it is. */
  /** Analysis makes groups of it. */
  private static LogicalPlan withDistinct(LogicalPlan plan) {
    return Scala.rewriteUp(
        plan,
        node ->
            node instanceof SubqueryAlias alias && alias.alias().equals("t")
                ? new Distinct(node)
                : node);
  }

  private static LogicalPlan withoutDuplicates(LogicalPlan plan) {
    return Scala.rewriteUp(
        plan,
        node -> {
          if (!(node instanceof SubqueryAlias alias && alias.alias().equals("t"))) {
            return node;
          }
          List<Attribute> columns = Scala.list(node.output());
          return new Deduplicate(Scala.seq(columns.subList(1, 3)), node);
        });
  }

  /** SQL has no range(); DataFrames do. */
  private static LogicalPlan withRange(LogicalPlan plan) {
    return Scala.rewriteUp(
        plan,
        node ->
            node instanceof LocalRelation local
                ? new Range(0, 4, 1, Scala.none(), local.output(), false)
                : node);
  }

  @BeforeAll
  static void open() {
    replay = new NeighbourReplay(new Chamber(SealRules.internalSessions().open(plans.session())));
  }

  static Stream<Class<?>> flows() {
    return LabelFlows.operators().stream();
  }

  @Test
  void everyFlow_hasATwin() {
    assertThat(TWINS.keySet()).isEqualTo(LabelFlows.operators());
  }

  @ParameterizedTest
  @MethodSource("flows")
  void aMistakeInIt_isFoundOut(Class<?> operator) {
    Twin twin = TWINS.get(operator);
    Aggregate aggregate = (Aggregate) twin.rewrite().apply(plans.admitted(twin.question()));
    assertThat(has(aggregate.child(), operator)).isTrue();
    NoisyPoint point = asIfOwned(aggregate, twin.oneRow());
    CarriedPlan input = byName(aggregate.child());
    NoiseTerms terms = new NoiseTerms(Epsilon.of("1"), new Delta(new BigDecimal("1e-6")), 1, 1);

    List<String> found = new ArrayList<>();
    for (long seed = 0; seed < TRIES && found.isEmpty(); seed++) {
      BoundedQuery query =
          new BoundedQuery(point, Calibration.of(point, terms, 0).bounds(), seed * 31 + 7);
      found.addAll(replay.violations(point, input, terms, query, seed));
    }

    assertThat(found).as(twin.question()).isNotEmpty();
  }

  private static boolean has(LogicalPlan plan, Class<?> operator) {
    return plan.getClass() == operator
        || Scala.children(plan).stream().anyMatch(child -> has(child, operator));
  }

  private static NoisyPoint asIfOwned(Aggregate aggregate, boolean oneRow) {
    List<ReleasePoint> points = PlanLabels.of(aggregate).releasePoints();
    ReleasePoint real = points.get(points.size() - 1);
    Set<FrameName> frames = PlanLabels.of(aggregate).root().sources();
    ReleasePoint forced =
        new ReleasePoint(
            aggregate,
            real.output(),
            new RowLabel.Owned(frames, Set.of(), false),
            real.objections());
    NoisyPoint honest = NoiseAssessment.of(forced).noisy().orElseThrow();
    return new NoisyPoint(
        forced,
        honest.statistics(),
        honest.values(),
        honest.estimators(),
        honest.publicKeys(),
        oneRow);
  }

  private static CarriedPlan byName(LogicalPlan plan) {
    FrameName frame = PlanLabels.of(plan).root().sources().iterator().next();
    Attribute person =
        Scala.<Attribute>list(plan.output()).stream()
            .filter(column -> column.name().equals(SmallDatabase.PERSON))
            .findFirst()
            .orElseThrow();
    return new CarriedPlan(plan, Map.of(frame, person));
  }
}
