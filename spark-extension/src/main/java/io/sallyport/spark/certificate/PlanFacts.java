package io.sallyport.spark.certificate;

import io.sallyport.policy.frame.Frame;
import io.sallyport.spark.rows.KeptRows;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionByExpression;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/**
 * Whose the rows of each node of a plan are, from the leaves up: the table of [WilsonEtAl20] for
 * Catalyst's operators. An operator that is not in the table, by its exact class, is rejected,
 * unless nothing governed is below it.
 */
final class PlanFacts {

  private record Entry(Rule rule, BiFunction<LogicalPlan, List<RowFacts>, RowFacts> facts) {}

  private static final Set<Class<?>> PUBLIC_LEAVES =
      Set.of(LocalRelation.class, OneRowRelation.class, Range.class);

  /** What may look at rows of nobody before a filter drops them. */
  private static final Set<Class<?>> KEEPS_NOBODYS =
      Set.of(Project.class, Filter.class, SubqueryAlias.class);

  private static final Map<Class<?>, Entry> TABLE = new HashMap<>();

  static {
    on(Project.class, Rule.ROW_BY_ROW, RowRules::project);
    on(Filter.class, Rule.ROW_BY_ROW, RowRules::filter);
    on(Sort.class, Rule.ROW_BY_ROW, RowRules::same);
    on(SubqueryAlias.class, Rule.ROW_BY_ROW, RowRules::same);
    on(RepartitionByExpression.class, Rule.ROW_BY_ROW, RowRules::same);
    on(Join.class, Rule.UNIT_JOIN, MeetingRules::join); // or FREE_JOIN, by its sides
    on(Union.class, Rule.UNION, MeetingRules::union);
    on(Aggregate.class, Rule.PER_PERSON_AGGREGATE, GroupRules::aggregate);
    on(Window.class, Rule.WINDOW_PER_PERSON, GroupRules::window);
    on(Expand.class, Rule.GROUPING_SETS, RowRules::expand);
    on(Generate.class, Rule.REPEATED, RowRules::generate);
  }

  private final List<Step> steps = new ArrayList<>();

  // The entry is found by the operator's exact class, so the cast holds.
  @SuppressWarnings("unchecked")
  private static <P extends LogicalPlan> void on(
      Class<P> operator, Rule rule, BiFunction<P, List<RowFacts>, RowFacts> facts) {
    TABLE.put(operator, new Entry(rule, (plan, inputs) -> facts.apply((P) plan, inputs)));
  }

  /** The operators that are known here. */
  static Set<Class<?>> operators() {
    Set<Class<?>> operators = new HashSet<>(TABLE.keySet());
    operators.addAll(PUBLIC_LEAVES);
    operators.add(SealedFrame.class);
    return operators;
  }

  /** What is known of a plan's rows. */
  RowFacts of(LogicalPlan plan) {
    NotCertifiedException.unless(Scala.list(plan.subqueries()).isEmpty(), "a query inside a query");
    // How the rows lie depends on what else runs: not even public rows are the same each time.
    NotCertifiedException.unless(!(plan instanceof Sample), "a sample");
    List<LogicalPlan> children = Scala.children(plan);
    if (children.isEmpty()) {
      return leaf(plan);
    }
    List<RowFacts> inputs = new ArrayList<>();
    children.forEach(child -> inputs.add(of(child)));
    if (inputs.stream().allMatch(RowFacts::isPublic)) {
      return RowFacts.PUBLIC;
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).isPublic()) {
        steps.add(new Step(children.get(i).getClass(), Rule.PUBLIC_DATA, Set.of()));
      }
    }
    return governed(plan, inputs);
  }

  /** The nodes below, leaves first; a public part is one step, right before what it meets. */
  List<Step> steps() {
    return List.copyOf(steps);
  }

  private RowFacts leaf(LogicalPlan leaf) {
    Optional<Frame> frame =
        leaf instanceof SealedFrame sealed ? sealed.table().frame() : Optional.empty();
    if (frame.isPresent()) {
      RowFacts rows = RowRules.frame((SealedFrame) leaf, frame.get());
      steps.add(new Step(leaf.getClass(), Rule.FRAME, rows.people()));
      return rows;
    }
    NotCertifiedException.unless(
        leaf instanceof SealedFrame
            || PUBLIC_LEAVES.contains(leaf.getClass())
            || KeptRows.isMany(leaf),
        "a leaf " + leaf.getClass().getName());
    return RowFacts.PUBLIC;
  }

  private RowFacts governed(LogicalPlan plan, List<RowFacts> inputs) {
    Entry entry = TABLE.get(plan.getClass());
    NotCertifiedException.unless(
        entry != null, "an operator " + plan.getClass().getName() + " over people's rows");
    NotCertifiedException.unless(
        KEEPS_NOBODYS.contains(plan.getClass()) || inputs.stream().noneMatch(RowFacts::nobodys),
        "rows of nobody, which show whose rows are missing");
    RowFacts rows = entry.facts().apply(plan, inputs);
    boolean free = plan instanceof Join && inputs.stream().anyMatch(RowFacts::isPublic);
    steps.add(new Step(plan.getClass(), free ? Rule.FREE_JOIN : entry.rule(), rows.people()));
    return rows;
  }
}
