package io.sallyport.spark.release;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.scala.Catalyst;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectTopK;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;

/**
 * What the units of one frame contribute to each sum of a release point, cell by cell: rows are
 * added up for each unit, then the units' sums are added up and the largest kept. Rows that belong
 * to none of the frame's units are left out, whatever they would add.
 */
final class ContributionQuery {

  private static final Literal ZERO = new Literal(0.0, DataTypes.DoubleType);

  private final CellQuery cells;
  private final Point point;
  private final FrameName frame;
  private final int largest;

  /**
   * @param largest how many of the largest contributions are kept
   */
  ContributionQuery(CellQuery cells, Point point, FrameName frame, int largest) {
    this.cells = cells;
    this.point = point;
    this.frame = frame;
    this.largest = largest;
  }

  /** Columns: the cell; then for each sum its total, the largest contributions, the negatives. */
  LogicalPlan plan() {
    Attribute unit = point.input().units().get(frame);
    LogicalPlan rows = new Filter(new IsNotNull(unit), cells.input());
    List<Expression> contributions = point.contributions();
    LogicalPlan units = rows;
    if (!point.countRows().contains(frame)) {
      List<Alias> sums = contributions.stream().map(c -> alias(sum(c), "contribution")).toList();
      List<Expression> keys = new ArrayList<>(cells.cellColumns());
      keys.add(unit);
      List<NamedExpression> columns = new ArrayList<>(cells.cellColumns());
      columns.addAll(sums);
      units = Catalyst.aggregate(keys, columns, rows);
      contributions = sums.stream().<Expression>map(Alias::toAttribute).toList();
    }
    return Catalyst.aggregate(List.copyOf(cells.cellColumns()), columns(contributions), units);
  }

  private List<NamedExpression> columns(List<Expression> contributions) {
    List<NamedExpression> columns = new ArrayList<>(cells.cellColumns());
    for (Expression contribution : contributions) {
      Expression negative = new LessThan(contribution, ZERO);
      columns.add(alias(sum(contribution), "total"));
      columns.add(
          alias(Catalyst.aggregate(new CollectTopK(contribution, largest), false), "largest"));
      columns.add(
          alias(Catalyst.count(List.of(Catalyst.where(negative, Catalyst.one()))), "negative"));
    }
    return columns;
  }

  /** The contributions to each sum, from a row of the plan. */
  List<Contributions> contributions(InternalRow row) {
    List<Contributions> contributions = new ArrayList<>();
    int column = cells.cellColumns().size();
    for (int i = 0; i < point.contributions().size(); i++, column += 3) {
      double total = row.isNullAt(column) ? 0 : row.getDouble(column);
      List<Double> most = new ArrayList<>();
      for (double contribution : row.getArray(column + 1).toDoubleArray()) {
        most.add(contribution);
      }
      contributions.add(new Contributions(total, most, row.getLong(column + 2)));
    }
    return contributions;
  }

  private static Expression sum(Expression contribution) {
    return Catalyst.aggregate(new Sum(contribution), false);
  }
}
