package io.sallyport.spark.release;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.label.AggregateTerm;
import io.sallyport.spark.label.Branch;
import io.sallyport.spark.scala.Catalyst;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;

/**
 * The cells of a release point whose aggregates have conditions: its groups, divided further by the
 * branch that each conditional aggregate takes.
 *
 * <p>A conditional aggregate, and every sum or difference of several, is made of the cells'
 * aggregates. So the release point shows no more than the aggregate that groups by the conditions
 * too, and it is released only if that one could be.
 */
final class CellQuery {

  private final Point point;
  private final List<AggregateTerm> terms;
  private final List<Alias> cell;

  CellQuery(Point point) {
    this.point = point;
    this.terms = point.conditionalTerms();
    this.cell = new ArrayList<>();
    point.keys().forEach(key -> cell.add(alias(key, "key")));
    terms.forEach(term -> cell.add(alias(branch(term), "branch")));
  }

  /** The input with columns that say which cell a row is in: the keys, then the branches. */
  LogicalPlan input() {
    return cell.isEmpty() ? point.input().plan() : Catalyst.withColumns(point.input().plan(), cell);
  }

  /** The columns that say which cell a row is in. */
  List<Attribute> cellColumns() {
    return cell.stream().map(Alias::toAttribute).toList();
  }

  /** Columns: the cell, units per frame, then per term and frame who has the arguments or not. */
  LogicalPlan plan() {
    List<NamedExpression> columns = new ArrayList<>(cellColumns());
    point.frames().forEach(f -> columns.add(alias(point.units(f, Catalyst.yes()), "units")));
    for (AggregateTerm term : terms) {
      Expression present =
          byBranch(term, i -> Catalyst.allPresent(term.branches().get(i).values()));
      for (FrameName frame : point.frames()) {
        columns.add(alias(point.units(frame, present), "present"));
        columns.add(alias(point.units(frame, new Not(present)), "missing"));
      }
    }
    return Catalyst.aggregate(List.copyOf(cellColumns()), columns, input());
  }

  /** One cell from a row of the plan. */
  Cell cell(InternalRow row) {
    int units = cell.size();
    int frames = point.frames().size();
    List<Integer> branches = new ArrayList<>();
    for (int i = point.keys().size(); i < units; i++) {
      branches.add(row.getInt(i));
    }
    List<Long> people = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      people.add(row.getLong(units + i));
    }
    return new Cell(
        branches,
        people,
        GroupQuery.presences(row, units + frames, terms.size(), frames),
        List.of());
  }

  private static Expression branch(AggregateTerm term) {
    return byBranch(term, i -> new Literal(i, DataTypes.IntegerType));
  }

  /** In the rows of each branch, the value for its ordinal. */
  private static Expression byBranch(AggregateTerm term, IntFunction<Expression> value) {
    List<Branch> branches = term.branches();
    Expression chosen = value.apply(branches.size() - 1);
    for (int i = branches.size() - 2; i >= 0; i--) {
      chosen = new If(branches.get(i).region(), value.apply(i), chosen);
    }
    return chosen;
  }
}
