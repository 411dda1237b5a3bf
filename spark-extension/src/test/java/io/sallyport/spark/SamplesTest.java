package io.sallyport.spark;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.spark.sample.SampleQuestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples of public rows and of what was released; never of people, nor beside them. */
final class SamplesTest {

  private static final String TEN = "(VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))";

  /** A thousand rows of the analyst's own. */
  private static final String OWN =
      ("(SELECT a.n + 10 * b.n + 100 * c.n AS n FROM %1$s AS a(n) CROSS JOIN %1$s AS b(n)"
              + " CROSS JOIN %1$s AS c(n))")
          .formatted(TEN);

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
  void publicRows_areSampledAsSparkDoes() {
    List<Row> exact = port.owners().table("wards").sample(0.5, 7).collectAsList();

    List<Row> rows = port.collect(released(sample("SELECT * FROM wards", 0, 0.5, 7)));

    assertThat(rows).containsExactlyInAnyOrderElementsOf(exact);
    assertThat(port.sql("SELECT * FROM wards TABLESAMPLE (50 PERCENT) REPEATABLE (7)"))
        .containsExactlyInAnyOrderElementsOf(exact);
  }

  @Test
  void partsOfASplit_areTheWhole() {
    double[] ends = {0, 0.7, 0.7 + 0.2, 0.7 + 0.2 + 0.1 + 2e-16};
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      SampleQuestion part =
          new SampleQuestion(ends[i], ends[i + 1], false, OptionalLong.of(3), true);
      List<Row> rows = port.collect(released(sample("SELECT * FROM " + OWN, part)));
      rows.forEach(row -> all.add(row.getInt(0)));
    }

    assertThat(all).hasSize(1000).doesNotHaveDuplicates();
  }

  @Test
  void withoutASeed_theSampleIsTheSameEachTime() {
    String query = "SELECT n FROM " + OWN + " TABLESAMPLE (10 PERCENT)";

    List<Row> rows = port.sql(query);

    assertThat(rows).hasSizeBetween(50, 150);
    assertThat(port.sql(query)).isEqualTo(rows);
  }

  @Test
  void releasedRows_areSampled_exactOnesAndNoisyOnes() {
    String exact = "SELECT team AS ward, count(*) AS n FROM patients GROUP BY team";
    String noisy = "SELECT ward, count(*) AS n FROM loud.patients GROUP BY ward";
    for (String query : List.of(exact, noisy)) {
      List<Row> whole = port.sql(query);

      List<Row> rows = port.collect(released(sample(query, 0, 0.5, 1)));

      assertThat(whole).containsAll(rows);
      assertThat(port.collect(released(sample(query, 0, 1, 1))))
          .containsExactlyInAnyOrderElementsOf(whole);
      assertThat(port.collect(released(sample(query, 0, 0, 1)))).isEmpty();
      assertThat(port.sql("SELECT ward FROM (" + query + ") TABLESAMPLE (50 PERCENT)"))
          .hasSizeLessThanOrEqualTo(whole.size());
    }
  }

  @Test
  void withReplacement_rowsMayBeThereSeveralTimes() {
    SampleQuestion twice = new SampleQuestion(0, 2, true, OptionalLong.of(1), false);

    List<Row> rows = port.collect(released(sample("SELECT * FROM " + OWN, twice)));

    assertThat(rows).hasSizeBetween(1500, 2500);
    assertThat(rows.stream().distinct().toList()).hasSizeLessThan(1000);
  }

  @Test
  void withReplacement_rowsAreCounted() {
    SampleQuestion many = new SampleQuestion(0, 1e6, true, OptionalLong.of(1), false);
    assertThatThrownBy(() -> released(sample("SELECT * FROM " + OWN, many)))
        .hasMessageContaining("LIMIT_EXCEEDED")
        .hasMessageContaining("made-rows");

    SampleQuestion thousand = new SampleQuestion(0, 1000, true, OptionalLong.of(1), false);
    Supplier<LogicalPlan> million = sample("SELECT * FROM " + OWN, thousand);
    assertThatThrownBy(
            () ->
                released(
                    () -> {
                      Dataset<Row> rows = Dataset.ofRows(port.analystSession(), million.get());
                      // one row of a key no longer meets one
                      return rows.as("a").join(rows.as("b"), expr("a.n = b.n")).logicalPlan();
                    }))
        .hasMessageContaining("LIMIT_EXCEEDED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM %spatients TABLESAMPLE (50 PERCENT) REPEATABLE (1)",
        "SELECT count(*) FROM %spatients TABLESAMPLE (50 PERCENT) REPEATABLE (1)",
        "SELECT count(*) FROM %spatients TABLESAMPLE (50 PERCENT)",
        "SELECT count(*) FROM %spatients TABLESAMPLE (BUCKET 1 OUT OF 2)",
        "SELECT count(*) FROM (SELECT * FROM %spatients) TABLESAMPLE (100 PERCENT)",
        "SELECT ward, count(*) FROM (SELECT patient_id, ward, count(*) AS n FROM %spatients GROUP"
            + " BY patient_id, ward) TABLESAMPLE (50 PERCENT) GROUP BY ward",
        // public rows beside people
        "SELECT count(*) FROM %spatients p JOIN wards TABLESAMPLE (50 PERCENT) w ON p.ward ="
            + " w.ward",
        "SELECT w.ward, count(*) FROM wards TABLESAMPLE (50 PERCENT) w LEFT JOIN %spatients p ON"
            + " p.ward = w.ward GROUP BY w.ward",
        "SELECT count(*) FROM %spatients WHERE ward IN (SELECT ward FROM wards TABLESAMPLE (50"
            + " PERCENT))",
        "SELECT count(*) FROM %spatients WHERE ward > (SELECT avg(ward) FROM wards TABLESAMPLE (50"
            + " PERCENT))",
        "SELECT count(*) FROM %spatients p JOIN (SELECT DISTINCT ward FROM wards TABLESAMPLE (50"
            + " PERCENT)) w ON p.ward = w.ward",
        "SELECT count(*) FROM %spatients p, wards TABLESAMPLE (50 PERCENT) w WHERE p.ward = w.ward",
        // released rows beside people
        "SELECT count(*) FROM %spatients p JOIN (SELECT unit_of_care AS u, count(*) FROM stays"
            + " GROUP BY unit_of_care) TABLESAMPLE (50 PERCENT) s ON p.ward = s.u",
        "SELECT sum(n) FROM (SELECT ward, count(*) AS n FROM %spatients TABLESAMPLE (50 PERCENT)"
            + " GROUP BY ward)",
      })
  void peoplesRows_areNeverSampled(String query) {
    for (String frame : List.of("", "loud.", "asked.")) {
      assertThatThrownBy(() -> port.sql(query.formatted(frame)))
          .as(frame)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("NONDETERMINISTIC")
          .hasMessageContaining("and then a sample of its groups");
    }
  }

  /** Not even an owner is asked: another run would be another question. */
  @Test
  void asked_ofTheApi_theyAreRefusedToo() {
    assertThatThrownBy(() -> released(sample("SELECT * FROM asked.patients", 0, 0.1, 1)))
        .hasMessageContaining("NONDETERMINISTIC");
    assertThatThrownBy(
            () ->
                released(
                    sample(
                        "SELECT ward FROM patients",
                        new SampleQuestion(0, 0.1, false, OptionalLong.of(1), true))))
        .hasMessageContaining("NONDETERMINISTIC");
  }

  @ParameterizedTest
  @CsvSource({"-0.1, 0.5", "0.5, 0.4", "0, 1.1", "5, 5.5", "0, NaN", "NaN, 1"})
  void partsThatThereAreNot_areRefused(double lower, double upper) {
    SampleQuestion part = new SampleQuestion(lower, upper, false, OptionalLong.of(1), false);
    assertThatThrownBy(() -> released(sample("SELECT * FROM wards", part)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("PARAM_INVALID");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM wards TABLESAMPLE (150 PERCENT)|PARAM_INVALID",
        "SELECT * FROM wards TABLESAMPLE (-1 PERCENT)|PARAM_INVALID",
        "SELECT * FROM wards TABLESAMPLE (BUCKET 5 OUT OF 2)|PARAM_INVALID",
        "SELECT * FROM wards TABLESAMPLE SYSTEM (50 PERCENT)|RELATION_NOT_ALLOWED",
      })
  void otherSamples_areRefused(String query, String code) {
    assertThatThrownBy(() -> port.sql(query))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(code);
  }

  private static Supplier<LogicalPlan> sample(String query, double lower, double upper, long seed) {
    return sample(query, new SampleQuestion(lower, upper, false, OptionalLong.of(seed), false));
  }

  private static Supplier<LogicalPlan> sample(String query, SampleQuestion question) {
    return () -> port.queries().sample(port.analystSession(), () -> parsed(query), question);
  }

  private static LogicalPlan parsed(String query) {
    return port.queries()
        .query(
            query,
            port.asking(Port.ADA),
            stored -> {
              throw new AssertionError("No plan is stored here");
            });
  }

  private static LogicalPlan released(Supplier<LogicalPlan> question) {
    return port.release(port.asking(Port.ADA), question);
  }
}
