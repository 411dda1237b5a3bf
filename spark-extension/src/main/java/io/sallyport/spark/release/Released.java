package io.sallyport.spark.release;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.rows.KeptRows;
import io.sallyport.spark.rows.ResultDigest;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;

/**
 * What left the chamber: rows that cannot change any more.
 *
 * @param columns the columns, with the ids the analyst's plan knows them by
 * @param rows the rows, in the order they are shown
 */
record Released(List<Attribute> columns, List<UnsafeRow> rows) {

  Released {
    columns = List.copyOf(columns);
    rows = KeptRows.immutable(rows);
  }

  LogicalPlan relation() {
    return KeptRows.relation(columns, rows);
  }

  ResultDigest digest() {
    return ResultDigest.of(DataTypeUtils.fromAttributes(Scala.seq(columns)), rows);
  }

  static RefusedException tooManyRows(int mostRows) {
    return RefusedException.of(
        RefusalCode.LIMIT_EXCEEDED,
        "the result has more than " + mostRows + " rows",
        "fewer or coarser groups");
  }
}
