package io.sallyport.spark.artifact;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Compares the rows that are read with those that were written, and keeps none of them. */
final class SameRows implements RowSink {

  private final List<UnsafeRow> written;
  private final Iterator<UnsafeRow> next;
  private boolean same = true;

  SameRows(List<UnsafeRow> written) {
    this.written = written;
    this.next = written.iterator();
  }

  @Override
  public void add(UnsafeRow row) {
    same = same && next.hasNext() && next.next().equals(row);
  }

  /** Whether all rows were the same, and as many. */
  boolean areSame() {
    return same && !next.hasNext();
  }

  @Override
  public List<UnsafeRow> rows() {
    return written;
  }
}
