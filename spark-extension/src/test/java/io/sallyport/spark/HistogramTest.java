package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Histograms: noisy counts of equal bins between the public bounds. */
final class HistogramTest {

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
  @CsvSource({"loud.patients,age,100", "loud.each,age,100", "loud.each,cost,400"})
  void bins_haveTheCountsOfTheirValues(String frame, String column, double upper) {
    int bins = 5;
    List<Row> answer =
        port.sql("SELECT histogram_numeric(%s, %d) FROM %s".formatted(column, bins, frame));

    List<Row> histogram = answer.get(0).getList(0);
    assertThat(histogram).hasSize(bins);
    double width = upper / bins;
    for (int i = 0; i < bins; i++) {
      double exact =
          port.plain(
                  "SELECT count(*) FROM raw_patients WHERE %1$s >= %2$s AND %1$s < %3$s"
                      .formatted(column, i * width, (i + 1) * width))
              .get(0)
              .getLong(0);
      assertThat(((Number) histogram.get(i).get(0)).doubleValue()).isEqualTo((i + 0.5) * width);
      assertThat(histogram.get(i).getDouble(1)).isCloseTo(exact, within(3.0));
    }
  }

  @Test
  void itsType_isThatOfSpark_andARepeatIsTheSame() {
    String query = "SELECT sex, histogram_numeric(age, 4) AS h FROM %s GROUP BY sex";
    String spark =
        port.plain("SELECT typeof(histogram_numeric(age, 4)) FROM raw_patients")
            .get(0)
            .getString(0);

    DataType own =
        port.released(Port.ADA, query.formatted("loud.patients")).schema().apply("h").dataType();
    List<Row> first = port.sql(query.formatted("loud.patients"));

    assertThat(own).isInstanceOf(ArrayType.class);
    assertThat(own.catalogString()).isEqualTo(spark);
    assertThat(first).hasSize(2);
    assertThat(port.sql(query.formatted("loud.patients"))).isEqualTo(first);
  }

  @Test
  void explanation_saysWhatIsCounted() {
    assertThat(
            port.explain("SELECT histogram_numeric(age, 4) FROM loud.patients").get(0).obligation())
        .contains("4 counts of rows in bins of equal width over [0.000, 100.0]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT histogram_numeric(skewed, 4) FROM loud.patients",
        "SELECT histogram_numeric(age, 1000000) FROM loud.patients",
        "SELECT histogram_numeric(age, 1) FROM loud.patients",
        "SELECT histogram_numeric(least(greatest(age, 7), 7), 4) FROM loud.patients",
        "SELECT histogram_numeric(name, 4) FROM loud.patients",
        "SELECT histogram_numeric(DISTINCT age, 4) FROM loud.patients",
        "SELECT histogram_numeric(age, 4) FROM patients",
      })
  void whatHasNoBins_isRefused(String query) {
    assertThatThrownBy(() -> port.sql(query)).isInstanceOf(RefusedException.class);
  }
}
