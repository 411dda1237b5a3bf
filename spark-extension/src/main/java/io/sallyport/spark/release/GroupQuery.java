package io.sallyport.spark.release;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.label.AggregateTerm;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * A release point with its evidence: the analyst's aggregate as it is, and beside each group the
 * distinct units it rests on, in the same scan.
 *
 * <p>An aggregate skips NULL arguments, so it may rest on fewer people than its group. Whether any
 * argument is NULL costs one plain count; only when one is are the people on both sides counted, in
 * a second query ({@link #missing}). Arguments under a condition are the business of {@link
 * CellQuery}.
 */
final class GroupQuery {

  private final Point point;
  private final List<List<Expression>> nullable;

  GroupQuery(Point point) {
    this.point = point;
    this.nullable = nullableArguments(point.terms());
  }

  /** Columns: the analyst's, the keys, units per frame, rows, rows per nullable argument set. */
  LogicalPlan plan() {
    List<NamedExpression> columns = new ArrayList<>(point.shown());
    point.keys().forEach(key -> columns.add(alias(key, "key")));
    point.frames().forEach(frame -> columns.add(alias(units(frame), "units")));
    columns.add(alias(Catalyst.countRows(), "rows"));
    nullable.forEach(arguments -> columns.add(alias(Catalyst.count(arguments), "present")));
    return Catalyst.aggregate(point.keys(), columns, point.input().plan());
  }

  List<Group> groups(List<Attribute> columns, List<InternalRow> rows) {
    int width = point.shown().size();
    int evidence = width + point.keys().size();
    UnsafeProjection output = Rows.projection(Rows.references(columns, 0, width));
    UnsafeProjection key = Rows.projection(Rows.references(columns, width, evidence));
    List<Group> groups = new ArrayList<>();
    for (InternalRow row : rows) {
      List<Long> units = new ArrayList<>();
      for (int i = 0; i < point.frames().size(); i++) {
        units.add(row.getLong(evidence + i));
      }
      groups.add(
          new Group(
              Rows.project(key, row), Rows.project(output, row), units, List.of(), List.of()));
    }
    return groups;
  }

  /** Whether no argument is NULL in any row. */
  boolean isComplete(List<InternalRow> rows) {
    int all = point.shown().size() + point.keys().size() + point.frames().size();
    for (InternalRow row : rows) {
      for (int i = 0; i < nullable.size(); i++) {
        if (row.getLong(all + 1 + i) != row.getLong(all)) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * The second query. Columns: the keys; then for each argument set and frame, the distinct units
   * with all arguments present and those with one missing.
   */
  LogicalPlan missing() {
    List<NamedExpression> columns = new ArrayList<>();
    point.keys().forEach(key -> columns.add(alias(key, "key")));
    for (List<Expression> arguments : nullable) {
      Expression present = Catalyst.allPresent(arguments);
      for (FrameName frame : point.frames()) {
        columns.add(alias(point.units(frame, present), "present"));
        columns.add(alias(point.units(frame, new Not(present)), "missing"));
      }
    }
    return Catalyst.aggregate(point.keys(), columns, point.input().plan());
  }

  /** What the second query found, for each key. */
  Map<UnsafeRow, List<Presence>> presences(List<Attribute> columns, List<InternalRow> rows) {
    int keys = point.keys().size();
    UnsafeProjection key = Rows.projection(Rows.references(columns, 0, keys));
    return rows.stream()
        .collect(
            Collectors.toMap(
                row -> Rows.project(key, row),
                row -> presences(row, keys, nullable.size(), point.frames().size())));
  }

  /** Reads present and missing units, for each argument set and frame, from a column on. */
  static List<Presence> presences(InternalRow row, int from, int sets, int frames) {
    List<Presence> presences = new ArrayList<>();
    for (int set = 0; set < sets; set++) {
      List<Long> present = new ArrayList<>();
      List<Long> missing = new ArrayList<>();
      for (int i = 0; i < frames; i++) {
        int column = from + 2 * (set * frames + i);
        present.add(row.getLong(column));
        missing.add(row.getLong(column + 1));
      }
      presences.add(new Presence(present, missing));
    }
    return presences;
  }

  /** Which of the nullable argument sets an aggregate has; -1 when none of its arguments is. */
  int argumentSet(AggregateTerm term) {
    return nullable.indexOf(nullable(term));
  }

  private Expression units(FrameName frame) {
    Attribute unit = point.input().units().get(frame);
    return point.countRows().contains(frame)
        ? Catalyst.count(List.of(unit))
        : Catalyst.countDistinct(unit);
  }

  private static List<List<Expression>> nullableArguments(List<AggregateTerm> terms) {
    Set<List<Expression>> sets = new LinkedHashSet<>();
    terms.stream()
        .filter(term -> !term.isConditional())
        .map(GroupQuery::nullable)
        .filter(arguments -> !arguments.isEmpty())
        .forEach(sets::add);
    return List.copyOf(sets);
  }

  private static List<Expression> nullable(AggregateTerm term) {
    return Scala.children(term.function().aggregateFunction()).stream()
        .filter(Expression::nullable)
        .toList();
  }
}
