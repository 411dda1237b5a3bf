package io.sallyport.spark.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.sampling.NoiseDistribution;
import io.sallyport.dp.selection.TruncatedGeometricSelection;
import io.sallyport.policy.decision.NoiseTerms;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.NoisyPlans;
import io.sallyport.spark.bounding.FirstGroups;
import io.sallyport.spark.certificate.NotCertifiedException;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.label.ReleasePoint;
import io.sallyport.spark.label.RowLabel;
import io.sallyport.spark.noise.Calibration;
import io.sallyport.spark.noise.NoiseAssessment;
import io.sallyport.spark.noise.NoisyPoint;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BitwiseAnd;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.Greatest;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.Least;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Rand;
import org.apache.spark.sql.catalyst.expressions.RowFrame$;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.UnboundedFollowing$;
import org.apache.spark.sql.catalyst.expressions.UnboundedPreceding$;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectList;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.PartialFunction;
import scala.collection.immutable.Seq;

/**
 * For each rule that noise rests on, a release that breaks it, which the deriving side was made to
 * believe. The checker finds each out, for the right reason.
 */
final class ForgedCertificateTest {

  private static final String BY_DAYS =
      "SELECT days, count(*), sum(days), avg(days) FROM loud.stays GROUP BY days";

  /** Groups of numbers with fractions are ranked, not added up in one pass. */
  private static final String BY_FRACTIONS =
      "SELECT CAST(days AS DOUBLE) AS d, count(*), sum(days) FROM loud.stays GROUP BY 1";

  @RegisterExtension static final NoisyPlans plans = new NoisyPlans();

  @Test
  void asItIs_isCertified() {
    assertThatCode(release(BY_DAYS)::check).doesNotThrowAnyException();
  }

  @Test
  void oneGroupMore_isFoundOut() {
    assertFoundOut(release(BY_DAYS).bounded(3, 2), "more groups");
  }

  @Test
  void oneRowMore_isFoundOut() {
    assertFoundOut(release(BY_DAYS).bounded(2, 3), "moves further");
  }

  @Test
  void capWithoutClamp_isFoundOut() {
    ForgedRelease release =
        release(BY_DAYS).rewritten(node -> expressions(node, e -> unclamped(e)));
    assertFoundOut(release, "no clamp");
  }

  /** Two rows of ten days are more steps than can be added up as they are. */
  @Test
  void sumThatMayOverflow_isFoundOut() {
    ForgedRelease whole = release(BY_DAYS).rewritten(ForgedCertificateTest::inOnePart);
    assertFoundOut(whole, "64 bits may not hold");
  }

  /** One row of a person is added up as it is, but not under a wider clamp. */
  @Test
  void widerClampOfWhatIsNotSplit_isFoundOut() {
    ForgedRelease release = release("SELECT count(*), sum(age), avg(age) FROM loud.each");
    assertThat(release.plan().toString()).doesNotContain("shiftright");
    assertThatCode(release::check).doesNotThrowAnyException();
    assertFoundOut(
        release.rewritten(node -> expressions(node, e -> clampedAt((1L << 24) + 1, e))),
        "64 bits may not hold");
  }

  @Test
  void countOfMoreThanAColumn_isFoundOut() {
    ForgedRelease release = release("SELECT count(*), count_if(age > 9) FROM loud.each");
    assertThatCode(release::check).doesNotThrowAnyException();
    ForgedRelease random =
        release.rewritten(
            node ->
                expressions(
                    node,
                    e ->
                        e instanceof Count count && count.references().nonEmpty()
                            ? new Count(Scala.<Expression>seq(List.of(new Rand(Catalyst.one()))))
                            : e));
    assertFoundOut(random, "no column");
  }

  /** The last node without the upper parts of its sums, the lower ones not cut. */
  private static LogicalPlan inOnePart(LogicalPlan node) {
    if (!(node instanceof Aggregate aggregate)
        || Scala.<Expression>list(aggregate.groupingExpressions()).size() != 1) {
      return node;
    }
    List<NamedExpression> columns = new ArrayList<>();
    for (NamedExpression column : Scala.<NamedExpression>list(aggregate.aggregateExpressions())) {
      boolean high = column.name().equals("high");
      columns.add(high ? Catalyst.alias(new Literal(0L, DataTypes.LongType), "high") : column);
    }
    return expressions(
        Catalyst.aggregate(Scala.list(aggregate.groupingExpressions()), columns, aggregate.child()),
        e -> e instanceof BitwiseAnd low ? low.left() : e);
  }

  private static Expression clampedAt(long upper, Expression expression) {
    return expression instanceof Least least && isCut(least)
        ? new Least(
            Scala.seq(
                List.of(Scala.children(least).get(0), new Literal(upper, DataTypes.LongType))))
        : expression;
  }

  @Test
  void noCapOfGroups_isFoundOut() {
    ForgedRelease unranked =
        release(BY_FRACTIONS)
            .rewritten(
                node ->
                    node instanceof Filter f && f.condition() instanceof LessThanOrEqual
                        ? f.child()
                        : node);
    assertFoundOut(unranked, "number of groups");
    ForgedRelease last =
        release(BY_FRACTIONS)
            .rewritten(
                node ->
                    node instanceof Filter f && f.condition() instanceof LessThanOrEqual c
                        ? new Filter(new GreaterThan(c.left(), c.right()), f.child())
                        : node);
    assertFoundOut(last, "number of groups");
  }

  @Test
  void rankAmongOtherPeople_isFoundOut() {
    ForgedRelease byKey =
        release(BY_FRACTIONS)
            .rewritten(
                node ->
                    node instanceof Window w
                        ? new Window(
                            w.windowExpressions(),
                            Scala.<Expression>seq(
                                List.of(Scala.<Attribute>list(w.child().output()).get(1))),
                            w.orderSpec(),
                            w.child(),
                            w.hint())
                        : node);
    assertFoundOut(byKey, "window");
  }

  @Test
  void groupsOfSeveralPeople_addedUpAsOnes_areFoundOut() {
    ForgedRelease byKey =
        release(BY_DAYS)
            .rewritten(
                node ->
                    node instanceof Aggregate a
                            && Scala.<Expression>list(a.groupingExpressions()).size() == 1
                            && a.child() instanceof Project rows
                            && rows.child() instanceof Sort
                        ? Catalyst.aggregate(
                            List.of(Scala.<Attribute>list(rows.output()).get(1)),
                            Scala.list(a.aggregateExpressions()),
                            rows)
                        : node);
    assertFoundOut(byKey, "not each of one person");
  }

  /** A key table has a row for each key that is nobody's: who is in it is not there. */
  @Test
  void rowsOfNobody_thatAreCounted_areFoundOut() {
    ForgedRelease release =
        release(
            "SELECT w.ward, count(*) FROM wards w LEFT JOIN loud.patients p ON p.ward = w.ward"
                + " GROUP BY w.ward");
    assertThatCode(release::check).doesNotThrowAnyException();
    ForgedRelease all =
        release.rewritten(
            node -> expressions(node, e -> e instanceof IsNotNull ? Catalyst.yes() : e));
    assertFoundOut(all, "rows of nobody");
  }

  /** An array of anything else may hold any number of groups. */
  @Test
  void groupsThatNobodyCut_areFoundOut() {
    ForgedRelease other =
        release(BY_DAYS)
            .rewritten(
                node ->
                    expressions(
                        node,
                        e ->
                            e instanceof FirstGroups first
                                ? new CollectList(first.children().head())
                                : e));
    assertFoundOut(other, "number of groups");
  }

  @ParameterizedTest
  @ValueSource(strings = {"median(days)", "count(DISTINCT days)"})
  void countsByValue_thatKeepTooMuch_areFoundOut(String function) {
    ForgedRelease release =
        release("SELECT unit_of_care, " + function + " FROM loud.stays GROUP BY unit_of_care");
    assertThatCode(release::check).doesNotThrowAnyException();
    assertFoundOut(onlyValues(release, release.bounded(3, 2)), "more groups of values");
    assertFoundOut(onlyValues(release, release.bounded(2, 3)), "more values");
    assertFoundOut(
        onlyValues(release, release.rewritten(node -> expressions(node, e -> unclamped(e)))), "");
    ForgedRelease notCounted =
        release.rewritten(
            node ->
                node instanceof Aggregate a
                    ? expressions(
                        a, e -> e instanceof Least && isCut(e) ? Scala.children(e).get(1) : e)
                    : node);
    assertFoundOut(onlyValues(release, notCounted), "rows without a bound");
    ForgedRelease byValue =
        release.rewritten(
            node ->
                node instanceof Window w && Scala.list(w.partitionSpec()).size() > 1
                    ? new Window(
                        w.windowExpressions(),
                        Scala.seq(
                            List.<Expression>copyOf(
                                Scala.<Attribute>list(w.child().output()).subList(0, 3))),
                        w.orderSpec(),
                        w.child(),
                        w.hint())
                    : node);
    assertFoundOut(onlyValues(release, byValue), "more than a group");
  }

  private static boolean isCut(Expression e) {
    return Scala.children(e).get(0) instanceof Greatest;
  }

  /** The sums as they are, the counts by value as forged. */
  private static ForgedRelease onlyValues(ForgedRelease release, ForgedRelease forged) {
    return new ForgedRelease(
        release.part(),
        release.input(),
        new ExactQueries(release.plan(), forged.queries().values()));
  }

  /** In a CUBE, so many groups of each set are claimed, and one of the total. */
  @Test
  void moreOfEachGroupingSet_isFoundOut() {
    ForgedRelease cube =
        release(
            "SELECT days, unit_of_care, count(*) FROM loud.stays GROUP BY CUBE(days,"
                + " unit_of_care)");
    assertThatCode(cube::check).doesNotThrowAnyException();
    assertFoundOut(cube.bounded(cube.part().calibration().bounds().groups() + 3, 2), "more groups");
  }

  @Test
  void anotherColumnTakenForThePerson_isFoundOut() {
    NoisyPoint point = noisy("SELECT count(*), sum(age) FROM loud.patients");
    CarriedPlan input = CarryUnits.through(point.point().aggregate().child());
    Map<FrameName, Attribute> wrong = new TreeMap<>();
    input.units().keySet().forEach(frame -> wrong.put(frame, column(input.plan(), "team")));
    assertFoundOut(ForgedRelease.of(point, new CarriedPlan(input.plan(), wrong)), "one person");
  }

  /** Rows that are not one person's, taken for such. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "person with person | SELECT count(*) FROM loud.patients p JOIN loud.stays s ON p.ward ="
            + " s.unit_of_care",
        "person with person | SELECT count(*) FROM loud.patients p LEFT SEMI JOIN loud.stays s ON"
            + " p.ward = s.days",
        "person with person | SELECT count(*) FROM loud.patients p LEFT ANTI JOIN loud.stays s ON"
            + " p.ward = s.days",
        "person with person | SELECT count(*) FROM loud.patients p CROSS JOIN loud.stays s",
        "different kinds | SELECT count(*) FROM loud.patients p JOIN loud.other s ON p.patient_id ="
            + " s.patient_id",
        "whose rows are missing | SELECT count(*) FROM wards w LEFT ANTI JOIN loud.patients p ON"
            + " p.ward = w.ward",
        "not each of one person | SELECT sum(cost) FROM (SELECT ward, max(cost) AS cost FROM"
            + " loud.patients GROUP BY ward)",
        "not each of one person | SELECT count(*) FROM (SELECT ward, count(*) AS n FROM"
            + " loud.patients GROUP BY ward) WHERE n > 2",
        "Limit | SELECT count(*) FROM (SELECT * FROM loud.patients LIMIT 5)",
        "rows of nobody | SELECT count(*) FROM (SELECT patient_id, age FROM loud.patients UNION ALL"
            + " SELECT ward, ward FROM wards)",
      })
  void rowsOfSeveralPeople_takenForOnes_areFoundOut(String reason, String question) {
    Aggregate outermost = outermost(plans.admitted(question));
    NoisyPoint point = of(outermost, noisy("SELECT count(*) FROM loud.patients"), false);
    CarriedPlan input = forced(outermost.child());
    assertFoundOut(ForgedRelease.of(point, input), reason);
  }

  @Test
  void oneRowPerPerson_withoutGround_isFoundOut() {
    for (String from : List.of("loud.stays", "loud.each JOIN wards USING (ward)")) {
      ReleasePoint real = point("SELECT count(*) FROM " + from);
      NoisyPoint honest = NoiseAssessment.of(real).noisy().orElseThrow();
      NoisyPoint point = of(real.aggregate(), honest, true);
      assertFoundOut(
          ForgedRelease.of(point, CarryUnits.through(real.aggregate().child())), "number of rows");
    }
  }

  @Test
  void lessNoiseThanCharged_isFoundOut() {
    for (String delta : List.of("0", "1e-6")) {
      String question = "SELECT count(*), sum(age), variance(cost) FROM loud.patients";
      NoiseTerms terms = new NoiseTerms(Epsilon.of("1"), Delta.of(delta), 1, 1000);
      NoisyPoint point = noisy(question);
      ForgedRelease release =
          ForgedRelease.of(
              NoisePlan.Part.of(point, terms, terms.epsilon(), Map.of()),
              CarryUnits.through(point.point().aggregate().child()));
      assertThatCode(release::check).doesNotThrowAnyException();
      Calibration honest = release.part().calibration();
      for (int i = 0; i < honest.noise().size(); i++) {
        List<NoisyRelease> less = new ArrayList<>(honest.noise());
        less.set(i, halved(less.get(i)));
        assertFoundOut(
            release.with(
                new Calibration(honest.bounds(), less, honest.selection(), honest.losses())),
            "noise that is less");
      }
    }
  }

  @Test
  void lossUnderReported_isFoundOut() {
    ForgedRelease release = release(BY_DAYS);
    Calibration honest = release.part().calibration();
    for (int i = 0; i < honest.losses().size(); i++) {
      List<PrivacyLoss> less = new ArrayList<>(honest.losses());
      less.set(i, shaved(less.get(i)));
      assertFoundOut(
          release.with(new Calibration(honest.bounds(), honest.noise(), honest.selection(), less)),
          i == 0 ? "more of one person" : "noise that is less");
    }
    List<PrivacyLoss> fewer = honest.losses().subList(1, honest.losses().size());
    assertFoundOut(
        release.with(new Calibration(honest.bounds(), honest.noise(), honest.selection(), fewer)),
        "");
  }

  @Test
  void moreThanThePolicyGrants_isFoundOut() {
    ForgedRelease release = release(BY_DAYS);
    NoisePlan.Part part = release.part();
    NoiseTerms half = new NoiseTerms(part.terms().epsilon().share(2), part.terms().delta(), 2, 2);
    NoisePlan.Part dear =
        new NoisePlan.Part(
            part.point(), half, part.cap(), part.calibration(), part.minimums(), part.hash());
    assertFoundOut(new ForgedRelease(dear, release.input(), release.queries()), "more epsilon");
  }

  @Test
  void oneDrawForTwoStatistics_isFoundOut() {
    ForgedRelease release = release(BY_DAYS);
    ForgedRelease fewer =
        release.rewritten(
            node ->
                node == release.plan()
                    ? Catalyst.aggregate(
                        Scala.<Expression>list(((Aggregate) node).groupingExpressions()),
                        Scala.list(((Aggregate) node).aggregateExpressions()).subList(0, 5),
                        ((Aggregate) node).child())
                    : node);
    assertFoundOut(fewer, "one for each statistic");
  }

  @Test
  void selectionThatShowsTooMuch_isFoundOut() {
    ForgedRelease release = release(BY_DAYS);
    Calibration honest = release.part().calibration();
    for (Epsilon epsilon : List.of(Epsilon.of("90"), Epsilon.of("0.4"))) {
      Delta delta = Delta.of(epsilon.value().intValue() > 1 ? "1e-7" : "1e-2");
      assertFoundOut(
          release.with(
              new Calibration(
                  honest.bounds(),
                  honest.noise(),
                  Optional.of(TruncatedGeometricSelection.of(2, epsilon, delta)),
                  honest.losses())),
          "more of one person");
    }
    Calibration none =
        new Calibration(
            honest.bounds(),
            honest.noise(),
            Optional.empty(),
            honest.losses().subList(1, honest.losses().size()));
    assertFoundOut(release.with(none), "without selection");
  }

  @Test
  void selectionWithoutTheMinimum_isFoundOut() {
    ForgedRelease release = release(BY_DAYS);
    NoisePlan.Part part = release.part();
    FrameName frame = release.input().units().keySet().iterator().next();
    NoisePlan.Part promised =
        new NoisePlan.Part(
            part.point(),
            part.terms(),
            part.cap(),
            part.calibration(),
            Map.of(frame, 20L),
            part.hash());
    assertFoundOut(
        new ForgedRelease(promised, release.input(), release.queries()), "minimum of people");
  }

  /** Groups that are there anyway, one in all or declared, under a minimum that nobody tests. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM loud.each",
        "SELECT ward, count(*) FROM loud.each GROUP BY ward",
      })
  void publicGroupsWithoutATestOfTheirMinimum_areFoundOut(String question) {
    ForgedRelease release = release(question);
    NoisePlan.Part part = release.part();
    Map<FrameName, Long> minimums = Map.of(release.input().units().keySet().iterator().next(), 20L);
    NoisePlan.Part untested =
        new NoisePlan.Part(
            part.point(), part.terms(), part.cap(), part.calibration(), minimums, part.hash());
    assertFoundOut(
        new ForgedRelease(untested, release.input(), release.queries()),
        "without a test of their minimum");
    NoiseTerms pure = new NoiseTerms(part.terms().epsilon(), Delta.ZERO, 1, part.terms().rows());
    for (NoiseTerms terms : List.of(part.terms(), pure)) {
      NoisePlan.Part honest = NoisePlan.Part.of(part.point(), terms, terms.epsilon(), minimums);
      ForgedRelease tested = new ForgedRelease(honest, release.input(), release.queries());
      assertThatCode(tested::check).doesNotThrowAnyException();
      NoisePlan.Part higher =
          new NoisePlan.Part(
              part.point(),
              terms,
              part.cap(),
              honest.calibration(),
              Map.of(minimums.keySet().iterator().next(), 21L),
              part.hash());
      assertFoundOut(
          new ForgedRelease(higher, release.input(), release.queries()), "minimum of people");
    }
  }

  @Test
  void declaredKeys_thatOthersPass_areFoundOut() {
    NoisyPoint point = noisy("SELECT ward, count(*) FROM loud.each GROUP BY ward");
    ForgedRelease release =
        ForgedRelease.of(point, CarryUnits.through(point.point().aggregate().child()));
    assertThatCode(release::check).doesNotThrowAnyException();
    ForgedRelease open =
        release.rewritten(
            node ->
                node instanceof Filter f && f.condition() instanceof And
                    ? new Filter(((And) f.condition()).left(), f.child())
                    : node);
    assertFoundOut(open, "declared list");
    ForgedRelease other =
        release.rewritten(
            node ->
                expressions(
                    node,
                    e ->
                        e instanceof In in
                            ? new In(in.value(), Scala.seq(Scala.list(in.list()).subList(1, 3)))
                            : e));
    assertFoundOut(other, "declared list");
  }

  @Test
  void expressionsThatLookFurtherThanTheRow_areFoundOut() {
    ForgedRelease release = release("SELECT count(*) FROM loud.stays WHERE days > 3");
    LogicalPlan secret = plans.admitted("SELECT count(*) > 3 FROM loud.patients");
    Expression query =
        new ScalarSubquery(
            secret,
            Scala.noElements(),
            NamedExpression.newExprId(),
            Scala.noElements(),
            Scala.none(),
            Scala.none(),
            Scala.none());
    Expression lot =
        new GreaterThan(new Rand(Catalyst.one()), new Literal(0.5, DataTypes.DoubleType));
    assertFoundOut(filtered(release, query), "a query inside");
    assertFoundOut(filtered(release, lot), "differs each time");
  }

  /** A full join of people has a person in every row; one of wards has two. */
  @Test
  void fullJoin_needsThePerson() {
    String join = "SELECT count(*) FROM loud.patients p FULL JOIN loud.stays s ON ";
    Aggregate byPerson = outermost(plans.admitted(join + "p.patient_id = s.patient_id"));
    Aggregate byWard = outermost(plans.admitted(join + "p.ward = s.unit_of_care"));
    NoisyPoint count = noisy("SELECT count(*) FROM loud.patients");
    assertThatCode(ForgedRelease.of(of(byPerson, count, false), forced(byPerson.child()))::check)
        .doesNotThrowAnyException();
    assertFoundOut(
        ForgedRelease.of(of(byWard, count, false), forced(byWard.child())), "person with person");
  }

  @Test
  void window_needsThePerson() {
    assertFoundOut(withWindow("unit_of_care"), "window whose partitions");
    ForgedRelease own = withWindow("patient_id");
    assertFoundOut(own, "is Window by WINDOW_PER_PERSON"); // a rule that nobody claimed
  }

  private static ForgedRelease withWindow(String partition) {
    return release("SELECT count(*) FROM loud.stays WHERE days > 3")
        .rewritten(node -> node instanceof SealedFrame ? window(node, partition) : node);
  }

  private static Window window(LogicalPlan rows, String partition) {
    Seq<Expression> by = Scala.seq(List.of(column(rows, partition)));
    Expression count =
        new WindowExpression(
            Catalyst.countRows(),
            new WindowSpecDefinition(
                by,
                Scala.noElements(),
                new SpecifiedWindowFrame(
                    RowFrame$.MODULE$, UnboundedPreceding$.MODULE$, UnboundedFollowing$.MODULE$)));
    return new Window(
        Scala.seq(List.of(Catalyst.alias(count, "rows"))),
        by,
        Scala.noElements(),
        rows,
        Scala.none());
  }

  private static ForgedRelease filtered(ForgedRelease release, Expression condition) {
    return release.rewritten(node -> node instanceof Filter f ? new Filter(condition, f) : node);
  }

  private static void assertFoundOut(ForgedRelease forged, String reason) {
    assertThatThrownBy(forged::check)
        .isInstanceOf(NotCertifiedException.class)
        .hasMessageContaining(reason);
  }

  private static ForgedRelease release(String question) {
    NoisyPoint point = noisy(question);
    return ForgedRelease.of(point, CarryUnits.through(point.point().aggregate().child()));
  }

  private static NoisyPoint noisy(String question) {
    return NoiseAssessment.of(point(question)).noisy().orElseThrow();
  }

  private static ReleasePoint point(String question) {
    List<ReleasePoint> points = PlanLabels.of(plans.admitted(question)).releasePoints();
    return points.get(points.size() - 1);
  }

  /** An aggregate with the statistics of another question, as if each row were one person's. */
  private static NoisyPoint of(Aggregate aggregate, NoisyPoint other, boolean singleRows) {
    ReleasePoint real = other.point();
    ReleasePoint forced =
        new ReleasePoint(
            aggregate,
            real.output(),
            new RowLabel.Owned(real.rows().governed(), Set.of(), false),
            real.objections());
    return new NoisyPoint(
        forced,
        other.statistics(),
        other.values(),
        other.estimators(),
        other.publicKeys(),
        singleRows);
  }

  /** The units as a carrier without scruples would name them. */
  private static CarriedPlan forced(LogicalPlan plan) {
    try {
      CarriedPlan carried = CarryUnits.through(plan);
      return carried.units().isEmpty() ? byFirstColumn(plan) : carried;
    } catch (Exception scruples) {
      return byFirstColumn(plan);
    }
  }

  private static CarriedPlan byFirstColumn(LogicalPlan plan) {
    FrameName frame = PlanLabels.of(plan).root().sources().iterator().next();
    return new CarriedPlan(plan, Map.of(frame, Scala.<Attribute>list(plan.output()).get(0)));
  }

  private static Attribute column(LogicalPlan plan, String name) {
    return Scala.<Attribute>list(plan.output()).stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Aggregate outermost(LogicalPlan plan) {
    return plan instanceof Aggregate aggregate ? aggregate : outermost(Scala.children(plan).get(0));
  }

  private static NoisyRelease halved(NoisyRelease noise) {
    double parameter = noise.noise().parameter() / 2;
    NoiseDistribution less =
        noise.isGaussian()
            ? NoiseDistribution.gaussian(new BigDecimal(parameter * parameter))
            : NoiseDistribution.laplace(new BigDecimal(parameter));
    return new NoisyRelease(less, noise.sensitivity());
  }

  private static PrivacyLoss shaved(PrivacyLoss loss) {
    return loss.fold(
        pure -> new PrivacyLoss.Pure(pure.epsilon().share(2)),
        approximate ->
            new PrivacyLoss.Approximate(approximate.epsilon().share(2), approximate.delta()),
        concentrated -> new PrivacyLoss.Concentrated(concentrated.rho().share(2)));
  }

  private static Expression unclamped(Expression expression) {
    return expression instanceof Least least
            && Scala.children(least).get(0) instanceof Greatest greatest
        ? Scala.children(greatest).get(0)
        : expression;
  }

  private static LogicalPlan expressions(LogicalPlan node, UnaryOperator<Expression> rewrite) {
    return node.transformExpressions(PartialFunction.fromFunction(rewrite::apply));
  }
}
