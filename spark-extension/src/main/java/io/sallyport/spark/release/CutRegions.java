package io.sallyport.spark.release;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.types.DataTypes;

/**
 * What a plan's filters and its joins with free data cut away, as plans that count the people among
 * the cut rows.
 *
 * <p>A region is a part of the plan between aggregates in which every filter and every such join
 * can be replaced by a column that says whether the row passes. The rows that do not pass are what
 * the filters cut away.
 */
final class CutRegions {

  /**
   * @param plan the region without its filters
   * @param cut true in the rows that a filter takes away
   * @param units the unit columns of the region's frames
   */
  record Region(LogicalPlan plan, Expression cut, Map<FrameName, Attribute> units) {}

  private record Widened(LogicalPlan plan, List<Attribute> passes) {}

  private CutRegions() {}

  /** The regions of a plan that have frames and filters. */
  static List<Region> of(LogicalPlan plan) {
    List<LogicalPlan> roots = new ArrayList<>();
    roots.add(plan);
    collectInnerRoots(plan, roots);
    return roots.stream().map(CutRegions::region).flatMap(List::stream).toList();
  }

  private static List<Region> region(LogicalPlan root) {
    CarriedPlan carried = CarryUnits.through(root);
    Widened widened = widen(carried.plan());
    if (carried.units().isEmpty() || widened.passes().isEmpty()) {
      return List.of();
    }
    return List.of(new Region(widened.plan(), new Not(all(widened.passes())), carried.units()));
  }

  private static void collectInnerRoots(LogicalPlan plan, List<LogicalPlan> roots) {
    List<LogicalPlan> children = Scala.children(plan);
    if (plan instanceof Aggregate) {
      roots.addAll(children);
    } else if (plan instanceof Join join) {
      if (!widensLeft(join)) {
        roots.add(join.left());
      }
      if (!widensRight(join)) {
        roots.add(join.right());
      }
    }
    children.forEach(child -> collectInnerRoots(child, roots));
  }

  private static Widened widen(LogicalPlan plan) {
    if (plan instanceof Filter filter) {
      return filter(filter);
    }
    if (plan instanceof Project project) {
      Widened child = widen(project.child());
      List<NamedExpression> columns =
          new ArrayList<>(Scala.<NamedExpression>list(project.projectList()));
      columns.addAll(child.passes());
      return new Widened(new Project(Scala.seq(columns), child.plan()), child.passes());
    }
    if (plan instanceof Join join) {
      return join(join);
    }
    if (plan instanceof Union union) {
      return union(union);
    }
    if (plan instanceof SubqueryAlias || plan instanceof Sort) {
      Widened child = widen(Scala.children(plan).get(0));
      return new Widened(Scala.withChildren(plan, List.of(child.plan())), child.passes());
    }
    return new Widened(plan, List.of());
  }

  private static Widened filter(Filter filter) {
    Widened child = widen(filter.child());
    Expression pass =
        new Coalesce(
            Scala.seq(List.of(filter.condition(), new Literal(false, DataTypes.BooleanType))));
    Alias column = alias(pass, "passes");
    List<Attribute> passes = new ArrayList<>(child.passes());
    passes.add(column.toAttribute());
    return new Widened(Catalyst.withColumns(child.plan(), List.of(column)), passes);
  }

  private static Widened join(Join join) {
    Widened left = widensLeft(join) ? widen(join.left()) : new Widened(join.left(), List.of());
    Widened right = widensRight(join) ? widen(join.right()) : new Widened(join.right(), List.of());
    List<Attribute> passes = new ArrayList<>(left.passes());
    passes.addAll(right.passes());
    return JoinCut.of(join, left.plan(), right.plan())
        .map(cut -> new Widened(cut.plan(), with(passes, cut.passes())))
        .orElseGet(
            () ->
                new Widened(Scala.withChildren(join, List.of(left.plan(), right.plan())), passes));
  }

  private static List<Attribute> with(List<Attribute> passes, Attribute more) {
    List<Attribute> all = new ArrayList<>(passes);
    all.add(more);
    return all;
  }

  private static Widened union(Union union) {
    List<Widened> branches = Scala.children(union).stream().map(CutRegions::widen).toList();
    if (branches.stream().allMatch(branch -> branch.passes().isEmpty())) {
      return new Widened(union, List.of());
    }
    List<LogicalPlan> originals = Scala.children(union);
    List<LogicalPlan> widened = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      List<NamedExpression> columns =
          new ArrayList<>(Scala.<Attribute>list(originals.get(i).output()));
      columns.add(alias(all(branches.get(i).passes()), "passes"));
      widened.add(new Project(Scala.seq(columns), branches.get(i).plan()));
    }
    LogicalPlan plan = Scala.withChildren(union, widened);
    List<Attribute> output = Scala.list(plan.output());
    return new Widened(plan, List.of(output.get(output.size() - 1)));
  }

  private static Expression all(List<Attribute> passes) {
    return passes.stream().<Expression>map(p -> p).reduce(And::new).orElseGet(Catalyst::yes);
  }

  /** Whether a row of that side that would not pass can be kept without changing other rows. */
  private static boolean widensLeft(Join join) {
    return switch (join.joinType().sql()) {
      case "INNER", "CROSS", "LEFT OUTER", "LEFT SEMI", "LEFT ANTI" -> true;
      default -> false;
    };
  }

  private static boolean widensRight(Join join) {
    return switch (join.joinType().sql()) {
      case "INNER", "CROSS", "RIGHT OUTER" -> true;
      default -> false;
    };
  }
}
