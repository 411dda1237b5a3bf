package io.sallyport.connect.server.proto;

import io.sallyport.spark.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.spark.connect.proto.LocalRelation;
import org.sparkproject.connect.protobuf.ByteString;

/**
 * The rows that a request brings along. Spark reads them by raw address from offsets that it does
 * not check, and gives the schema's text to parsers that load classes; so both are read here first,
 * by code that believes nothing, and written anew. What Spark reads was written by us.
 *
 * <p>Made for each request: the rows of all its local relations count together. Equal data give
 * equal bytes.
 */
final class LocalRows {

  private static final long SMALLEST_ALLOCATION = 64 << 20;
  private static final long GROWTH = 16;

  private final long localBytes;
  private int rowsLeft;

  LocalRows(Bounds bounds) {
    this.localBytes = bounds.localBytes();
    this.rowsLeft = bounds.localRows();
  }

  /**
   * The same rows and columns in our own bytes.
   *
   * <p>Without a schema beside the data, the schema is that of the data's own header.
   *
   * @throws RefusedException when the schema is not flat and simple, or the data are not what they
   *     say
   */
  LocalRelation validated(LocalRelation local) {
    if (local.hasData()) {
      Optional<LocalSchema> said =
          local.hasSchema() ? Optional.of(LocalSchema.of(local.getSchema())) : Optional.empty();
      return data(local.getData().asReadOnlyByteBuffer(), said);
    }
    return LocalRelation.newBuilder().setSchema(LocalSchema.of(local.getSchema()).json()).build();
  }

  private LocalRelation data(ByteBuffer stream, Optional<LocalSchema> said) {
    try {
      List<IpcStream.Part> parts = IpcStream.parts(heap(stream));
      IpcStream.require(!parts.isEmpty(), "it is empty");
      Schema header = header(parts.get(0));
      LocalSchema schema = said.orElseGet(() -> LocalSchemaArrow.of(header));
      requireSchema(header, schema);
      return LocalRelation.newBuilder()
          .setSchema(schema.json())
          .setData(rewritten(parts.subList(1, parts.size()), schema, large(header)))
          .build();
    } catch (RefusedException e) {
      throw e;
    } catch (RuntimeException e) {
      // A flatbuffer whose inner offsets lead out of it: the bounds of its heap buffer caught it.
      throw IpcStream.invalid("its headers are damaged");
    }
  }

  private ByteString rewritten(List<IpcStream.Part> parts, LocalSchema schema, BitSet large) {
    try (BufferAllocator allocator = new RootAllocator(allocation());
        VectorSchemaRoot root = VectorSchemaRoot.create(schema.arrow(), allocator)) {
      int rows = 0;
      for (IpcStream.Part part : parts) {
        rows += append(part, schema, large, root, rows);
      }
      root.setRowCount(rows);
      return bytes(root);
    }
  }

  private int append(
      IpcStream.Part part, LocalSchema schema, BitSet large, VectorSchemaRoot root, int first) {
    IpcStream.require(
        part.header().headerType() == MessageHeader.RecordBatch, "a message is no record batch");
    RecordBatch header = (RecordBatch) part.header().header(new RecordBatch());
    List<IpcColumn> columns = IpcBatch.columns(header, part.body(), schema, large, rowsLeft);
    for (int i = 0; i < columns.size(); i++) {
      LocalVectors.append(schema.columns().get(i), columns.get(i), root.getVector(i), first);
    }
    int rows = (int) header.length();
    rowsLeft -= rows;
    return rows;
  }

  private static Schema header(IpcStream.Part part) {
    IpcStream.require(
        part.header().headerType() == MessageHeader.Schema, "it does not begin with a schema");
    IpcStream.require(part.header().bodyLength() == 0, "its schema has a body");
    Schema found = (Schema) part.header().header(new Schema());
    IpcStream.require(found.endianness() == Endianness.Little, "it is not little-endian");
    return found;
  }

  private static BitSet large(Schema found) {
    BitSet large = new BitSet();
    for (int i = 0; i < found.fieldsLength(); i++) {
      large.set(i, LocalColumn.isLarge(ArrowType.getTypeForField(found.fields(i))));
    }
    return large;
  }

  private static void requireSchema(Schema found, LocalSchema schema) {
    IpcStream.require(
        found.fieldsLength() == schema.columns().size(), "it has other columns than its schema");
    for (int i = 0; i < found.fieldsLength(); i++) {
      requireField(found.fields(i), schema.columns().get(i));
    }
  }

  private static void requireField(Field field, LocalColumn column) {
    IpcStream.require(field.childrenLength() == 0, "a column is nested");
    IpcStream.require(field.dictionary() == null, "a column refers to a dictionary");
    IpcStream.require(
        column.isHeldBy(ArrowType.getTypeForField(field)),
        "a column has another type than in its schema");
  }

  /** Vectors begin with some thousand values each and grow by doubling, old beside new. */
  private long allocation() {
    return SMALLEST_ALLOCATION + GROWTH * localBytes;
  }

  private static ByteBuffer heap(ByteBuffer stream) {
    byte[] bytes = new byte[stream.remaining()];
    stream.get(bytes);
    return ByteBuffer.wrap(bytes);
  }

  private static ByteString bytes(VectorSchemaRoot root) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArrowStreamWriter writer = new ArrowStreamWriter(root, null, Channels.newChannel(bytes))) {
      writer.start();
      writer.writeBatch();
      writer.end();
    } catch (IOException e) {
      throw new UncheckedIOException("Memory takes every byte", e);
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }
}
