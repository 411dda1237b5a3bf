package io.sallyport.connect.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sallyport.connect.protocol.AnswerSchemas;
import io.sallyport.connect.protocol.AnsweredVerdict;
import io.sallyport.connect.protocol.FrameKind;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

final class AnswersTest {

  private final FakeServer server = new FakeServer();
  private final Offline offline = Offline.with(server);

  @Test
  void privacyPlan_hasTheStrictestVerdict_andCanBePrinted() {
    server.answers(
        List.of(
            Rows.of(
                AnswerSchemas.EXPLAIN_PRIVACY,
                "stays",
                "RELEASE",
                null,
                null,
                null,
                null,
                "count by ward",
                "at least 10"),
            Rows.of(
                AnswerSchemas.EXPLAIN_PRIVACY,
                "staff",
                "NEEDS_APPROVAL",
                "RAW_OUTPUT",
                "Rows",
                "k = 10",
                "A sum",
                "",
                "")));

    PrivacyPlan plan = offline.frame("stays", "ward STRING").explainPrivacy();

    assertThat(plan.verdict()).isEqualTo(AnsweredVerdict.NEEDS_APPROVAL);
    assertThat(plan.grounds())
        .containsExactly(new Ground("staff", "RAW_OUTPUT", "Rows", "k = 10", "A sum"));
    assertThat(plan)
        .hasToString(
            """
            NEEDS_APPROVAL
            stays: RELEASE
                Released at: count by ward
                Done on the way out: at least 10
            staff: NEEDS_APPROVAL RAW_OUTPUT
                Rows
                Policy: k = 10
                What would pass: A sum""");
  }

  @Test
  void frames_areListed() {
    server.answers(
        List.of(
            Rows.of(AnswerSchemas.LIST_FRAMES, "stays", "FRAME", null, null, "k = 10"),
            Rows.of(
                AnswerSchemas.LIST_FRAMES,
                "mine",
                "SAVED",
                Rows.ARTIFACT,
                Rows.SCHEMA.json(),
                "")));

    List<ListedFrame> frames = offline.session().frames();

    assertThat(frames)
        .extracting(ListedFrame::kind)
        .containsExactly(FrameKind.FRAME, FrameKind.SAVED);
    assertThat(frames.get(0).terms()).contains("k = 10");
    assertThat(frames.get(1).schema()).contains(Rows.SCHEMA);
    assertThat(frames.get(1).artifactId()).contains(Rows.ARTIFACT);
    assertThat(frames.get(1).terms()).isEmpty();
  }

  @Test
  void arrow_isReadFromItsChunks_inTheirOrder() throws Exception {
    byte[] stream = stream();
    byte[] head = java.util.Arrays.copyOf(stream, 100);
    byte[] tail = java.util.Arrays.copyOfRange(stream, 100, stream.length);
    FetchedRows rows = fetched();
    server.answers(List.of(chunk(1, tail), chunk(0, head)));

    try (BufferAllocator allocator = new RootAllocator();
        ArrowReader reader = rows.arrow(allocator)) {
      assertThat(reader.loadNextBatch()).isTrue();
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      assertThat(((BigIntVector) root.getVector("n")).get(1)).isEqualTo(12);
      assertThat(reader.loadNextBatch()).isFalse();
    }
    assertThat(server.kinds()).containsExactly("Collect", "Fetch", "FetchArrow");
  }

  @Test
  void arrow_withAGap_isAFailure() {
    FetchedRows rows = fetched();
    server
        .answers(List.of(chunk(0, new byte[1]), chunk(2, new byte[1])))
        .answers(List.of(chunk(0, new byte[1]), chunk(0, new byte[1])))
        .answers(List.of(chunk(0, null)));

    try (BufferAllocator allocator = new RootAllocator()) {
      for (int i = 0; i < 3; i++) {
        assertThatExceptionOfType(RemoteFailure.class).isThrownBy(() -> rows.arrow(allocator));
      }
    }
  }

  private FetchedRows fetched() {
    server.answers(Rows.collected("RELEASE", "UP_TO_100")).answers(Rows.two());
    return offline.frame("stays", "ward STRING").collect().fetch();
  }

  private static Row chunk(int number, byte[] bytes) {
    return Rows.of(AnswerSchemas.FETCH_ARROW, number, bytes);
  }

  private static byte[] stream() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BufferAllocator allocator = new RootAllocator();
        BigIntVector numbers = new BigIntVector("n", allocator)) {
      numbers.allocateNew(2);
      numbers.set(0, 11);
      numbers.set(1, 12);
      numbers.setValueCount(2);
      try (VectorSchemaRoot root = VectorSchemaRoot.of(numbers);
          ArrowStreamWriter writer = new ArrowStreamWriter(root, null, out)) {
        root.setRowCount(2);
        writer.start();
        writer.writeBatch();
        writer.end();
      }
    }
    return out.toByteArray();
  }
}
