package io.sallyport.spark.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.arrow.ArrowWriter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Rows as one Arrow IPC stream and back, with the vectors that Spark itself uses. Timestamps are in
 * UTC; columns of one name are told apart by their position; equal rows give equal bytes.
 */
public final class ArrowIpc {

  /** No chunk for clients is longer. */
  public static final int LONGEST_CHUNK = 1 << 20;

  private static final String TIME_ZONE = "UTC";
  private static final int MOST_ROWS = 4096;

  private ArrowIpc() {}

  /**
   * The stream in pieces of at most 1 MiB, which make the stream when they are put together.
   *
   * @throws UnsupportedOperationException when a column's type has no Arrow form
   */
  public static List<byte[]> chunks(StructType schema, List<UnsafeRow> rows) {
    Chunks chunks = new Chunks(LONGEST_CHUNK);
    try {
      write(schema, rows, chunks);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory can be written", e);
    }
    return chunks.all();
  }

  static void write(StructType schema, List<UnsafeRow> rows, OutputStream out) throws IOException {
    Schema arrow = ArrowUtils.toArrowSchema(schema, TIME_ZONE, false, false);
    try (BufferAllocator allocator = allocator("artifact-out");
        VectorSchemaRoot root = VectorSchemaRoot.create(arrow, allocator);
        ArrowStreamWriter stream = new ArrowStreamWriter(root, null, out)) {
      ArrowWriter vectors = ArrowWriter.create(root);
      stream.start();
      int inBatch = 0;
      long bytes = 0;
      for (UnsafeRow row : rows) {
        vectors.write(row);
        inBatch++;
        bytes += row.getSizeInBytes();
        if (inBatch == MOST_ROWS || bytes >= LONGEST_CHUNK) {
          flush(vectors, stream);
          inBatch = 0;
          bytes = 0;
        }
      }
      if (inBatch > 0) {
        flush(vectors, stream);
      }
      stream.end();
    }
  }

  /** The rows of a stream, which is read up to its end mark. */
  static List<UnsafeRow> read(StructType schema, InputStream in) throws IOException {
    List<UnsafeRow> rows = new ArrayList<>();
    read(schema, in, row -> rows.add(row.copy()));
    return rows;
  }

  /** The same, one row after the other; each is another once the next is read. */
  static void read(StructType schema, InputStream in, Consumer<UnsafeRow> rows) throws IOException {
    UnsafeProjection projection = UnsafeProjection.create(schema);
    try (BufferAllocator allocator = allocator("artifact-in");
        ArrowStreamReader stream = new ArrowStreamReader(in, allocator)) {
      VectorSchemaRoot root = stream.getVectorSchemaRoot();
      while (stream.loadNextBatch()) {
        Iterator<InternalRow> batch = batch(root).rowIterator();
        while (batch.hasNext()) {
          rows.accept(projection.apply(batch.next()));
        }
      }
    }
  }

  // The vectors belong to the root, which closes them.
  private static ColumnarBatch batch(VectorSchemaRoot root) {
    ColumnVector[] columns =
        root.getFieldVectors().stream().map(ArrowColumnVector::new).toArray(ColumnVector[]::new);
    return new ColumnarBatch(columns, root.getRowCount());
  }

  private static void flush(ArrowWriter vectors, ArrowStreamWriter stream) throws IOException {
    vectors.finish();
    stream.writeBatch();
    vectors.reset();
  }

  private static BufferAllocator allocator(String name) {
    return ArrowUtils.rootAllocator().newChildAllocator(name, 0, Long.MAX_VALUE);
  }

  private static final class Chunks extends OutputStream {
    private final List<byte[]> full = new ArrayList<>();
    private final byte[] chunk;
    private int filled;

    Chunks(int size) {
      chunk = new byte[size];
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      int from = offset;
      int end = offset + length;
      while (from < end) {
        int step = Math.min(end - from, chunk.length - filled);
        System.arraycopy(bytes, from, chunk, filled, step);
        filled += step;
        from += step;
        if (filled == chunk.length) {
          cut();
        }
      }
    }

    List<byte[]> all() {
      if (filled > 0) {
        cut();
      }
      return List.copyOf(full);
    }

    private void cut() {
      full.add(Arrays.copyOf(chunk, filled));
      filled = 0;
    }
  }
}
