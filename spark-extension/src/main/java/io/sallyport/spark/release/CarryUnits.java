package io.sallyport.spark.release;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PrivacyUnit;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import scala.collection.immutable.Seq;

/**
 * Carries each frame's unit column from its leaf up through a plan of Owned rows, past projections
 * that drop it. The rows and the original columns stay as they are.
 */
final class CarryUnits {

  private CarryUnits() {}

  static CarriedPlan through(LogicalPlan plan) {
    if (plan instanceof SealedFrame leaf) {
      return leaf.table().frame().map(f -> leaf(leaf, f)).orElseGet(() -> free(leaf));
    }
    if (plan instanceof Project project) {
      return project(project);
    }
    if (plan instanceof Join join) {
      return join(join);
    }
    if (plan instanceof Union union) {
      return union(union);
    }
    if (plan instanceof Aggregate aggregate) {
      return perPerson(aggregate);
    }
    if (plan instanceof Expand expand) {
      return expand(expand);
    }
    if (plan instanceof Window window) {
      CarriedPlan child = through(window.child());
      LogicalPlan carried =
          child.units().isEmpty() ? plan : CarryWindows.over(window, child.plan());
      return new CarriedPlan(carried, child.units());
    }
    if (Scala.children(plan).isEmpty()) {
      return free(plan);
    }
    if (Set.of(Filter.class, Sort.class, SubqueryAlias.class, Generate.class)
        .contains(plan.getClass())) {
      CarriedPlan child = through(Scala.children(plan).get(0));
      return new CarriedPlan(Scala.withChildren(plan, List.of(child.plan())), child.units());
    }
    return overFreeRows(plan);
  }

  private static CarriedPlan free(LogicalPlan plan) {
    return new CarriedPlan(plan, Map.of());
  }

  /** Limits and the like stand below a release only over rows that are free already. */
  private static CarriedPlan overFreeRows(LogicalPlan plan) {
    for (LogicalPlan child : Scala.children(plan)) {
      if (!through(child).units().isEmpty()) {
        throw new IllegalStateException("No units can be carried through " + plan.nodeName());
      }
    }
    return free(plan);
  }

  private static CarriedPlan leaf(SealedFrame leaf, Frame frame) {
    if (frame.unit() instanceof PrivacyUnit.Column unit) {
      Attribute column =
          leaf.attributes().stream()
              .filter(a -> a.name().equalsIgnoreCase(unit.name()))
              .findFirst()
              .orElseThrow();
      return new CarriedPlan(leaf, Map.of(frame.name(), column));
    }
    Alias marker = alias(Catalyst.one(), "row of " + frame.name().value());
    LogicalPlan marked = Catalyst.withColumns(leaf, List.of(marker));
    return new CarriedPlan(marked, Map.of(frame.name(), marker.toAttribute()));
  }

  private static CarriedPlan project(Project project) {
    CarriedPlan child = through(project.child());
    List<NamedExpression> columns =
        new ArrayList<>(Scala.<NamedExpression>list(project.projectList()));
    Set<Object> present = ids(columns);
    child.units().values().stream()
        .filter(u -> !present.contains(u.exprId()))
        .forEach(columns::add);
    return new CarriedPlan(new Project(Scala.seq(columns), child.plan()), child.units());
  }

  /** Every row that is made of one is the same person's. */
  private static CarriedPlan expand(Expand expand) {
    CarriedPlan child = through(expand.child());
    List<Attribute> output = new ArrayList<>(Scala.<Attribute>list(expand.output()));
    Set<Object> present = ids(expand);
    List<Attribute> missing =
        child.units().values().stream().filter(u -> !present.contains(u.exprId())).toList();
    output.addAll(missing);
    List<Seq<Expression>> projections = new ArrayList<>();
    for (var projection : Scala.list(expand.projections())) {
      List<Expression> columns = new ArrayList<>(Scala.<Expression>list(projection));
      columns.addAll(missing);
      projections.add(Scala.seq(columns));
    }
    LogicalPlan carried = new Expand(Scala.seq(projections), Scala.seq(output), child.plan());
    return new CarriedPlan(carried, child.units());
  }

  /**
   * A semi or anti join shows left columns only; its right frames' people are the left ones, whom
   * any of the left frames may name.
   */
  private static CarriedPlan join(Join join) {
    CarriedPlan left = through(join.left());
    CarriedPlan right = through(join.right());
    LogicalPlan joined = Scala.withChildren(join, List.of(left.plan(), right.plan()));
    Map<FrameName, Attribute> units = new TreeMap<>(left.units());
    if (right.units().values().stream().allMatch(u -> ids(joined).contains(u.exprId()))) {
      units.putAll(right.units());
      return new CarriedPlan(joined, visible(joined, units));
    }
    List<Expression> people = List.copyOf(new TreeMap<>(left.units()).values());
    Alias person = alias(new Coalesce(Scala.seq(people)), "unit of the left");
    LogicalPlan named = Catalyst.withColumns(joined, List.of(person));
    right.units().keySet().forEach(frame -> units.put(frame, person.toAttribute()));
    return new CarriedPlan(named, visible(named, units));
  }

  /** The units as the joined rows have them: an outer join made some of them nullable. */
  private static Map<FrameName, Attribute> visible(
      LogicalPlan joined, Map<FrameName, Attribute> units) {
    Map<Object, Attribute> output = new HashMap<>();
    Scala.<Attribute>list(joined.output()).forEach(a -> output.put(a.exprId(), a));
    Map<FrameName, Attribute> visible = new TreeMap<>();
    units.forEach((frame, unit) -> visible.put(frame, output.get(unit.exprId())));
    return visible;
  }

  /** Each branch gets one more column per frame: its own units, or NULL for other branches'. */
  private static CarriedPlan union(Union union) {
    List<CarriedPlan> branches = Scala.children(union).stream().map(CarryUnits::through).toList();
    Map<FrameName, Attribute> all = new TreeMap<>();
    branches.forEach(branch -> all.putAll(branch.units()));
    List<FrameName> frames = List.copyOf(all.keySet());
    List<LogicalPlan> originals = Scala.children(union);
    List<LogicalPlan> widened = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      List<NamedExpression> columns =
          new ArrayList<>(Scala.<Attribute>list(originals.get(i).output()));
      for (FrameName frame : frames) {
        Attribute own = branches.get(i).units().get(frame);
        Expression unit = own == null ? Catalyst.nothing(all.get(frame).dataType()) : own;
        columns.add(alias(unit, "unit of " + frame.value()));
      }
      widened.add(new Project(Scala.seq(columns), branches.get(i).plan()));
    }
    LogicalPlan carried = Scala.withChildren(union, widened);
    return new CarriedPlan(carried, lastColumns(carried, frames));
  }

  private static Map<FrameName, Attribute> lastColumns(LogicalPlan plan, List<FrameName> frames) {
    List<Attribute> output = Scala.list(plan.output());
    Map<FrameName, Attribute> units = new TreeMap<>();
    for (int i = 0; i < frames.size(); i++) {
      units.put(frames.get(i), output.get(output.size() - frames.size() + i));
    }
    return units;
  }

  /** Groups are of one person, so any of its rows, the greatest unit for one, names the person. */
  private static CarriedPlan perPerson(Aggregate aggregate) {
    CarriedPlan child = through(aggregate.child());
    List<NamedExpression> columns =
        new ArrayList<>(Scala.<NamedExpression>list(aggregate.aggregateExpressions()));
    Map<FrameName, Attribute> units = new TreeMap<>();
    child
        .units()
        .forEach(
            (frame, unit) -> {
              Alias carried =
                  alias(Catalyst.aggregate(new Max(unit), false), "unit of " + frame.value());
              columns.add(carried);
              units.put(frame, carried.toAttribute());
            });
    LogicalPlan carried =
        Catalyst.aggregate(
            Scala.<Expression>list(aggregate.groupingExpressions()), columns, child.plan());
    return new CarriedPlan(carried, units);
  }

  private static Set<Object> ids(List<NamedExpression> columns) {
    return Set.copyOf(columns.stream().map(NamedExpression::exprId).toList());
  }

  private static Set<Object> ids(LogicalPlan plan) {
    return Set.copyOf(
        Scala.<Attribute>list(plan.output()).stream().map(Attribute::exprId).toList());
  }
}
