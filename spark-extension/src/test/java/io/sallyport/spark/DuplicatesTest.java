package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dropDuplicates(columns)}: groups, where nothing looks at another column. */
final class DuplicatesTest {

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    port = Port.open(directory, NoiseData.policies(directory));
  }

  @AfterAll
  static void close() {
    if (port != null) {
      port.close();
    }
  }

  @BeforeEach
  void newSession() {
    port.newAnalystSession();
  }

  @Test
  void whereOnlyTheKeysAreKept_itIsGroupBy() {
    String[] keys = {"team", "sex"};
    List<UnaryOperator<Dataset<Row>>> questions =
        List.of(
            rows -> rows.select("team", "sex").dropDuplicates(keys),
            rows -> rows.dropDuplicates(keys).select("team", "sex"),
            rows -> rows.dropDuplicates(keys).filter("team > 2").select("team"),
            rows -> rows.dropDuplicates(keys).orderBy("team").select("sex", "team"),
            rows -> rows.dropDuplicates("team").as("t").groupBy().count(),
            rows -> rows.dropDuplicates(keys).groupBy("sex").count(),
            rows -> rows.select("sex").distinct());
    for (UnaryOperator<Dataset<Row>> question : questions) {
      List<Row> exact = question.apply(port.owners().table("raw_patients")).collectAsList();

      assertThat(collect("patients", question)).containsExactlyInAnyOrderElementsOf(exact);
      assertThat(collect("loud.patients", question)).hasSameSizeAs(exact);
    }
  }

  @Test
  void fewPeople_areRefused() {
    assertThatThrownBy(
            () -> collect("patients", rows -> rows.dropDuplicates("ward").select("ward")))
        .hasMessageContaining("SMALL_GROUP");
    assertThatThrownBy(
            () -> collect("patients", rows -> rows.dropDuplicates("rare").select("rare")))
        .hasMessageContaining("SMALL_GROUP");
    assertThatThrownBy(
            () -> collect("patients", rows -> rows.dropDuplicates("ward").groupBy().count()))
        .hasMessageContaining("SMALL_GROUP");
  }

  @Test
  void identifiers_areNoKeys() {
    assertThatThrownBy(
            () -> collect("patients", rows -> rows.dropDuplicates("name").select("name")))
        .isInstanceOf(RefusedException.class);
    for (String frame : List.of("patients", "loud.patients")) {
      assertThatThrownBy(
              () -> collect(frame, rows -> rows.dropDuplicates("patient_id").select("patient_id")))
          .isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void otherColumns_areThoseOfSomeRow_andRefused() {
    List<UnaryOperator<Dataset<Row>>> questions =
        List.of(
            rows -> rows.dropDuplicates("team"),
            rows -> rows.dropDuplicates("team").select("team", "age"),
            rows -> rows.dropDuplicates("team").filter("age > 30").select("team"),
            rows -> rows.dropDuplicates("team").orderBy("age").select("team"),
            rows -> rows.dropDuplicates("team").groupBy("sex").count(),
            rows -> rows.dropDuplicates("team").selectExpr("avg(age)"));
    for (UnaryOperator<Dataset<Row>> question : questions) {
      for (String frame : List.of("patients", "loud.patients")) {
        assertThatThrownBy(() -> collect(frame, question)).isInstanceOf(RefusedException.class);
      }
    }
    assertThatThrownBy(() -> collect("loud.patients", questions.get(4)))
        .hasMessageContaining("dropDuplicates(team) keeps one row for each")
        .hasMessageContaining("select(team).distinct(), or groupBy(team)");
  }

  @Test
  void releasedAndPublicRows_areLeftAsTheyAre() {
    assertThat(collect("wards", rows -> rows.dropDuplicates("ward"))).hasSize(10);
    assertThat(
            collect("patients", rows -> rows.groupBy("team", "sex").count().dropDuplicates("team")))
        .hasSize(8);
  }

  private static List<Row> collect(String frame, UnaryOperator<Dataset<Row>> question) {
    return port.collect(
        port.release(
            port.asking(Port.ADA),
            () -> {
              LogicalPlan rows =
                  port.queries()
                      .query(
                          "SELECT * FROM " + frame,
                          port.asking(Port.ADA),
                          stored -> {
                            throw new AssertionError("No plan is stored here");
                          });
              return question
                  .apply(org.apache.spark.sql.classic.Dataset.ofRows(port.analystSession(), rows))
                  .queryExecution()
                  .logical();
            }));
  }
}
