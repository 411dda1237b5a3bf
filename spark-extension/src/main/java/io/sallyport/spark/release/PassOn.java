package io.sallyport.spark.release;

import io.sallyport.spark.noise.ErrorBars;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.types.DataTypes;

/**
 * Passes the error bars of a release on to the result, through operators that pass its columns on:
 * a column that goes on under another name takes its bars along.
 */
final class PassOn {

  private static final Set<Class<?>> PASSING =
      Set.of(
          Project.class,
          Filter.class,
          Sort.class,
          SubqueryAlias.class,
          GlobalLimit.class,
          LocalLimit.class,
          Offset.class);

  /** A plan with more columns, and which of them are the bars of which column. */
  private record Passed(LogicalPlan plan, Map<ExprId, List<Attribute>> bars) {}

  private PassOn() {}

  /** Whether a plan passes on what an aggregate in it releases. */
  @SuppressWarnings("ReferenceEquality") // two equal nodes are two release points
  static boolean reaches(LogicalPlan plan, Aggregate aggregate) {
    if (plan == aggregate) {
      return true;
    }
    return PASSING.contains(plan.getClass()) && reaches(Scala.children(plan).get(0), aggregate);
  }

  /**
   * The plan with the bars as its last columns.
   *
   * @param bars for each column of the leaf its lower and its upper end, columns of the leaf too
   */
  static LogicalPlan through(LogicalPlan plan, Map<ExprId, List<Attribute>> bars) {
    return passed(plan, bars).plan();
  }

  /** A plan of nothing with the columns that a plan has once its release has bars. */
  static LogicalPlan described(LogicalPlan plan, NoisePlan.Part part) {
    Aggregate aggregate = part.point().point().aggregate();
    List<Attribute> columns = new ArrayList<>(Scala.<Attribute>list(aggregate.output()));
    Map<ExprId, List<Attribute>> bars = new HashMap<>();
    for (int ordinal : new ErrorBars(part.point(), part.calibration()).ordinals()) {
      Attribute column = columns.get(ordinal);
      List<Attribute> ends = List.of(end(column.name() + "_low"), end(column.name() + "_high"));
      bars.put(column.exprId(), ends);
      columns.addAll(ends);
    }
    LocalRelation nothing =
        new LocalRelation(
            Scala.seq(columns), Scala.seq(List.<InternalRow>of()), false, Scala.none());
    return through(replaced(plan, aggregate, nothing), bars);
  }

  /** One end of a column's bar. */
  static Attribute end(String name) {
    return Catalyst.alias(Catalyst.nothing(DataTypes.DoubleType), name).toAttribute();
  }

  @SuppressWarnings("ReferenceEquality") // as above
  private static LogicalPlan replaced(LogicalPlan plan, Aggregate aggregate, LogicalPlan by) {
    return plan == aggregate
        ? by
        : Scala.withChildren(plan, List.of(replaced(Scala.children(plan).get(0), aggregate, by)));
  }

  private static Passed passed(LogicalPlan plan, Map<ExprId, List<Attribute>> bars) {
    if (Scala.children(plan).isEmpty()) {
      return new Passed(plan, bars);
    }
    Passed below = passed(Scala.children(plan).get(0), bars);
    if (!(plan instanceof Project project)) {
      return new Passed(Scala.withChildren(plan, List.of(below.plan())), below.bars());
    }
    List<NamedExpression> columns =
        new ArrayList<>(Scala.<NamedExpression>list(project.projectList()));
    Map<ExprId, List<Attribute>> renamed = new HashMap<>();
    for (NamedExpression column : List.copyOf(columns)) {
      Expression value = column instanceof Alias alias ? alias.child() : (Expression) column;
      if (value instanceof Attribute passed && below.bars().containsKey(passed.exprId())) {
        List<Attribute> own = below.bars().get(passed.exprId());
        Alias low = Catalyst.alias(own.get(0), column.name() + "_low");
        Alias high = Catalyst.alias(own.get(1), column.name() + "_high");
        columns.add(low);
        columns.add(high);
        renamed.put(column.exprId(), List.of(low.toAttribute(), high.toAttribute()));
      }
    }
    return new Passed(new Project(Scala.seq(columns), below.plan()), renamed);
  }
}
