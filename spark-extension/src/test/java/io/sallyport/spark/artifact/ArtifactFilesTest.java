package io.sallyport.spark.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored comes back as it was, whatever it is, and nothing is ever overwritten. */
final class ArtifactFilesTest {

  @TempDir Path directory;
  private ArtifactKey key;
  private ArtifactFiles files;

  @BeforeEach
  void open() {
    key = ArtifactKey.loadOrMake(directory.resolve("key"));
    files = open("artifacts");
  }

  @AfterEach
  void everyBufferIsGivenBack() {
    assertThat(ArrowUtils.rootAllocator().getAllocatedMemory()).isZero();
  }

  @Test
  void writtenArtifact_isReadAsItWas() {
    ArtifactContent content = Contents.stays(1000, 7);
    StoredBytes stored = files.write("a-1", content);
    assertThat(stored.resultHash()).isEqualTo(files.names().of(content.digest()));
    assertThat(stored.size())
        .isEqualTo(directory.resolve("artifacts/a-1.artifact").toFile().length());
    assertThat(files.read("a-1", stored.resultHash())).isEqualTo(content);
    assertThat(open("artifacts").read("a-1", stored.resultHash())).isEqualTo(content);
  }

  static Stream<Map.Entry<DataType, List<Object>>> everyType() {
    return Stream.concat(
        Contents.hardValues().entrySet().stream(), Contents.nestedValues().entrySet().stream());
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void everyType_comesBack(Map.Entry<DataType, List<Object>> values) {
    ArtifactContent content = Contents.column(values.getKey(), values.getValue());
    StoredBytes stored = files.write("typed", content);
    assertThat(files.read("typed", stored.resultHash())).isEqualTo(content);
  }

  @Test
  void columnsOfOneName_andOddNames_comeBack() {
    StructType inner =
        new StructType().add("x", DataTypes.IntegerType).add("x", DataTypes.LongType);
    StructType schema =
        new StructType()
            .add("a", DataTypes.IntegerType)
            .add("a", DataTypes.IntegerType)
            .add("", DataTypes.StringType)
            .add("\u001b[2J", inner);
    UnsafeProjection projection = UnsafeProjection.create(schema);
    Object nested = Contents.row(UnsafeProjection.create(inner), 3, 4L);
    ArtifactContent content =
        new ArtifactContent(
            schema,
            List.of(Contents.row(projection, 1, 2, UTF8String.fromString("t"), nested)),
            "{\"units\":[\"\u00e9\"]}");
    StoredBytes stored = files.write("names", content);
    assertThat(files.read("names", stored.resultHash())).isEqualTo(content);
  }

  @Test
  void noRows_andNoColumns_comeBack() {
    ArtifactContent noRows = Contents.stays(0, 1);
    assertThat(files.read("r", files.write("r", noRows).resultHash())).isEqualTo(noRows);
    StructType none = new StructType();
    UnsafeProjection projection = UnsafeProjection.create(none);
    ArtifactContent noColumns =
        new ArtifactContent(
            none, List.of(Contents.row(projection), Contents.row(projection)), "{}");
    assertThat(files.read("c", files.write("c", noColumns).resultHash())).isEqualTo(noColumns);
  }

  @Test
  void hundredThousandRows_comeBack() {
    ArtifactContent content = Contents.stays(100_000, 3);
    StoredBytes stored = files.write("large", content);
    assertThat(files.read("large", stored.resultHash())).isEqualTo(content);
  }

  @Test
  void aRowLongerThanASegment_comesBack() {
    ArtifactContent content =
        Contents.column(
            DataTypes.StringType, List.of(UTF8String.fromString("y".repeat(3 * Envelope.SEGMENT))));
    assertThat(files.read("wide", files.write("wide", content).resultHash())).isEqualTo(content);
  }

  @Test
  void existingArtifact_isNeverOverwritten() {
    ArtifactContent first = Contents.stays(5, 1);
    StoredBytes stored = files.write("a", first);
    assertThatThrownBy(() -> files.write("a", Contents.stays(5, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("immutable");
    assertThat(files.read("a", stored.resultHash())).isEqualTo(first);
    assertThat(names()).containsExactly("a.artifact");
  }

  @Test
  void theFile_showsNothingOfTheContent_andIsPrivate() throws IOException {
    ArtifactContent content =
        Contents.column(DataTypes.StringType, List.of(UTF8String.fromString("Mrs. Dalloway")));
    files.write("a", content);
    Path file = directory.resolve("artifacts/a.artifact");
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("Dalloway");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void equalContents_areSealedDifferently() throws IOException {
    files.write("a", Contents.stays(10, 1));
    byte[] first = Files.readAllBytes(directory.resolve("artifacts/a.artifact"));
    files.delete("a");
    files.write("a", Contents.stays(10, 1));
    assertThat(Files.readAllBytes(directory.resolve("artifacts/a.artifact"))).isNotEqualTo(first);
  }

  @Test
  void idsAndDeletion() throws IOException {
    files.write("b", Contents.stays(1, 1));
    files.write("a", Contents.stays(1, 1));
    Files.writeString(directory.resolve("artifacts/readme.txt"), "not ours");
    assertThat(files.ids()).containsExactly("a", "b");
    assertThat(files.exists("a")).isTrue();
    files.delete("a");
    files.delete("a");
    assertThat(files.exists("a")).isFalse();
    assertThat(files.ids()).containsExactly("b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../a", "a/b", ".a", "-a", "a.b", "a\u0000", "a b", "\u00e9"})
  void idThatIsAPath_isRefused(String id) {
    assertThatThrownBy(() -> files.write(id, Contents.stays(1, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> files.read(id, "")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> files.delete(id)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> files.exists(id)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void crashBeforeTheName_leavesNoArtifact_andIsSwept() throws IOException {
    files.write("whole", Contents.stays(10, 1));
    Path whole = directory.resolve("artifacts/whole.artifact");
    String uuid = "00000000-0000-0000-0000-000000000001";
    Path unfinished = directory.resolve("artifacts/.lost." + uuid + ".tmp");
    Files.copy(whole, unfinished);
    assertThat(files.ids()).containsExactly("whole");
    assertThat(files.exists("lost")).isFalse();
    assertThat(files.sweep(Duration.ofHours(1))).isZero();
    assertThat(files.sweep(Duration.ZERO)).isOne();
    assertThat(names()).containsExactly("whole.artifact");
  }

  @Test
  void typeWithoutAnArrowForm_leavesNothingBehind() {
    StructType schema = new StructType().add("i", DataTypes.CalendarIntervalType);
    UnsafeProjection projection = UnsafeProjection.create(schema);
    // Arrow counts the interval's nanoseconds, and there are too many.
    Object interval = new org.apache.spark.unsafe.types.CalendarInterval(0, 0, Long.MAX_VALUE);
    ArtifactContent content =
        new ArtifactContent(schema, List.of(Contents.row(projection, interval)), "{}");
    assertThatThrownBy(() -> files.write("i", content))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("struct<i:interval>");
    assertThat(names()).isEmpty();
  }

  private ArtifactFiles open(String name) {
    return new ArtifactFiles(
        directory.resolve(name).toUri().toString(), new Configuration(false), key);
  }

  private List<String> names() {
    return Stream.of(directory.resolve("artifacts").toFile().list()).sorted().toList();
  }
}
