package io.sallyport.spark.release;

import static io.sallyport.spark.release.Catalyst.alias;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * A release point with its evidence: the analyst's aggregate as it is, and beside each group the
 * distinct units it rests on, in the same scan.
 *
 * <p>An aggregate skips NULL arguments, so it may rest on fewer people than its group. Whether any
 * argument is NULL costs one plain count; only when one is are the people on both sides counted, in
 * a second query ({@link #missing}).
 */
final class GroupQuery {

  private final Aggregate aggregate;
  private final CarriedPlan input;
  private final List<FrameName> frames;
  private final Set<FrameName> countRows;
  private final List<List<Expression>> nullable;

  /**
   * @param frames the frames with an obligation
   * @param countRows those of them whose unit is the row
   */
  GroupQuery(
      Aggregate aggregate, CarriedPlan input, List<FrameName> frames, Set<FrameName> countRows) {
    this.aggregate = aggregate;
    this.input = input;
    this.frames = List.copyOf(frames);
    this.countRows = Set.copyOf(countRows);
    this.nullable = nullableArguments(aggregate);
  }

  /** Columns: the analyst's, the keys, units per frame, rows, rows per nullable argument set. */
  LogicalPlan plan() {
    List<NamedExpression> columns =
        new ArrayList<>(Scala.<NamedExpression>list(aggregate.aggregateExpressions()));
    keys().forEach(key -> columns.add(alias(key, "key")));
    frames.forEach(frame -> columns.add(alias(units(frame, Catalyst.yes()), "units")));
    columns.add(alias(Catalyst.countRows(), "rows"));
    nullable.forEach(arguments -> columns.add(alias(Catalyst.count(arguments), "present")));
    return Catalyst.aggregate(keys(), columns, input.plan());
  }

  List<Group> groups(List<Attribute> columns, List<InternalRow> rows) {
    int width = aggregate.output().size();
    int evidence = width + keys().size();
    UnsafeProjection output = Rows.projection(Rows.references(columns, 0, width));
    UnsafeProjection key = Rows.projection(Rows.references(columns, width, evidence));
    List<Group> groups = new ArrayList<>();
    for (InternalRow row : rows) {
      int rowCount = evidence + frames.size();
      List<Long> units = new ArrayList<>();
      for (int i = evidence; i < rowCount; i++) {
        units.add(row.getLong(i));
      }
      List<Boolean> complete = new ArrayList<>();
      for (int i = 0; i < nullable.size(); i++) {
        complete.add(row.getLong(rowCount + 1 + i) == row.getLong(rowCount));
      }
      groups.add(new Group(Rows.project(key, row), Rows.project(output, row), units, complete));
    }
    return groups;
  }

  /**
   * The second query. Columns: the keys; then for each argument set and frame, the distinct units
   * with all arguments present and those with one missing.
   */
  LogicalPlan missing() {
    List<NamedExpression> columns = new ArrayList<>();
    keys().forEach(key -> columns.add(alias(key, "key")));
    for (List<Expression> arguments : nullable) {
      Expression present = Catalyst.allPresent(arguments);
      for (FrameName frame : frames) {
        columns.add(alias(units(frame, present), "present"));
        columns.add(alias(units(frame, new Not(present)), "missing"));
      }
    }
    return Catalyst.aggregate(keys(), columns, input.plan());
  }

  int argumentSets() {
    return nullable.size();
  }

  List<Expression> keys() {
    return Scala.list(aggregate.groupingExpressions());
  }

  /** The key columns as attributes, to sort and match by. */
  List<Attribute> keyAttributes() {
    return keys().stream().map(key -> alias(key, "key").toAttribute()).toList();
  }

  boolean isGlobal() {
    return keys().isEmpty();
  }

  private Expression units(FrameName frame, Expression condition) {
    Attribute unit = input.units().get(frame);
    Expression counted = condition instanceof Literal ? unit : Catalyst.where(condition, unit);
    return countRows.contains(frame)
        ? Catalyst.count(List.of(counted))
        : Catalyst.countDistinct(counted);
  }

  private static List<List<Expression>> nullableArguments(Aggregate aggregate) {
    Set<List<Expression>> sets = new LinkedHashSet<>();
    for (NamedExpression column : Scala.<NamedExpression>list(aggregate.aggregateExpressions())) {
      collect((Expression) column, sets);
    }
    return List.copyOf(sets);
  }

  private static void collect(Expression expression, Set<List<Expression>> sets) {
    if (expression instanceof AggregateExpression function) {
      List<Expression> arguments =
          Scala.children(function.aggregateFunction()).stream()
              .filter(Expression::nullable)
              .toList();
      if (!arguments.isEmpty()) {
        sets.add(arguments);
      }
    } else {
      Scala.children(expression).forEach(inner -> collect(inner, sets));
    }
  }
}
