package io.sallyport.connect.server.proto;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.connect.proto.LocalRelation;
import org.sparkproject.connect.protobuf.ByteString;

/** Local relations for tests: a column of texts and one of numbers, and what is read of them. */
final class LocalData {

  static final String SCHEMA = "t string, n bigint";

  private LocalData() {}

  static LocalRelation relation(String schema, byte[] stream) {
    return LocalRelation.newBuilder()
        .setSchema(schema)
        .setData(ByteString.copyFrom(stream))
        .build();
  }

  /** Three rows: "one", 1; no values; "three", 3. */
  static byte[] stream() {
    Schema schema =
        new Schema(
            List.of(
                new Field("t", FieldType.nullable(ArrowType.Utf8.INSTANCE), null),
                new Field("n", FieldType.nullable(new ArrowType.Int(64, true)), null)));
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      VarCharVector texts = (VarCharVector) root.getVector("t");
      texts.setSafe(0, "one".getBytes(StandardCharsets.UTF_8));
      texts.setNull(1);
      texts.setSafe(2, "three".getBytes(StandardCharsets.UTF_8));
      BigIntVector numbers = (BigIntVector) root.getVector("n");
      numbers.setSafe(0, 1);
      numbers.setNull(1);
      numbers.setSafe(2, 3);
      root.setRowCount(3);
      return written(root);
    }
  }

  /** The texts "one" and "three" as pandas writes them: with offsets of 64 bits. */
  static byte[] largeTexts() {
    Schema schema =
        new Schema(List.of(new Field("t", FieldType.nullable(ArrowType.LargeUtf8.INSTANCE), null)));
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      LargeVarCharVector texts = (LargeVarCharVector) root.getVector("t");
      texts.setSafe(0, "one".getBytes(StandardCharsets.UTF_8));
      texts.setNull(1);
      texts.setSafe(2, "three".getBytes(StandardCharsets.UTF_8));
      root.setRowCount(3);
      return written(root);
    }
  }

  /** An empty stream of one column, of any type. */
  static byte[] streamOf(Field field) {
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(field)), allocator)) {
      root.allocateNew();
      root.setRowCount(0);
      return written(root);
    }
  }

  static List<List<Object>> rows(ByteString stream) {
    List<List<Object>> rows = new ArrayList<>();
    try (BufferAllocator allocator = new RootAllocator();
        ArrowStreamReader reader = new ArrowStreamReader(stream.newInput(), allocator)) {
      while (reader.loadNextBatch()) {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        for (int row = 0; row < root.getRowCount(); row++) {
          List<Object> values = new ArrayList<>();
          for (FieldVector column : root.getFieldVectors()) {
            Object value = column.getObject(row);
            values.add(value == null ? null : value.toString());
          }
          rows.add(values);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private static byte[] written(VectorSchemaRoot root) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArrowStreamWriter writer = new ArrowStreamWriter(root, null, Channels.newChannel(bytes))) {
      writer.start();
      writer.writeBatch();
      writer.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
