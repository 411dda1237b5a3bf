package io.sallyport.spark.release;

import io.sallyport.spark.certificate.Certificate;
import io.sallyport.spark.certificate.CertificateChecker;
import io.sallyport.spark.certificate.NotCertifiedException;
import io.sallyport.spark.certificate.Rule;
import io.sallyport.spark.certificate.Step;
import io.sallyport.spark.label.NodeLabel;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.label.RowLabel;
import io.sallyport.spark.noise.NoiseClaims;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what a noisy release rests on, as labels, units and noise have it, and has it checked by
 * what knows none of them. Twice: before the charge, on the plan as it will run, and on the very
 * plan that runs.
 */
final class Certifier {

  private static final Logger LOG = LoggerFactory.getLogger(Certifier.class);

  private static final Map<Class<?>, Rule> RULES = new HashMap<>();

  static {
    RULES.put(SealedFrame.class, Rule.FRAME);
    RULES.put(Union.class, Rule.UNION);
    RULES.put(Aggregate.class, Rule.PER_PERSON_AGGREGATE);
    RULES.put(Window.class, Rule.WINDOW_PER_PERSON);
    RULES.put(Expand.class, Rule.GROUPING_SETS);
    RULES.put(Generate.class, Rule.REPEATED);
  }

  private Certifier() {}

  /**
   * Checks a release before anything runs. The order in which a person's groups are kept does not
   * matter to the proof, so any secret serves.
   *
   * @param points the release points of the whole question: those below are public once they ran
   * @throws NotCertifiedException when the release cannot be shown to be private
   */
  static void requireBeforeCharge(NoisePlan.Part part, Set<Aggregate> points) {
    CarriedPlan input =
        CarryUnits.through(released(part.point().point().aggregate().child(), points));
    require(part, input, ExactQueries.of(part, input, 0));
  }

  /**
   * Checks the plans that run.
   *
   * @throws NotCertifiedException when the release cannot be shown to be private
   */
  static void require(NoisePlan.Part part, CarriedPlan input, ExactQueries queries) {
    try {
      CertificateChecker.check(certificate(part, input, queries));
    } catch (NotCertifiedException e) {
      LOG.error(
          "A release with noise is not certified, so it is neither charged nor run. Please report"
              + " this as a bug of Sallyport: {}",
          e.getMessage());
      throw e;
    }
  }

  static Certificate certificate(NoisePlan.Part part, CarriedPlan input, ExactQueries queries) {
    long minimum = part.minimums().values().stream().mapToLong(Long::longValue).max().orElse(0);
    List<Step> steps = new ArrayList<>();
    steps(input.plan(), PlanLabels.ofNodes(input.plan()), steps);
    return new Certificate(
        queries.sums(),
        queries.values(),
        steps,
        NoiseClaims.of(
            part.point(), part.calibration(), part.terms(), input.units().size(), minimum));
  }

  /** Adds the steps of a governed plan, leaves first; nothing for a public one. */
  private static void steps(
      LogicalPlan plan, IdentityHashMap<LogicalPlan, NodeLabel> labels, List<Step> steps) {
    RowLabel rows = labels.get(plan).rows();
    if (rows.isFree()) {
      return;
    }
    List<LogicalPlan> children = Scala.children(plan);
    children.forEach(child -> steps(child, labels, steps));
    List<LogicalPlan> free =
        children.stream().filter(child -> labels.get(child).rows().isFree()).toList();
    free.forEach(child -> steps.add(new Step(child.getClass(), Rule.PUBLIC_DATA, Set.of())));
    Set<ExprId> people = rows instanceof RowLabel.Owned owned ? owned.unitColumns() : Set.of();
    steps.add(new Step(plan.getClass(), rule(plan, !free.isEmpty()), people));
  }

  /** What has no rule here is claimed to be row by row: whether that is so, the checker knows. */
  private static Rule rule(LogicalPlan plan, boolean meetsPublic) {
    if (plan instanceof Join) {
      return meetsPublic ? Rule.FREE_JOIN : Rule.UNIT_JOIN;
    }
    return RULES.getOrDefault(plan.getClass(), Rule.ROW_BY_ROW);
  }

  /** The plan as it is when the release points below have run. */
  private static LogicalPlan released(LogicalPlan plan, Set<Aggregate> points) {
    List<LogicalPlan> before = Scala.children(plan);
    if (plan instanceof Aggregate aggregate && points.contains(aggregate)) {
      List<Attribute> columns = new ArrayList<>();
      for (Attribute column : Scala.<Attribute>list(plan.output())) {
        columns.add(column.withNullability(true));
      }
      return new LocalRelation(Scala.seq(columns), Scala.noElements(), false, Scala.none());
    }
    List<LogicalPlan> after = before.stream().map(child -> released(child, points)).toList();
    return before.isEmpty() ? plan : Scala.withChildren(plan, after);
  }
}
