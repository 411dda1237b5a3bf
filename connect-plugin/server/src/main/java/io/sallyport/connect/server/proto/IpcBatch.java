package io.sallyport.connect.server.proto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;

/** One record batch of a client's stream: as many rows as it says, and buffers that hold them. */
final class IpcBatch {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final RecordBatch header;
  private final ByteBuffer body;
  private final BitSet large;
  private final int rows;
  private int nextBuffer;
  private long nextOffset;

  private IpcBatch(RecordBatch header, ByteBuffer body, BitSet large, int rows) {
    this.header = header;
    this.body = body;
    this.large = large;
    this.rows = rows;
  }

  /**
   * @param large the columns of strings whose offsets have 64 bits
   * @param mostRows more is a refusal
   * @throws io.sallyport.spark.RefusedException when the batch is not what it says, or compressed
   */
  static List<IpcColumn> columns(
      RecordBatch header, ByteBuffer body, LocalSchema schema, BitSet large, int mostRows) {
    if (header.length() > mostRows) {
      throw Refusals.limit("rows of local data", mostRows);
    }
    IpcStream.require(header.length() >= 0, "a batch has less than no rows");
    IpcStream.require(header.compression() == null, "it is compressed");
    IpcStream.require(header.variadicBufferCountsLength() == 0, "its strings are views");
    IpcStream.require(
        header.nodesLength() == schema.columns().size(), "a batch has other columns than it says");
    return new IpcBatch(header, body, large, (int) header.length()).columns(schema);
  }

  private List<IpcColumn> columns(LocalSchema schema) {
    List<IpcColumn> columns = new ArrayList<>();
    for (int i = 0; i < schema.columns().size(); i++) {
      columns.add(column(header.nodes(i), schema.columns().get(i), large.get(i)));
    }
    IpcStream.require(nextBuffer == header.buffersLength(), "a batch has buffers left over");
    return columns;
  }

  private IpcColumn column(FieldNode node, LocalColumn column, boolean isLarge) {
    IpcStream.require(node.length() == rows, "its columns have not the same length");
    ByteBuffer validity = buffer();
    ByteBuffer data = isLarge ? narrowed(buffer()) : buffer();
    boolean string = column.type().kind() == SimpleType.Kind.STRING;
    ByteBuffer characters = string ? buffer() : NOTHING;
    requireBits(validity.limit() == 0 ? Long.MAX_VALUE : validity.limit() * 8L, rows);
    requireBits(data.limit() * 8L, bits(column.type(), rows));
    IpcColumn found = new IpcColumn(rows, validity, data, characters);
    if (string) {
      found.requireOffsets();
    }
    int nulls = found.nulls();
    IpcStream.require(node.nullCount() == nulls, "a column has other nulls than it says");
    IpcStream.require(nulls == 0 || column.nullable(), "a column without nulls has some");
    return found;
  }

  /** Offsets of 64 bits as offsets of 32: what was sent has fewer bytes than these can say. */
  private ByteBuffer narrowed(ByteBuffer offsets) {
    if (rows == 0) {
      return NOTHING;
    }
    requireBits(offsets.limit() * 8L, (rows + 1L) * Long.SIZE);
    ByteBuffer narrow =
        ByteBuffer.allocate((rows + 1) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row <= rows; row++) {
      long offset = offsets.getLong(row * Long.BYTES);
      IpcStream.require(offset >= 0 && offset <= Integer.MAX_VALUE, "its offsets lead out of it");
      narrow.putInt(row * Integer.BYTES, (int) offset);
    }
    return narrow;
  }

  private ByteBuffer buffer() {
    IpcStream.require(nextBuffer < header.buffersLength(), "a batch lacks buffers");
    Buffer place = header.buffers(nextBuffer++);
    // One after the other, as writers lay them: what overlaps could grow into more than was sent.
    IpcStream.require(place.offset() >= nextOffset, "its buffers overlap");
    ByteBuffer taken = IpcStream.slice(body, place.offset(), place.length());
    nextOffset = place.offset() + place.length();
    return taken;
  }

  private static void requireBits(long there, long needed) {
    IpcStream.require(there >= needed, "a buffer is too short for the rows");
  }

  private static long bits(SimpleType type, long rows) {
    return switch (type.kind()) {
      case BOOLEAN -> rows;
      case BYTE -> rows * Byte.SIZE;
      case SHORT -> rows * Short.SIZE;
      case INTEGER, FLOAT, DATE -> rows * Integer.SIZE;
      case LONG, DOUBLE, TIMESTAMP, TIMESTAMP_NTZ -> rows * Long.SIZE;
      case DECIMAL -> rows * 2 * Long.SIZE;
      case STRING -> rows == 0 ? 0 : (rows + 1) * Integer.SIZE;
    };
  }
}
