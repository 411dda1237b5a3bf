package io.sallyport.spark.rows;

import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * Rows in one array of bytes: how many there are, where each ends, then the rows. Reading copies
 * nothing; nobody may write into what is read.
 */
final class Chunk {

  private static final int WORD = Integer.BYTES;

  private Chunk() {}

  /** How many rows a chunk has. */
  static int size(byte[] chunk) {
    return ByteBuffer.wrap(chunk).getInt();
  }

  /** The rows, each of so many fields. */
  static List<UnsafeRow> rows(byte[] chunk, int fields) {
    ByteBuffer ends = ByteBuffer.wrap(chunk);
    int count = ends.getInt();
    int first = WORD * (count + 1);
    return new AbstractList<>() {
      @Override
      public UnsafeRow get(int index) {
        int from = index == 0 ? first : first + ends.getInt(WORD * index);
        int to = first + ends.getInt(WORD * (index + 1));
        UnsafeRow row = new UnsafeRow(fields);
        row.pointTo(chunk, Platform.BYTE_ARRAY_OFFSET + from, to - from);
        return row;
      }

      @Override
      public int size() {
        return count;
      }
    };
  }
}
