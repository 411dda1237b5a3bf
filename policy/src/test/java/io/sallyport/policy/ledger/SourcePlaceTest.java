package io.sallyport.policy.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.frame.FrameSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A place has one name, however an owner spells it. */
final class SourcePlaceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data/../data/x.csv",
        "./data/x.csv",
        "data//x.csv",
        "data/./x.csv",
        "data/x.csv/",
        "data/y/../x.csv//",
        " data/x.csv",
        "file:CWD/data/x.csv",
        "file://CWD/data/x.csv",
        "FILE:///CWD/data/../data/x.csv",
        "file://localhostCWD/data/x.csv",
        "CWD/data/x.csv",
        "//CWD/data/x.csv",
      })
  void localPath_hasOneName(String spelled) {
    String here = Path.of("").toAbsolutePath().toString();
    assertThat(SourcePlace.ofPath(spelled.replace("CWD", here)))
        .isEqualTo(SourcePlace.ofPath("data/x.csv"))
        .containsExactly("file:" + here + "/data/x.csv");
  }

  @ParameterizedTest
  @CsvSource({
    "hdfs://nn:8020/data/../data//x.csv/, hdfs://nn:8020/data/x.csv",
    "HDFS://NN:8020/data/./x.csv, hdfs://nn:8020/data/x.csv",
    "s3a://bucket/../x, s3a://bucket/x",
    "s3a://Bucket, s3a://bucket/",
    "hdfs:/data/x.csv, hdfs:///data/x.csv",
  })
  void uri_hasOneName(String spelled, String name) {
    assertThat(SourcePlace.ofPath(spelled)).isEqualTo(SourcePlace.ofPath(name)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Stays", "`stays`", "default.STAYS", "spark_catalog.`default`.stays"})
  void table_hasOneName(String spelled) {
    assertThat(SourcePlace.of(new FrameSource.Table(spelled))).containsExactly("table:stays");
  }

  @Test
  void symbolicLink_hasTheNameOfWhatItPointsToToo() throws IOException {
    Path data = Files.writeString(folder.resolve("x.csv"), "1");
    Path link = Files.createSymbolicLink(folder.resolve("y.csv"), data);
    Path above = Files.createSymbolicLink(folder.resolve("z"), folder);
    String real = "file:" + data.toRealPath();
    for (Path spelled : new Path[] {link, above.resolve("x.csv"), above.resolve("y.csv")}) {
      assertThat(SourcePlace.of(new FrameSource.Files(spelled.toString(), "csv", Map.of())))
          .contains(real, "file:" + spelled);
    }
  }

  @Test
  void directory_holdsWhatIsInIt_andNotItsNeighbour() {
    assertThat(SourcePlace.holds("file:/data", "file:/data/x.csv")).isTrue();
    assertThat(SourcePlace.holds("file:/", "file:/data")).isTrue();
    assertThat(SourcePlace.holds("file:/data", "file:/data2")).isFalse();
    assertThat(SourcePlace.holds("file:/data/x.csv", "file:/data")).isFalse();
    assertThat(SourcePlace.holds("table:a", "table:a.b")).isFalse();
  }

  @Test
  void strangeText_hasAName() {
    assertThat(SourcePlace.ofPath("a\0b")).containsExactly("file:a\0b");
    assertThat(SourcePlace.ofPath("")).hasSizeBetween(1, 2);
  }

  @Test
  void aPart_overlapsButIsNotTheSame() {
    FrameSource all = new FrameSource.Files("data", "parquet", Map.of());
    FrameSource part = new FrameSource.Files("data/x", "parquet", Map.of());
    assertThat(SourcePlace.overlap(all, part)).isTrue();
    assertThat(SourcePlace.same(all, part)).isFalse();
    assertThat(SourcePlace.same(part, all)).isFalse();
  }

  @Test
  void theSame_isReadInTheSameWay() {
    FrameSource one = new FrameSource.Files("data", "csv", Map.of("header", "true"));
    assertThat(
            SourcePlace.same(one, new FrameSource.Files("./data", "CSV", Map.of("header", "true"))))
        .isTrue();
    assertThat(SourcePlace.same(one, new FrameSource.Files("data", "csv", Map.of()))).isFalse();
    assertThat(
            SourcePlace.same(one, new FrameSource.Files("data", "json", Map.of("header", "true"))))
        .isFalse();
    assertThat(
            SourcePlace.same(
                new FrameSource.Table("Stays"), new FrameSource.Table("default.stays")))
        .isTrue();
    assertThat(SourcePlace.same(new FrameSource.Table("stays"), one)).isFalse();
  }
}
