package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sallyport.policy.decision.RefusalCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small group is left out only where the owner of every frame that it is small in wants that. */
final class SeveralFramesTest {

  private static final List<String> FRAMES = List.of("a", "b", "c", "loose");

  /** A directory, a part of it, and the whole of it by another name. */
  private static final Map<String, String> PARTS =
      Map.of("everything", "months", "january", "months/jan.parquet", "again", "people/../months");

  private static final Map<String, String> MONTHS = Map.of("jan", "40", "feb", "40, 100");

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    Map<String, String> conf = new HashMap<>();
    Map<String, String> places = new HashMap<>(PARTS);
    FRAMES.forEach(frame -> places.put(frame, "people/" + frame));
    for (String frame : places.keySet()) {
      String key = "spark.sallyport.frame." + frame + ".";
      conf.put(key + "path", directory + "/" + places.get(frame));
      conf.put(key + "format", "parquet");
      conf.put(key + "privacy-unit", "pid");
      conf.put(key + "unique-unit", "true");
      conf.put(key + "automatic", frame.equals("loose") ? "aggregation(5)" : "aggregation(10)");
      conf.put(key + "approval", "false");
      conf.put(key + "on-small-group", frame.equals("b") ? "approval" : "suppress");
    }
    port = Port.openInterpreting(directory, conf, SeveralFramesTest::write);
  }

  private static void write(SparkSession session) {
    for (String frame : FRAMES) {
      session
          .sql(
              "SELECT id AS pid, CASE WHEN id < 3 THEN 'few' WHEN id < 10 THEN 'some' WHEN id < 40 THEN 'x' ELSE 'y' END AS g FROM range(100)")
          .write()
          .parquet(directory.resolve("people").resolve(frame).toString());
    }
    for (String month : new String[] {"jan", "feb"}) {
      writeFile(
          session.sql("SELECT id AS pid, 'x' AS g FROM range(%s)".formatted(MONTHS.get(month))),
          directory.resolve("months").resolve(month + ".parquet"));
    }
  }

  private static void writeFile(Dataset<Row> rows, Path file) {
    Path written = directory.resolve("written").resolve(file.getFileName());
    rows.coalesce(1).write().parquet(written.toString());
    try (Stream<Path> files = Files.list(written)) {
      Files.createDirectories(file.getParent());
      Path part =
          files
              .filter(f -> f.getFileName().toString().startsWith("part-"))
              .findFirst()
              .orElseThrow();
      Files.move(part, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void close() {
    if (port != null) {
      port.close();
    }
  }

  /** The one is not counted over the other's rows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT (SELECT count(*) FROM everything), (SELECT count(*) FROM january)",
        "SELECT (SELECT count(*) FROM january), (SELECT count(*) FROM everything)",
      })
  void aPartOfAnothersRows_isAQuestionOfItsOwn(String query) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> port.sql(query))
        .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.UNIT_AMBIGUOUS))
        .withMessageContaining("which have rows in common");
    assertThat(port.sql("SELECT count(*) FROM january")).containsExactly(RowFactory.create(40L));
  }

  @Test
  void theSameRowsByAnotherName_areTheSame() {
    assertThat(port.sql("SELECT (SELECT count(*) FROM everything), (SELECT count(*) FROM again)"))
        .containsExactly(RowFactory.create(100L, 100L));
  }

  private static String joined(String one, String other) {
    return "SELECT x.g, count(*) FROM %s x JOIN %s y ON x.pid = y.pid GROUP BY x.g"
        .formatted(one, other);
  }

  @Test
  void bothOwnersLeaveOut() {
    // the few are left out, and somebody more, so that who is left out are not few
    assertThat(port.sql(joined("a", "c"))).hasSize(2);
    assertThat(port.sql("SELECT g, count(*) FROM a GROUP BY g")).hasSize(2);
  }

  /** What the other frame's condition cuts away is held to that frame's number of people. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT (SELECT count(*) FROM loose), (SELECT count(*) FROM loose x JOIN a y"
            + " ON x.pid = y.pid WHERE y.g <> 'some')",
        "SELECT (SELECT count(*) FROM loose), (SELECT count(*) FROM loose x WHERE NOT EXISTS"
            + " (SELECT 1 FROM a y WHERE x.pid = y.pid AND y.g = 'some'))",
        "SELECT count(*) FROM loose x JOIN a y ON x.pid = y.pid WHERE y.g <> 'some'",
      })
  void theOtherFramesPeople_areNotCutAwayInSmallNumbers(String query) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> port.sql(query))
        .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.SMALL_GROUP));
  }

  @Test
  void oneOwnerRefuses() {
    for (String query : new String[] {joined("a", "b"), joined("b", "a")}) {
      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(() -> port.sql(query))
          .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.SMALL_GROUP))
          .withMessageContaining("frame b");
    }
  }

  /** Of seven people, then of three: too few for the one frame, then for the other too. */
  @ParameterizedTest
  @ValueSource(strings = {"some", "few", "nobody"})
  void whichFrameHasTooFew_isNotSaid(String group) {
    String query =
        "SELECT count(*) FROM loose x JOIN b y ON x.pid = y.pid WHERE x.g = '%s' AND y.g = '%s'"
            .formatted(group, group);
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> port.sql(query))
        .withMessageContaining("rests on fewer than 10 distinct pid of frame b")
        .withMessageContaining("; or on too few people of frame loose");
  }
}
