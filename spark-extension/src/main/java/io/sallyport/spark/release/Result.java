package io.sallyport.spark.release;

import io.sallyport.spark.rows.KeptRows;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A result as it is kept.
 *
 * @param schema its columns; every one of them may be NULL
 * @param rows its rows, in order; empty when there are more of them than the operator allows
 * @param evidence what stands behind it, as JSON, for owners
 */
public record Result(StructType schema, Optional<List<UnsafeRow>> rows, String evidence) {

  public Result {
    rows = rows.map(KeptRows::immutable);
  }

  /** The columns of a plan, without comments: these may be the owner's. */
  public static StructType schemaOf(LogicalPlan plan) {
    return schemaOf(Scala.<Attribute>list(plan.output()));
  }

  static StructType schemaOf(List<Attribute> columns) {
    return new StructType(
        columns.stream()
            .map(c -> new StructField(c.name(), c.dataType(), true, Metadata.empty()))
            .toArray(StructField[]::new));
  }
}
