package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows: over each person's own rows below a release, over anything after it. */
final class WindowsTest {

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "row_number() OVER (PARTITION BY patient_id ORDER BY stay_id)",
        "rank() OVER (PARTITION BY patient_id ORDER BY days)",
        "dense_rank() OVER (PARTITION BY patient_id ORDER BY days DESC)",
        "ntile(2) OVER (PARTITION BY patient_id ORDER BY stay_id)",
        "coalesce(lag(days) OVER (PARTITION BY patient_id ORDER BY stay_id), 0)",
        "lead(days, 1, 0) OVER (PARTITION BY patient_id ORDER BY stay_id)",
        "count(*) OVER (PARTITION BY patient_id)",
        "max(days) OVER (PARTITION BY patient_id, unit_of_care)",
        "CAST(median(days) OVER (PARTITION BY patient_id) AS INT)",
        "CAST(percentile(days, 0.5) OVER (PARTITION BY patient_id) AS INT)",
        "percentile_approx(days, 0.5) OVER (PARTITION BY patient_id, unit_of_care)",
        "CAST(stddev_pop(days) OVER (PARTITION BY patient_id) AS INT)",
        "count_if(days > 3) OVER (PARTITION BY patient_id)",
        "regr_count(days, stay_id) OVER (PARTITION BY patient_id)",
        "approx_count_distinct(days) OVER (PARTITION BY patient_id)",
        "sum(days) OVER (PARTITION BY patient_id ORDER BY stay_id ROWS BETWEEN 1 PRECEDING AND"
            + " CURRENT ROW)",
      })
  void overEachPersonsRows_isWhatSparkComputes_withALoudBudget(String value) {
    String query =
        "SELECT count(*) AS n, sum(least(greatest(w, 0), 20)) AS s FROM (SELECT *, "
            + value
            + " AS w FROM %s)";

    Row exact = port.plain(query.formatted("raw_stays")).get(0);
    Row answer = port.sql(query.formatted("loud.stays")).get(0);

    assertThat(answer.getLong(0)).isCloseTo(exact.getLong(0), within(6L));
    assertThat(answer.getLong(1)).isCloseTo(exact.getLong(1), within(60L));
  }

  @Test
  void firstRowOfEachPerson_canBeChosen() {
    String query =
        "SELECT unit_of_care AS u, count(*) AS n FROM (SELECT *, row_number() OVER (PARTITION BY"
            + " patient_id ORDER BY stay_id) AS r FROM %s) WHERE r = 1 GROUP BY unit_of_care ORDER"
            + " BY u";

    List<Row> exact = port.plain(query.formatted("raw_stays"));
    List<Row> answer = port.sql(query.formatted("loud.stays"));

    assertThat(answer).hasSameSizeAs(exact);
    for (int i = 0; i < exact.size(); i++) {
      assertThat(answer.get(i).getLong(1)).isCloseTo(exact.get(i).getLong(1), within(12L));
    }
  }

  @Test
  void windowsOverAReleasedResult_areFree() {
    List<Row> answer =
        port.sql(
            "SELECT u, rank() OVER (ORDER BY n DESC) AS r FROM (SELECT unit_of_care AS u, count(*)"
                + " AS n FROM loud.stays GROUP BY unit_of_care) ORDER BY r");

    assertThat(answer).hasSize(4).first().extracting(row -> row.getInt(1)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "row_number() OVER (ORDER BY days)|PARTITION BY <the privacy unit>",
        "max(days) OVER (PARTITION BY unit_of_care)|PARTITION BY <the privacy unit>",
        "sum(days) OVER (PARTITION BY patient_id ORDER BY days RANGE BETWEEN 1 PRECEDING AND"
            + " CURRENT ROW)|RANGE with a distance",
      })
  void whatLooksAtOthers_orMayFail_isRefused(String value, String remedy) {
    String query = "SELECT sum(least(greatest(w, 0), 9)) FROM (SELECT " + value + " AS w FROM %s)";

    assertThatThrownBy(() -> port.sql(query.formatted("loud.stays")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(remedy);
  }

  /** Exactly, the one row that a window picks could be one person's. */
  @Test
  void withoutNoise_windowsAreRefused() {
    assertThatThrownBy(
            () ->
                port.sql(
                    "SELECT count(*) FROM (SELECT row_number() OVER (PARTITION BY patient_id ORDER"
                        + " BY stay_id) AS r FROM stays) WHERE r = 1"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("a window picks among a person's rows");
  }
}
