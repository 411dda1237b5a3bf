package io.sallyport.connect.server.proto;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.settings.Limits;
import io.sallyport.spark.RefusedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.spark.connect.proto.LocalRelation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Local rows: what is kept, and forged streams, which are refused and never believed. */
final class LocalRowsTest {

  private static final byte[] STREAM = LocalData.stream();

  static Stream<Arguments> forgeries() {
    return Stream.of(
        forged("an offset far beyond the buffer", texts(), 4, 6_000_000),
        forged("an offset just beyond the buffer", texts(), 12, 65),
        forged("a negative offset", texts(), 4, -400),
        forged("the least offset", texts(), 4, Integer.MIN_VALUE),
        forged("a decreasing offset", texts(), 4, 7),
        forged("a first offset after the second", texts(), 0, 4),
        forged("the schema's length", 0, 4, Integer.MAX_VALUE),
        forged("a negative length", 0, 4, -8),
        forged("no continuation", 0, 0, 1),
        forged("the batch's length", batch(), 4, Integer.MAX_VALUE),
        forged("an early end", batch(), 4, 0));
  }

  @Test
  void rows_areKept() {
    LocalRelation anew = validated(LocalData.relation(LocalData.SCHEMA, STREAM));
    assertThat(LocalData.rows(anew.getData()))
        .containsExactly(List.of("one", "1"), Arrays.asList(null, null), List.of("three", "3"));
  }

  @Test
  void textsAsPandasWritesThem_areKept_andForgedOnesRefused() {
    byte[] large = LocalData.largeTexts();
    LocalRelation sent = LocalData.relation("t string", large);
    assertThat(LocalData.rows(validated(sent).getData()))
        .containsExactly(List.of("one"), Arrays.asList((Object) null), List.of("three"));
    assertThat(validated(sent.toBuilder().clearSchema().build())).isEqualTo(validated(sent));

    int offsets = find(large, offsetsOfLargeTexts());
    for (long forged : new long[] {-1, 1L << 32, Long.MAX_VALUE, Integer.MAX_VALUE, 7}) {
      byte[] stream = large.clone();
      ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).putLong(offsets + 8, forged);
      assertThat(code(LocalData.relation("t string", stream))).isEqualTo(RefusalCode.PARAM_INVALID);
    }
  }

  private static byte[] offsetsOfLargeTexts() {
    ByteBuffer offsets = ByteBuffer.allocate(4 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    offsets.putLong(0).putLong(3).putLong(3).putLong(8);
    return offsets.array();
  }

  @Test
  void rowsOfEveryType_areKept() {
    LocalRelation sent =
        StockRequests.execution("local rows").getPlan().getRoot().getLocalRelation();
    LocalRelation anew = validated(sent);
    assertThat(anew.getSchema()).isEqualTo(sent.getSchema());
    assertThat(LocalData.rows(anew.getData())).isEqualTo(LocalData.rows(sent.getData()));
    assertThat(validated(anew)).as("written anew twice").isEqualTo(anew);
  }

  @Test
  void dataAlone_haveTheSchemaOfTheirHeader() {
    LocalRelation said = validated(LocalData.relation(LocalData.SCHEMA, STREAM));
    assertThat(validated(said.toBuilder().clearSchema().build())).isEqualTo(said);
    LocalRelation every =
        StockRequests.execution("local rows").getPlan().getRoot().getLocalRelation();
    assertThat(validated(every.toBuilder().clearSchema().build())).isEqualTo(validated(every));
  }

  @Test
  void neitherSchemaNorData_areRefused() {
    assertThat(code(LocalRelation.getDefaultInstance())).isEqualTo(RefusalCode.PARAM_INVALID);
  }

  @Test
  void schemaAlone_isWrittenAnew() {
    LocalRelation anew = validated(LocalRelation.newBuilder().setSchema("a int").build());
    assertThat(anew.hasData()).isFalse();
    assertThat(anew.getSchema())
        .isEqualTo(
            "{\"type\":\"struct\",\"fields\":[{\"name\":\"a\",\"type\":\"integer\","
                + "\"nullable\":true,\"metadata\":{}}]}");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgeries")
  void forgedStream_isRefused(String name, byte[] stream) {
    assertThat(code(LocalData.relation(LocalData.SCHEMA, stream)))
        .isEqualTo(RefusalCode.PARAM_INVALID);
  }

  @Test
  void truncatedStream_isRefused_unlessItEndsWhereAMessageEnds() {
    for (int length = 0; length < STREAM.length - 8; length++) {
      byte[] cut = Arrays.copyOf(STREAM, length);
      LocalRelation relation = LocalData.relation(LocalData.SCHEMA, cut);
      if (length == batch()) {
        assertThat(LocalData.rows(validated(relation).getData())).isEmpty();
      } else {
        assertThat(code(relation)).isEqualTo(RefusalCode.PARAM_INVALID);
      }
    }
  }

  @Test
  void anyDamagedByte_isRefused_orGivesRowsOfTheStream() {
    Random random = new Random(20_260_101);
    for (int position = 0; position < STREAM.length; position++) {
      byte[] damaged = STREAM.clone();
      damaged[position] = (byte) random.nextInt();
      LocalRelation relation = LocalData.relation(LocalData.SCHEMA, damaged);
      refusedOrRows(relation);
      refusedOrRows(relation.toBuilder().clearSchema().build());
    }
  }

  private static void refusedOrRows(LocalRelation relation) {
    try {
      assertThat(LocalData.rows(validated(relation).getData())).hasSizeLessThan(65);
    } catch (RefusedException refused) {
      assertThat(refused.refusal().code())
          .isIn(RefusalCode.PARAM_INVALID, RefusalCode.LIMIT_EXCEEDED);
    }
  }

  @Test
  void bytesAfterTheEnd_areRefused() {
    byte[] longer = Arrays.copyOf(STREAM, STREAM.length + 8);
    assertThat(code(LocalData.relation(LocalData.SCHEMA, longer)))
        .isEqualTo(RefusalCode.PARAM_INVALID);
  }

  @Test
  void nullsInAColumnWithoutNulls_areRefused() {
    assertThat(code(LocalData.relation("t string NOT NULL, n bigint", STREAM)))
        .isEqualTo(RefusalCode.PARAM_INVALID);
  }

  @Test
  void invalidUtf8_isRefused() {
    byte[] forged = STREAM.clone();
    forged[find(forged, "three".getBytes(StandardCharsets.UTF_8)) + 4] = (byte) 0xf0;
    assertThat(code(LocalData.relation(LocalData.SCHEMA, forged)))
        .isEqualTo(RefusalCode.PARAM_INVALID);
  }

  @Test
  void otherTypesThanTheSchema_areRefused() {
    for (String schema :
        List.of("t string", "t string, n int", "n bigint, t string", "t date, n bigint")) {
      assertThat(code(LocalData.relation(schema, STREAM))).isEqualTo(RefusalCode.PARAM_INVALID);
    }
  }

  @Test
  void typesThatAreNotFlat_areRefused() {
    Field element = new Field("e", FieldType.nullable(ArrowType.Utf8.INSTANCE), null);
    List<Field> fields =
        List.of(
            new Field("t", FieldType.nullable(ArrowType.List.INSTANCE), List.of(element)),
            new Field("t", FieldType.nullable(ArrowType.Struct.INSTANCE), List.of(element)),
            new Field("t", FieldType.nullable(ArrowType.LargeBinary.INSTANCE), null),
            new Field("t", FieldType.nullable(ArrowType.Utf8View.INSTANCE), null),
            new Field("t", FieldType.nullable(ArrowType.Binary.INSTANCE), null),
            new Field("t", FieldType.nullable(ArrowType.Null.INSTANCE), null));
    for (Field field : fields) {
      LocalRelation relation = LocalData.relation("t string", LocalData.streamOf(field));
      assertThat(code(relation)).isEqualTo(RefusalCode.PARAM_INVALID);
      assertThat(code(relation.toBuilder().clearSchema().build()))
          .isEqualTo(RefusalCode.PARAM_INVALID);
    }
  }

  @Test
  void tooManyRows_ofAllRelationsTogether_areRefused() {
    LocalRows rows = new LocalRows(bounds(5));
    rows.validated(LocalData.relation(LocalData.SCHEMA, STREAM));
    assertThat(
            Admissions.refusal(() -> rows.validated(LocalData.relation(LocalData.SCHEMA, STREAM)))
                .code())
        .isEqualTo(RefusalCode.LIMIT_EXCEEDED);
  }

  private static Arguments forged(String name, int place, int offset, int value) {
    ByteBuffer bytes = ByteBuffer.wrap(STREAM.clone()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(place + offset, value);
    return Arguments.of(name, bytes.array());
  }

  /** Where the offsets of the texts are: 0, 3, 3, 8. */
  private static int texts() {
    return find(STREAM, new byte[] {0, 0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 0, 8, 0, 0, 0});
  }

  /** Where the record batch begins: after the schema's message. */
  private static int batch() {
    return 8 + ByteBuffer.wrap(STREAM).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
  }

  private static int find(byte[] bytes, byte[] part) {
    for (int at = 0; at <= bytes.length - part.length; at++) {
      if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    throw new AssertionError("The stream has changed its form");
  }

  private static Bounds bounds(int localRows) {
    Bounds usual = Bounds.of(Limits.defaults());
    return new Bounds(
        usual.planBytes(),
        usual.depth(),
        usual.nodes(),
        usual.sqlBytes(),
        usual.literalBytes(),
        localRows,
        usual.localBytes(),
        usual.resultRows());
  }

  private static LocalRelation validated(LocalRelation relation) {
    return new LocalRows(Bounds.of(Limits.defaults())).validated(relation);
  }

  private static RefusalCode code(LocalRelation relation) {
    return Admissions.refusal(() -> validated(relation)).code();
  }
}
