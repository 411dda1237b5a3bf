package io.sallyport.spark.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.util.ArrowUtils;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

/** What clients get is one Arrow stream, in pieces that fit into a message. */
final class ArrowIpcTest {

  @Test
  void chunks_areBounded_andMakeOneStream() throws IOException {
    ArtifactContent content = Contents.stays(60_000, 5);
    List<byte[]> chunks = ArrowIpc.chunks(content.schema(), content.rows());
    assertThat(chunks).hasSizeGreaterThan(2);
    assertThat(chunks).allMatch(chunk -> chunk.length <= ArrowIpc.LONGEST_CHUNK);
    assertThat(ArrowIpc.read(content.schema(), stream(chunks))).isEqualTo(content.rows());
  }

  @Test
  void oneHugeValue_isCutToo() throws IOException {
    ArtifactContent content =
        Contents.column(
            DataTypes.StringType,
            List.of(UTF8String.fromString("z".repeat(3 * ArrowIpc.LONGEST_CHUNK))));
    List<byte[]> chunks = ArrowIpc.chunks(content.schema(), content.rows());
    assertThat(chunks).hasSize(4).allMatch(chunk -> chunk.length <= ArrowIpc.LONGEST_CHUNK);
    assertThat(ArrowIpc.read(content.schema(), stream(chunks))).isEqualTo(content.rows());
  }

  @Test
  void noRows_areAStreamWithASchema() throws IOException {
    ArtifactContent content = Contents.stays(0, 5);
    List<byte[]> chunks = ArrowIpc.chunks(content.schema(), content.rows());
    try (var allocator = ArrowUtils.rootAllocator().newChildAllocator("test", 0, Long.MAX_VALUE);
        ArrowStreamReader reader = new ArrowStreamReader(stream(chunks), allocator)) {
      assertThat(ArrowUtils.fromArrowSchema(reader.getVectorSchemaRoot().getSchema()))
          .isEqualTo(content.schema());
      assertThat(reader.loadNextBatch()).isFalse();
    }
  }

  private static ByteArrayInputStream stream(List<byte[]> chunks) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    chunks.forEach(all::writeBytes);
    return new ByteArrayInputStream(all.toByteArray());
  }
}
