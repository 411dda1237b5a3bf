package io.sallyport.spark.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.policy.decision.NoiseTerms;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.NoisyPlans;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.label.ReleasePoint;
import io.sallyport.spark.label.RowLabel;
import io.sallyport.spark.noise.BoundedQuery;
import io.sallyport.spark.noise.Calibration;
import io.sallyport.spark.noise.NoiseAssessment;
import io.sallyport.spark.noise.NoisyPoint;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealRules;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Removing a person moves the exact numbers behind a noisy answer by no more than their noise was
 * made for: measured, on random questions over random small databases. Each rule that this rests on
 * has a twin without it, and the replay finds the twin out.
 */
final class NeighbourReplayTest {

  private static final int TRIES = 40;

  @RegisterExtension static final NoisyPlans plans = new NoisyPlans();

  private static NeighbourReplay replay;

  @BeforeAll
  static void open() {
    replay = new NeighbourReplay(new Chamber(SealRules.internalSessions().open(plans.session())));
  }

  @Test
  void onePersonMovesNoAnswerFurtherThanDeclared() {
    assertHolds(0, 40, NoisyQuestions::new);
  }

  @Test
  void onePersonWithOneRow_movesNoAnswerFurtherThanDeclared() {
    assertHolds(0, 15, NoisyQuestions::ofSingleRows);
  }

  static LongStream slices() {
    return LongStream.range(10, 60).map(hundred -> 100 * hundred);
  }

  @ParameterizedTest
  @MethodSource("slices")
  @Tag("campaign")
  void onePersonMovesNoAnswerFurtherThanDeclared_campaign(long from) {
    assertHolds(from, from + 100, NoisyQuestions::new);
  }

  static LongStream slicesOfSingleRows() {
    return LongStream.range(10, 20).map(hundred -> 100 * hundred);
  }

  @ParameterizedTest
  @MethodSource("slicesOfSingleRows")
  @Tag("campaign")
  void onePersonWithOneRow_movesNoAnswerFurtherThanDeclared_campaign(long from) {
    assertHolds(from, from + 100, NoisyQuestions::ofSingleRows);
  }

  private static void assertHolds(long from, long to, LongFunction<NoisyQuestions> questions) {
    int replayed = 0;
    for (long seed = from; seed < to; seed++) {
      String question = questions.apply(seed).next();
      ReleasePoint point = point(question);
      NoiseAssessment assessment = NoiseAssessment.of(point);
      if (assessment.noisy().isPresent()) {
        List<String> violations =
            violations(assessment.noisy().get(), terms(seed), query -> query, seed);
        assertThat(violations).as("%d: %s", seed, question).isEmpty();
        replayed++;
      }
    }
    assertThat(replayed).as("questions that were answered").isGreaterThan((int) (to - from) / 2);
  }

  /**
   * The twins of bounding: it keeps one group more, or one row more, than is declared. Groups of
   * numbers with fractions are kept in another way ({@code SummedGroups}).
   */
  @ParameterizedTest
  @ValueSource(strings = {"days", "unit_of_care"})
  void boundingThatKeepsTooMuch_isFoundOut(String key) {
    UnaryOperator<BoundedQuery> oneGroupMore =
        q -> withBounds(q, q.bounds().groups() + 1, q.bounds().perGroup());
    UnaryOperator<BoundedQuery> oneRowMore =
        q -> withBounds(q, q.bounds().groups(), q.bounds().perGroup() + 1);
    for (UnaryOperator<BoundedQuery> twin : List.of(oneGroupMore, oneRowMore)) {
      String question = "SELECT %s, count(*), sum(days) FROM loud.stays GROUP BY 1".formatted(key);
      assertFoundOut(question, NoiseAssessment.of(point(question)).noisy().orElseThrow(), twin);
    }
  }

  /** The same for what is counted by value. */
  @ParameterizedTest
  @ValueSource(strings = {"median(days)", "count(DISTINCT stay_id)", "histogram_numeric(days, 4)"})
  void boundingOfValuesThatKeepsTooMuch_isFoundOut(String function) {
    UnaryOperator<BoundedQuery> oneGroupMore =
        q -> withBounds(q, q.bounds().groups() + 1, q.bounds().perGroup());
    UnaryOperator<BoundedQuery> oneRowMore =
        q -> withBounds(q, q.bounds().groups(), q.bounds().perGroup() + 1);
    for (UnaryOperator<BoundedQuery> twin : List.of(oneGroupMore, oneRowMore)) {
      String question =
          "SELECT unit_of_care, " + function + " FROM loud.stays GROUP BY unit_of_care";
      assertFoundOut(question, NoiseAssessment.of(point(question)).noisy().orElseThrow(), twin);
    }
  }

  /** More twins of labels than {@link FlowTwinsTest}'s: rows not one person's, taken for such. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM loud.patients p LEFT SEMI JOIN loud.stays s ON p.ward = s.days",
        "SELECT count(*) FROM loud.patients p LEFT ANTI JOIN loud.stays s ON p.ward = s.days",
        "SELECT count(*) FROM (SELECT ward, count(*) AS n FROM loud.patients GROUP BY ward)"
            + " WHERE n > 2",
      })
  void rowsOfSeveralPeople_takenForOnes_areFoundOut(String question) {
    ReleasePoint point = forced(question);
    NoisyPoint noisy = NoiseAssessment.of(point).noisy().orElseThrow();

    assertFoundOut(question, noisy, query -> query);
  }

  /** The twin of carrying units: another column is taken for the person. */
  @Test
  void anotherColumnTakenForThePerson_isFoundOut() {
    String question = "SELECT count(*), sum(age) FROM loud.patients";
    NoisyPoint noisy = NoiseAssessment.of(point(question)).noisy().orElseThrow();
    List<String> found = new ArrayList<>();
    for (long seed = 0; seed < TRIES && found.isEmpty(); seed++) {
      CarriedPlan input = CarryUnits.through(noisy.point().aggregate().child());
      Attribute team =
          Scala.<Attribute>list(input.plan().output()).stream()
              .filter(column -> column.name().equals("stay_id") || column.name().equals("team"))
              .findFirst()
              .orElseThrow();
      Map<FrameName, Attribute> wrong = new HashMap<>();
      input.units().keySet().forEach(frame -> wrong.put(frame, team));
      found.addAll(
          replay.violations(
              noisy,
              new CarriedPlan(input.plan(), wrong),
              terms(1, 1),
              query(noisy, terms(1, 1), seed),
              seed));
    }
    assertThat(found).isNotEmpty();
  }

  /** The twin of a key table: its rows that match nobody are counted as somebody's. */
  @Test
  void rowsThatMatchNobody_counted_areFoundOut() {
    String question =
        "SELECT w.ward, count(*) FROM wards w LEFT JOIN loud.patients p ON p.ward = w.ward GROUP BY"
            + " w.ward";
    NoisyPoint noisy = NoiseAssessment.of(point(question)).noisy().orElseThrow();
    List<String> found = new ArrayList<>();
    for (long seed = 0; seed < TRIES && found.isEmpty(); seed++) {
      CarriedPlan input = CarryUnits.through(noisy.point().aggregate().child());
      Map<FrameName, Attribute> units = new HashMap<>();
      LogicalPlan plan = input.plan();
      for (FrameName frame : input.units().keySet()) {
        Expression somebody = new Literal(-1L, DataTypes.LongType);
        Alias unit =
            Catalyst.alias(
                new Coalesce(Scala.<Expression>seq(List.of(input.units().get(frame), somebody))),
                "unit");
        plan = Catalyst.withColumns(plan, List.of(unit));
        units.put(frame, unit.toAttribute());
      }
      CarriedPlan twin = new CarriedPlan(plan, units);
      found.addAll(
          replay.violations(noisy, twin, terms(1, 1), query(noisy, terms(1, 1), seed), seed));
    }
    assertThat(found).isNotEmpty();
  }

  private static final String OVER_SUBQUERY =
      "SELECT team, count(*), sum(age) FROM loud.patients WHERE age > (SELECT avg(age) FROM"
          + " loud.patients) GROUP BY team";

  /** What a subquery released is one number, whoever is removed later. */
  @Test
  void aboveAReleasedSubquery_onePersonMovesNoMoreThanDeclared() {
    for (long seed = 0; seed < 12; seed++) {
      NoisyPoint noisy = NoiseAssessment.of(point(OVER_SUBQUERY)).noisy().orElseThrow();
      CarriedPlan input =
          CarryUnits.through(withReleased(noisy.point().aggregate().child(), 30.0 + (double) seed));
      NoiseTerms terms = terms(seed);
      assertThat(replay.violations(noisy, input, terms, query(noisy, terms, seed), seed)).isEmpty();
    }
  }

  /** The twin: the subquery's exact value, computed anew, moves the rows of others. */
  @Test
  void aSubqueryThatIsNotReleased_isFoundOut() {
    NoisyPoint noisy = NoiseAssessment.of(point(OVER_SUBQUERY)).noisy().orElseThrow();

    assertFoundOut(OVER_SUBQUERY, noisy, query -> query);
  }

  /** The plan with a row of this number in the place of each aggregate. */
  private static LogicalPlan withReleased(LogicalPlan plan, double number) {
    return Scala.rewriteUp(
        plan,
        node ->
            node instanceof Aggregate released
                ? new LocalRelation(
                    released.output(),
                    Scala.seq(List.<InternalRow>of(new GenericInternalRow(new Object[] {number}))),
                    false,
                    Scala.none())
                : node);
  }

  private static void assertFoundOut(
      String question, NoisyPoint noisy, UnaryOperator<BoundedQuery> twin) {
    List<String> found = new ArrayList<>();
    for (long seed = 0; seed < TRIES && found.isEmpty(); seed++) {
      found.addAll(violations(noisy, terms(1, 1), twin, seed));
    }
    assertThat(found).as(question).isNotEmpty();
  }

  private static List<String> violations(
      NoisyPoint point, NoiseTerms terms, UnaryOperator<BoundedQuery> twin, long seed) {
    CarriedPlan input = CarryUnits.through(point.point().aggregate().child());
    return replay.violations(point, input, terms, twin.apply(query(point, terms, seed)), seed);
  }

  private static BoundedQuery query(NoisyPoint point, NoiseTerms terms, long seed) {
    return new BoundedQuery(point, Calibration.of(point, terms, 0).bounds(), seed * 31 + 7);
  }

  private static BoundedQuery withBounds(BoundedQuery query, long groups, long rows) {
    return new BoundedQuery(query.point(), new ContributionBounds(groups, rows), query.secret());
  }

  private static NoiseTerms terms(long seed) {
    Random random = new Random(seed);
    return terms(1 + random.nextInt(3), 1 + random.nextInt(3));
  }

  private static NoiseTerms terms(long groups, long rows) {
    return new NoiseTerms(Epsilon.of("1"), new Delta(new BigDecimal("1e-6")), groups, rows);
  }

  private static ReleasePoint point(String question) {
    LogicalPlan plan = plans.admitted(question);
    List<ReleasePoint> points = PlanLabels.of(plan).releasePoints();
    return points.get(points.size() - 1);
  }

  /** The outermost aggregate, as if every row below it were one person's. */
  private static ReleasePoint forced(String question) {
    LogicalPlan plan = plans.admitted(question);
    List<ReleasePoint> points = PlanLabels.of(plan).releasePoints();
    ReleasePoint inner = points.get(points.size() - 1);
    Aggregate outermost = outermost(plan);
    Set<FrameName> frames = PlanLabels.of(plan).root().sources();
    return new ReleasePoint(
        outermost, inner.output(), new RowLabel.Owned(frames, Set.of(), false), inner.objections());
  }

  private static Aggregate outermost(LogicalPlan plan) {
    return plan instanceof Aggregate aggregate ? aggregate : outermost(Scala.children(plan).get(0));
  }
}
