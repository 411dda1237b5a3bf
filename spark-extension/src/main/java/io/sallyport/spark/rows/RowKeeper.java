package io.sallyport.spark.rows;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Takes rows up on the driver, one after the other: few are held in memory, many go to Spark's
 * block store as they come. Not thread-safe.
 */
public final class RowKeeper {

  /** The usual room in memory for one row. */
  private static final long ROW_BYTES = 256;

  private final SparkSession session;
  private final int fields;
  private final long heldRows;
  private final Packer packer = new Packer();
  private final List<byte[]> held = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();
  private final ChunkBlocks stored;
  private long rows;
  private long bytes;

  /**
   * A keeper of rows in the block store of a session's Spark.
   *
   * @param fields of each row
   * @param heldRows how many rows may be held in memory, at 256 bytes each
   */
  public RowKeeper(SparkSession session, int fields, long heldRows) {
    this.session = session;
    this.stored = new ChunkBlocks(session.sparkContext());
    this.fields = fields;
    this.heldRows = heldRows;
  }

  /** One row more; it may change afterwards. */
  public void add(UnsafeRow row) {
    packer.add(row).ifPresent(this::addChunk);
  }

  /** The rows of one chunk of {@link Pack} more. */
  public void addChunk(byte[] chunk) {
    rows += Chunk.size(chunk);
    bytes += chunk.length;
    sizes.add(Chunk.size(chunk));
    held.add(chunk);
    if (areMany()) {
      held.forEach(stored::add);
      held.clear();
    }
  }

  /** How many rows came in chunks. */
  public long size() {
    return rows;
  }

  /** How many bytes came in chunks. */
  public long bytes() {
    return bytes;
  }

  /** Whether there are too many rows to hold in memory. */
  public boolean areMany() {
    return rows > heldRows || bytes > heldRows * ROW_BYTES;
  }

  /** All rows, in the order they came. */
  public List<UnsafeRow> rows() {
    packer.last().ifPresent(this::addChunk);
    if (areMany()) {
      return new ManyRows(session, stored, sizes, fields);
    }
    List<UnsafeRow> few = new ArrayList<>();
    held.forEach(chunk -> Chunk.rows(chunk, fields).forEach(row -> few.add(row.copy())));
    return List.copyOf(few);
  }
}
