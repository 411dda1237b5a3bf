package io.sallyport.spark.exact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Counts the cells of a shape: one query, and one more where squares are added up. */
final class CellCounting {

  private final Counts counts;
  private final CellQuery query;
  private final CellShape shape;

  CellCounting(Counts counts, CellQuery query, CellShape shape) {
    this.counts = counts;
    this.query = query;
    this.shape = shape;
  }

  CellTable table() {
    LogicalPlan plan = query.plan();
    CellLayout layout = query.layout(plan);
    List<Cell> cells = layout.cells(counts.rows(plan));
    return new CellTable(shape, query.moments().map(m -> withMoments(cells, m)).orElse(cells));
  }

  private List<Cell> withMoments(List<Cell> cells, LogicalPlan plan) {
    int width = query.cell().size();
    UnsafeProjection key = query.layout(plan).projection(0, width);
    Map<UnsafeRow, List<Double>> moments = new HashMap<>();
    for (InternalRow row : counts.rows(plan)) {
      List<Double> values = new ArrayList<>();
      for (int i = width; i < row.numFields(); i++) {
        values.add(row.isNullAt(i) ? Double.NaN : row.getDouble(i));
      }
      moments.put(key.apply(row).copy(), values);
    }
    List<Cell> with = new ArrayList<>();
    for (Cell cell : cells) {
      with.add(cell.withMoments(moments.get(cell.key())));
    }
    return with;
  }
}
