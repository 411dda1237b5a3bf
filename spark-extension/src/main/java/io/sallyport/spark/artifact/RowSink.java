package io.sallyport.spark.artifact;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;

/** Where the rows of an artifact go that is read. */
public interface RowSink {

  /** One row more; it is another once this has returned. */
  void add(UnsafeRow row);

  /** All that were added, in their order. */
  List<UnsafeRow> rows();

  /** Makes a sink for the rows of one artifact. */
  interface Maker {
    RowSink sink(StructType schema);
  }

  /** Holds the rows in memory. */
  static RowSink inMemory() {
    List<UnsafeRow> rows = new ArrayList<>();
    return new RowSink() {
      @Override
      public void add(UnsafeRow row) {
        rows.add(row.copy());
      }

      @Override
      public List<UnsafeRow> rows() {
        return rows;
      }
    };
  }
}
