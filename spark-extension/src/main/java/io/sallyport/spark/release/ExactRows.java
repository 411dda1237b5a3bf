package io.sallyport.spark.release;

import io.sallyport.spark.rows.KeptRows;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;

/**
 * Materialises the rows of a whole plan, to be kept. More rows than the operator allows are none:
 * how many there are must not be told to the one who asks, so this is no error.
 */
final class ExactRows {

  private final Chamber chamber;
  private final int mostRows;

  ExactRows(Chamber chamber, int mostRows) {
    this.chamber = chamber;
    this.mostRows = mostRows;
  }

  /** A plan without sealed leaves, over what was released before. */
  Result ofFree(LogicalPlan plan) {
    List<Attribute> columns = Scala.list(plan.output());
    Optional<List<UnsafeRow>> rows =
        KeptRows.areIn(plan) ? chamber.runMany(plan, mostRows) : fitting(rows(plan, columns));
    return new Result(Result.schemaOf(plan), rows, "{}");
  }

  /** A plan that reads governed data. Whatever derives from a blacklisted column is wiped. */
  Result ofGoverned(LogicalPlan unsealed, Judged judged, Evidence evidence) {
    List<Attribute> columns = Scala.list(judged.plan().output());
    List<UnsafeRow> rows = rows(unsealed, columns);
    Wipe wipe = new Wipe(FrameTotals.tables(judged.plan()));
    Optional<List<UnsafeRow>> shown =
        fitting(rows).map(some -> wipe.apply(some, columns, judged.labels().root()));
    return new Result(Result.schemaOf(judged.plan()), shown, evidence.of(judged));
  }

  private List<UnsafeRow> rows(LogicalPlan plan, List<Attribute> columns) {
    UnsafeProjection all = Rows.projection(Rows.references(columns, 0, columns.size()));
    List<UnsafeRow> rows = new ArrayList<>();
    for (InternalRow row : chamber.run(limited(plan))) {
      rows.add(Rows.project(all, row));
    }
    return rows;
  }

  private Optional<List<UnsafeRow>> fitting(List<UnsafeRow> rows) {
    return rows.size() > mostRows ? Optional.empty() : Optional.of(rows);
  }

  private LogicalPlan limited(LogicalPlan rows) {
    Literal limit = new Literal(mostRows + 1, DataTypes.IntegerType);
    return new GlobalLimit(limit, new LocalLimit(limit, rows));
  }
}
