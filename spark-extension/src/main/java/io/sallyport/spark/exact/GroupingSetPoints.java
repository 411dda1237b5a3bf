package io.sallyport.spark.exact;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.Metadata;

/**
 * ROLLUP, CUBE, GROUPING SETS and UNPIVOT, as Spark writes them: each row once for each set of
 * keys, told apart by a constant among the keys. So a group lies within one set, and the point is
 * as many points as there are sets, each over rows that stand once. They are judged like several
 * points of one question: margins and what they are margins of have their cells in common.
 */
final class GroupingSetPoints {

  /** Each is a query of its own, over the cells of all before it. */
  private static final int MOST_SETS = 64;

  private GroupingSetPoints() {}

  /**
   * The points that an aggregate is, coarser sets first; the aggregate itself where it is one.
   * Their columns are those of the aggregate.
   *
   * @throws Unreadable LIMIT_EXCEEDED when there are too many
   */
  static List<Aggregate> of(Aggregate aggregate) {
    Optional<Expand> expand = expand(aggregate.child());
    if (expand.isEmpty() || !isToldByAKey(aggregate, expand.get())) {
      return List.of(aggregate);
    }
    List<List<Expression>> sets = sets(expand.get());
    if (sets.size() > MOST_SETS) {
      throw new Unreadable(
          RefusalCode.LIMIT_EXCEEDED,
          "more than " + MOST_SETS + " sets of keys in an exact answer",
          "fewer columns in CUBE, or ROLLUP");
    }
    int places =
        Scala.<NamedExpression>list(aggregate.aggregateExpressions()).stream()
            .mapToInt(column -> Quantile.places((Expression) column))
            .sum();
    if (places * sets.size() > Quantile.MOST_PLACES_OF_SETS) {
      throw Quantile.tooManyPlaces();
    }
    List<Aggregate> points = new ArrayList<>();
    for (List<Expression> set : sets) {
      LogicalPlan rows = over(aggregate.child(), once(expand.get(), set));
      points.add(
          Catalyst.aggregate(
              Scala.list(aggregate.groupingExpressions()),
              Scala.<NamedExpression>list(aggregate.aggregateExpressions()),
              rows));
    }
    points.sort((one, other) -> Integer.compare(keys(one), keys(other)));
    return points;
  }

  /** Below operators that go row by row. */
  private static Optional<Expand> expand(LogicalPlan plan) {
    if (plan instanceof Expand expand) {
      return Optional.of(expand);
    }
    return plan instanceof Project || plan instanceof Filter
        ? expand(Scala.children(plan).get(0))
        : Optional.empty();
  }

  private static LogicalPlan over(LogicalPlan plan, LogicalPlan rows) {
    return plan instanceof Expand
        ? rows
        : Scala.withChildren(plan, List.of(over(Scala.children(plan).get(0), rows)));
  }

  /** Whether some key is a constant in each set, another one in each. */
  private static boolean isToldByAKey(Aggregate aggregate, Expand expand) {
    return Scala.<Expression>list(aggregate.groupingExpressions()).stream()
        .flatMap(key -> place(key, aggregate.child()).stream())
        .anyMatch(
            place -> {
              Set<Object> values = new HashSet<>();
              for (List<Expression> set : sets(expand)) {
                if (!(set.get(place) instanceof Literal literal) || !values.add(text(literal))) {
                  return false;
                }
              }
              return true;
            });
  }

  private static Object text(Literal literal) {
    return String.valueOf(literal.value());
  }

  /** Which column of the sets a key is, if it is one as it stands there. */
  private static Optional<Integer> place(Expression key, LogicalPlan rows) {
    if (!(key instanceof Attribute column)) {
      return Optional.empty();
    }
    if (rows instanceof Expand expand) {
      List<Attribute> output = Scala.list(expand.output());
      for (int i = 0; i < output.size(); i++) {
        if (output.get(i).exprId().equals(column.exprId())) {
          return Optional.of(i);
        }
      }
      return Optional.empty();
    }
    if (rows instanceof Project project) {
      return Scala.<NamedExpression>list(project.projectList()).stream()
          .filter(named -> named.exprId().equals(column.exprId()))
          .findFirst()
          .flatMap(
              named ->
                  place(
                      named instanceof Alias alias ? alias.child() : (Expression) named,
                      project.child()));
    }
    return place(key, Scala.children(rows).get(0));
  }

  private static List<List<Expression>> sets(Expand expand) {
    List<List<Expression>> sets = new ArrayList<>();
    for (scala.collection.immutable.Seq<Expression> set :
        Scala.<scala.collection.immutable.Seq<Expression>>list(expand.projections())) {
      sets.add(Scala.list(set));
    }
    return sets;
  }

  private static LogicalPlan once(Expand expand, List<Expression> set) {
    List<Attribute> output = Scala.list(expand.output());
    List<NamedExpression> columns = new ArrayList<>();
    for (int i = 0; i < output.size(); i++) {
      Attribute column = output.get(i);
      boolean isItself =
          set.get(i) instanceof Attribute own && own.exprId().equals(column.exprId());
      columns.add(isItself ? column : named(set.get(i), column));
    }
    return new Project(Scala.seq(columns), expand.child());
  }

  private static NamedExpression named(Expression value, Attribute column) {
    return new Alias(
        value,
        column.name(),
        column.exprId(),
        Scala.noElements(),
        Scala.some(Metadata.empty()),
        Scala.noElements());
  }

  /** How many keys tell rows apart: the others are constants in this set. */
  private static int keys(Aggregate point) {
    return (int)
        Scala.<Expression>list(point.groupingExpressions()).stream()
            .filter(key -> !isConstant(key, point.child()))
            .count();
  }

  private static boolean isConstant(Expression key, LogicalPlan rows) {
    if (!(key instanceof Attribute column)) {
      return key instanceof Literal;
    }
    if (rows instanceof Project project) {
      for (NamedExpression named : Scala.<NamedExpression>list(project.projectList())) {
        if (named.exprId().equals(column.exprId())) {
          Expression value = named instanceof Alias alias ? alias.child() : (Expression) named;
          return isConstant(value, project.child());
        }
      }
    }
    return rows instanceof Filter filter && isConstant(key, filter.child());
  }
}
