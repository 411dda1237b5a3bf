package io.sallyport.spark.label;

import io.sallyport.policy.frame.FrameName;
import java.util.Locale;
import java.util.Objects;

/** A column of a governed frame; names compare as Spark's do, without regard to case. */
public record ColumnRef(FrameName frame, String column) {

  public ColumnRef {
    Objects.requireNonNull(frame, "frame");
    column = column.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return frame.value() + "." + column;
  }
}
