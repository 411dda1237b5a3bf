package io.sallyport.spark.artifact;

import static java.util.Objects.requireNonNull;

import io.sallyport.spark.rows.KeptRows;
import io.sallyport.spark.rows.ResultDigest;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;

/**
 * An immutable result, with what its owner needs to decide about it.
 *
 * @param schema the columns
 * @param rows the rows, in the order they are shown; nobody may write into them
 * @param evidenceJson for the owner only: on how many units each row rests
 */
public record ArtifactContent(StructType schema, List<UnsafeRow> rows, String evidenceJson) {

  public ArtifactContent {
    requireNonNull(schema, "schema");
    rows = KeptRows.immutable(rows);
    requireNonNull(evidenceJson, "evidenceJson");
  }

  /** What tells this result from any other. */
  public ResultDigest digest() {
    return ResultDigest.of(schema, rows);
  }

  /** Says how much it holds, never what. */
  @Override
  public String toString() {
    return "ArtifactContent[" + schema.size() + " columns, " + rows.size() + " rows]";
  }
}
