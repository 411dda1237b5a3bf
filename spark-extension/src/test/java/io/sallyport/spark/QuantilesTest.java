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

/** Quantiles, extremes and numbers of different values, with noise. */
final class QuantilesTest {

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
  @CsvSource(
      delimiter = '|',
      value = {
        "median(age)|3",
        "median(cost)|10",
        "percentile(age, 0.25)|3",
        "percentile_approx(age, 0.75)|3",
        "approx_percentile(cost, 0.9, 100)|12",
        "median(age) FILTER (WHERE sex = 'F')|5",
        "count(DISTINCT age)|3",
        "count(DISTINCT sex, ward)|3",
        "approx_count_distinct(age)|8",
        "max(age) - min(age)|8",
        "median(age + 1) * 2|6",
      })
  void global_isWhatSparkComputes_withALoudBudget(String function, double tolerance) {
    double exact = number(port.plain("SELECT " + function + " FROM raw_patients").get(0));

    for (String frame : List.of("loud.patients", "loud.each")) {
      List<Row> answer = port.sql("SELECT " + function + " FROM " + frame);
      assertThat(number(answer.get(0))).as(frame).isCloseTo(exact, within(tolerance));
    }
  }

  @Test
  void severalPercentiles_areAList_ofOneTree() {
    String query = "SELECT percentile(age, array(0.25, 0.5, 0.75)) AS p FROM %s";

    List<Double> exact = port.plain(query.formatted("raw_patients")).get(0).getList(0);
    List<Double> answer = port.sql(query.formatted("loud.patients")).get(0).getList(0);

    assertThat(answer).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(answer.get(i)).isCloseTo(exact.get(i), within(3.0));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"median(days)|3", "max(days)|3", "count(DISTINCT days)|20", "count(*)|40"})
  void groups_haveTheirOwn(String function, double tolerance) {
    String query =
        "SELECT unit_of_care AS u, "
            + function
            + " FROM %s WHERE unit_of_care > 0 GROUP BY 1 ORDER BY 1";

    List<Row> exact = port.plain(query.formatted("raw_stays"));
    List<Row> answer = port.sql(query.formatted("loud.stays"));

    assertThat(answer).hasSameSizeAs(exact);
    for (int i = 0; i < exact.size(); i++) {
      assertThat(answer.get(i).getInt(0)).isEqualTo(exact.get(i).getInt(0));
      assertThat(number(answer.get(i), 1)).isCloseTo(number(exact.get(i), 1), within(tolerance));
    }
  }

  @Test
  void anExtreme_isNotAPersonsValue() {
    port.plain("SELECT max(cost) FROM raw_patients");
    String words = port.explain("SELECT max(cost) FROM loud.patients").get(0).obligation();

    assertThat(words).contains("0.9950 quantile of a tree of 4096 counts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT median(name) FROM loud.patients",
        "SELECT max(admitted) FROM loud.patients",
        "SELECT sum(DISTINCT age) FROM loud.patients",
        "SELECT median(stay_id) FROM loud.stays",
        "SELECT percentile(age, 0.5, ward) FROM loud.patients",
      })
  void whatHasNoBounds_isRefused(String query) {
    assertThatThrownBy(() -> port.sql(query)).isInstanceOf(RefusedException.class);
  }

  private static double number(Row row) {
    return number(row, 0);
  }

  private static double number(Row row, int column) {
    return ((Number) row.get(column)).doubleValue();
  }
}
