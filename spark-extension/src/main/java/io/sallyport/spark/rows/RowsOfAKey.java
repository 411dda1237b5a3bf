package io.sallyport.spark.rows;

import static java.util.stream.Collectors.toSet;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;

/**
 * How many rows of a plan have the same values in some columns, at most: one in a group's keys and
 * in a range, as many as there are in a list, and all of them where the plan does not tell.
 */
final class RowsOfAKey {

  private final MadeRows rows;
  private final IdentityHashMap<LogicalPlan, Map<Set<ExprId>, Long>> known =
      new IdentityHashMap<>();

  RowsOfAKey(MadeRows rows) {
    this.rows = rows;
  }

  /** The pairs that a join makes, and the rows of either side that find none. */
  long pairs(Join join) {
    long left = rows.count(join.left());
    long right = rows.count(join.right());
    return Math.max(
        Math.max(left, right),
        Math.min(
            MadeRows.times(left, met(join, join.right())),
            MadeRows.times(right, met(join, join.left()))));
  }

  /** How many rows of one side meet one of the other. */
  long met(Join join, LogicalPlan side) {
    Set<ExprId> columns = new HashSet<>();
    Scala.optional(join.condition()).ifPresent(on -> equated(on, side, columns));
    return of(side, columns);
  }

  private static void equated(Expression condition, LogicalPlan side, Set<ExprId> columns) {
    if (condition instanceof And and) {
      equated(and.left(), side, columns);
      equated(and.right(), side, columns);
    } else if (condition instanceof EqualTo equal) {
      equated(equal.left(), equal.right(), side, columns);
      equated(equal.right(), equal.left(), side, columns);
    } else if (condition instanceof EqualNullSafe equal) {
      equated(equal.left(), equal.right(), side, columns);
      equated(equal.right(), equal.left(), side, columns);
    }
  }

  /** The other operand has one value for each row of the other side, and nothing of this one. */
  private static void equated(
      Expression one, Expression other, LogicalPlan side, Set<ExprId> columns) {
    List<Attribute> others = Scala.list(other.references().toSeq());
    if (!others.isEmpty() && others.stream().noneMatch(side.outputSet()::contains)) {
      column(one).filter(side.outputSet()::contains).ifPresent(c -> columns.add(c.exprId()));
    }
  }

  /** The column whose values are told apart by those of an expression. */
  private static Optional<Attribute> column(Expression expression) {
    if (expression instanceof Alias alias) {
      return column(alias.child());
    }
    if (expression instanceof Cast cast && isWidening(cast.child().dataType(), cast.dataType())) {
      return column(cast.child());
    }
    return expression instanceof Attribute column ? Optional.of(column) : Optional.empty();
  }

  private static boolean isWidening(DataType from, DataType to) {
    return from.equals(to) || (isExact(from) && isExact(to) && Cast.canUpCast(from, to));
  }

  private static boolean isExact(DataType type) {
    return type instanceof IntegralType || type instanceof DecimalType;
  }

  private long of(LogicalPlan plan, Set<ExprId> columns) {
    Map<Set<ExprId>, Long> counted = known.computeIfAbsent(plan, p -> new HashMap<>());
    Long count = counted.get(columns);
    if (count == null) {
      count = Math.min(rows.count(plan), count(plan, columns));
      counted.put(columns, count);
    }
    return count;
  }

  private long count(LogicalPlan plan, Set<ExprId> columns) {
    if (plan instanceof Range range) {
      return columns.containsAll(ids(range)) ? 1 : Long.MAX_VALUE;
    }
    if (plan instanceof LocalRelation list) {
      return most(list, columns);
    }
    if (plan instanceof Aggregate aggregate) {
      return holdsKeys(aggregate, columns) ? 1 : Long.MAX_VALUE;
    }
    if (plan instanceof Join join) {
      return Math.min(
          MadeRows.times(of(join.left(), in(join.left(), columns)), met(join, join.right())),
          MadeRows.times(of(join.right(), in(join.right(), columns)), met(join, join.left())));
    }
    if (plan instanceof Union union) {
      return branches(union, columns);
    }
    List<LogicalPlan> inputs = Scala.children(plan);
    if (inputs.size() != 1 || repeats(plan)) {
      return Long.MAX_VALUE;
    }
    LogicalPlan input = inputs.get(0);
    if (plan instanceof Project project) {
      return of(input, below(project, columns));
    }
    boolean unique =
        (plan instanceof Distinct && columns.containsAll(ids(plan)))
            || (plan instanceof Deduplicate different
                && columns.containsAll(
                    Scala.<Attribute>list(different.keys()).stream()
                        .map(Attribute::exprId)
                        .toList()));
    return unique ? 1 : of(input, in(input, columns));
  }

  /** Whether one row of the input may be there several times. */
  private static boolean repeats(LogicalPlan plan) {
    return plan instanceof Generate
        || plan instanceof Expand
        || (plan instanceof Sample sample && sample.withReplacement());
  }

  private static Set<ExprId> ids(LogicalPlan plan) {
    return Scala.<Attribute>list(plan.output()).stream().map(Attribute::exprId).collect(toSet());
  }

  private static Set<ExprId> in(LogicalPlan side, Set<ExprId> columns) {
    Set<ExprId> both = ids(side);
    both.retainAll(columns);
    return both;
  }

  private static Set<ExprId> below(Project project, Set<ExprId> columns) {
    return Scala.<NamedExpression>list(project.projectList()).stream()
        .filter(column -> columns.contains(column.exprId()))
        .flatMap(column -> column((Expression) column).stream())
        .map(Attribute::exprId)
        .collect(toSet());
  }

  private static boolean holdsKeys(Aggregate aggregate, Set<ExprId> columns) {
    List<NamedExpression> held =
        Scala.<NamedExpression>list(aggregate.aggregateExpressions()).stream()
            .filter(column -> columns.contains(column.exprId()))
            .toList();
    return Scala.<Expression>list(aggregate.groupingExpressions()).stream()
        .allMatch(key -> held.stream().anyMatch(column -> shows(column, key)));
  }

  private static boolean shows(NamedExpression column, Expression key) {
    Expression shown = column instanceof Alias alias ? alias.child() : (Expression) column;
    return shown.semanticEquals(key) || column.exprId().equals(idOf(key));
  }

  private static ExprId idOf(Expression key) {
    return key instanceof NamedExpression named ? named.exprId() : null;
  }

  private long branches(Union union, Set<ExprId> columns) {
    List<Attribute> output = Scala.list(union.output());
    long sum = 0;
    for (LogicalPlan branch : Scala.children(union)) {
      List<Attribute> given = Scala.list(branch.output());
      Set<ExprId> there = new HashSet<>();
      for (int i = 0; i < output.size(); i++) {
        if (columns.contains(output.get(i).exprId())) {
          there.add(given.get(i).exprId());
        }
      }
      sum += of(branch, there);
    }
    return sum;
  }

  private static long most(LocalRelation list, Set<ExprId> columns) {
    List<Attribute> output = Scala.list(list.output());
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < output.size(); i++) {
      if (columns.contains(output.get(i).exprId())) {
        places.add(i);
      }
    }
    Map<List<Object>, Long> counts = new HashMap<>();
    long most = places.isEmpty() ? Long.MAX_VALUE : 0;
    for (InternalRow row :
        places.isEmpty() ? List.<InternalRow>of() : Scala.<InternalRow>list(list.data())) {
      List<Object> key = new ArrayList<>();
      places.forEach(place -> key.add(row.get(place, output.get(place).dataType())));
      most = Math.max(most, counts.merge(key, 1L, Long::sum));
    }
    return most;
  }
}
