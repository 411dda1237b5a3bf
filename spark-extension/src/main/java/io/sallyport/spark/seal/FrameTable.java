package io.sallyport.spark.seal;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.FrameSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A table that analysts can name: a governed frame, or a table every analyst may read.
 *
 * @param name as analysts write it
 * @param source where Spark finds it
 * @param schema as read at start-up; a later change of the data's schema is refused, not followed
 * @param frame the owner's terms; empty for a public table
 */
public record FrameTable(
    FrameName name, FrameSource source, StructType schema, Optional<Frame> frame) {

  public FrameTable {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(frame, "frame");
  }

  /** The columns' names and types; their comments are the owner's. */
  public StructType bareSchema() {
    return new StructType(
        Arrays.stream(schema.fields())
            .map(f -> new StructField(f.name(), f.dataType(), f.nullable(), Metadata.empty()))
            .toArray(StructField[]::new));
  }

  public boolean isGoverned() {
    return frame.isPresent();
  }
}
