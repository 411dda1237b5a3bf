package io.sallyport.connect.client;

import io.sallyport.connect.protocol.Request;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Rows that were released. Immutable. */
public final class FetchedRows implements Iterable<Row> {

  private final Requests requests;
  private final Request.FetchArrow asArrow;
  private final StructType schema;
  private final List<Row> rows;

  FetchedRows(Requests requests, Request.FetchArrow asArrow, StructType schema, List<Row> rows) {
    this.requests = requests;
    this.asArrow = asArrow;
    this.schema = schema;
    this.rows = List.copyOf(rows);
  }

  /** The rows. */
  public List<Row> rows() {
    return rows;
  }

  /** Their columns. */
  public StructType schema() {
    return schema;
  }

  @Override
  public Iterator<Row> iterator() {
    return rows.iterator();
  }

  /**
   * The same rows as Arrow; they are fetched once more, from the same artifact.
   *
   * @param allocator for the vectors; close the reader before it
   * @throws Refused when they are no longer released
   */
  public ArrowReader arrow(BufferAllocator allocator) {
    return new ArrowStreamReader(new ByteArrayInputStream(stream()), allocator);
  }

  private byte[] stream() {
    List<Row> chunks =
        requests.ask(asArrow).stream()
            .sorted(Comparator.comparingInt(FetchedRows::number))
            .toList();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = 0; i < chunks.size(); i++) {
      if (number(chunks.get(i)) != i) {
        throw new RemoteFailure("The server's Arrow stream has gaps");
      }
      stream.writeBytes(
          Answers.cell(chunks.get(i), "ipc", byte[].class)
              .orElseThrow(() -> new RemoteFailure("The server's Arrow stream has gaps")));
    }
    return stream.toByteArray();
  }

  private static int number(Row row) {
    return Answers.cell(row, "chunk", Integer.class).orElse(-1);
  }
}
