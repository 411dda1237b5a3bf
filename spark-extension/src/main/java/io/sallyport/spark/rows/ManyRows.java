package io.sallyport.spark.rows;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.RandomAccess;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.classic.SparkSession;

/**
 * More rows than the driver's heap should hold: chunks on disk in Spark's block store. Rows are
 * read when they are asked for; reading them in order reads each chunk once. Immutable and
 * thread-safe.
 */
final class ManyRows extends AbstractList<UnsafeRow> implements RandomAccess {

  /** The rows of one chunk, which is the first to have a row of this number or a higher one. */
  private record Open(int from, List<UnsafeRow> rows) {}

  private final SparkSession session;
  private final ChunkBlocks chunks;
  private final List<Integer> starts;
  private final int size;
  private final int fields;
  private volatile Open open = new Open(0, List.of());

  ManyRows(SparkSession session, ChunkBlocks chunks, List<Integer> sizes, int fields) {
    this.session = session;
    this.chunks = chunks;
    this.fields = fields;
    List<Integer> from = new ArrayList<>();
    int rows = 0;
    for (int rowsOfChunk : sizes) {
      from.add(rows);
      rows = Math.addExact(rows, rowsOfChunk);
    }
    this.starts = List.copyOf(from);
    this.size = rows;
  }

  SparkSession session() {
    return session;
  }

  ChunkBlocks chunks() {
    return chunks;
  }

  int fields() {
    return fields;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public UnsafeRow get(int index) {
    Open last = open;
    if (index < last.from() || index >= last.from() + last.rows().size()) {
      last = holding(index);
      open = last;
    }
    return last.rows().get(index - last.from());
  }

  private Open holding(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    int found = Collections.binarySearch(starts, index);
    int chunk = found >= 0 ? found : -found - 2;
    return new Open(starts.get(chunk), Chunk.rows(chunks.get(chunk), fields));
  }
}
