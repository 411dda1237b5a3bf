package io.sallyport.spark.rows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Packs rows into chunks of some MiB. Not thread-safe. */
final class Packer {

  private static final int USUAL_BYTES = 2 << 20;

  private final ByteArrayOutputStream rows = new ByteArrayOutputStream();
  private final List<Integer> ends = new ArrayList<>();

  /** Takes a row up; the chunk that it filled, if it did. */
  Optional<byte[]> add(UnsafeRow row) {
    rows.writeBytes(row.getBytes());
    ends.add(rows.size());
    return rows.size() >= USUAL_BYTES ? last() : Optional.empty();
  }

  /** The rows since the last chunk, if there are any. */
  Optional<byte[]> last() {
    if (ends.isEmpty()) {
      return Optional.empty();
    }
    ByteBuffer chunk = ByteBuffer.allocate(Integer.BYTES * (ends.size() + 1) + rows.size());
    chunk.putInt(ends.size());
    ends.forEach(chunk::putInt);
    chunk.put(rows.toByteArray());
    rows.reset();
    ends.clear();
    return Optional.of(chunk.array());
  }
}
