package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sallyport.spark.release.NoiseWish;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Intervals around noisy columns: around what was released, and never a second draw. */
final class ErrorBarsTest {

  private static final String QUESTION =
      "SELECT sex, count(*) AS n, avg(cost) AS c, median(age) AS m FROM loud.patients GROUP BY sex";

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
  void bars_areAroundWhatWasReleased_andAreNotDrawnAgain() {
    List<Row> plain = port.sql(QUESTION);
    wishForIntervals();
    List<Row> barred = port.sql(QUESTION);
    List<Row> again = port.sql(QUESTION);

    assertThat(again).isEqualTo(barred);
    assertThat(barred.get(0).schema().fieldNames())
        .containsExactly("sex", "n", "c", "m", "n_low", "n_high", "c_low", "c_high");
    for (int i = 0; i < plain.size(); i++) {
      for (String column : List.of("sex", "n", "c", "m")) {
        assertThat(barred.get(i).<Object>getAs(column)).isEqualTo(plain.get(i).getAs(column));
      }
      assertThat((double) barred.get(i).<Long>getAs("n"))
          .isBetween(barred.get(i).getAs("n_low"), barred.get(i).getAs("n_high"));
      assertThat(barred.get(i).<Double>getAs("c"))
          .isBetween(barred.get(i).getAs("c_low"), barred.get(i).getAs("c_high"));
    }
  }

  @Test
  void theWidthOfACount_isTheOneThatIsExplained() {
    wishForIntervals();
    String question = "SELECT count(*) AS n FROM still.patients";
    String words = port.explain(question).get(0).obligation();
    Row row = port.sql(question).get(0);

    double width = (row.<Double>getAs("n_high") - row.<Double>getAs("n_low")) / 2;
    assertThat(words).contains("95 % within " + String.format("%.4g", width));
  }

  @Test
  void bars_goWithTheirColumn_underItsNewName_andThroughAnOrder() {
    wishForIntervals();
    List<Row> rows =
        port.sql(
            "SELECT n AS number, sex FROM (SELECT sex, count(*) AS n FROM loud.patients GROUP BY"
                + " sex) WHERE n > 0 ORDER BY number DESC LIMIT 2");

    assertThat(rows.get(0).schema().fieldNames())
        .containsExactly("number", "sex", "number_low", "number_high");
  }

  @Test
  void ofAnExpression_theyAreItsOwn() {
    wishForIntervals();
    Row row = port.sql("SELECT 2 * count(*) + 1 AS d FROM loud.patients").get(0);

    double high = row.getAs("d_high");
    assertThat(high - row.<Long>getAs("d"))
        .isCloseTo(row.<Long>getAs("d") - row.<Double>getAs("d_low"), within(0.01));
  }

  @Test
  void whereThereIsNoPlaceForThem_theyAreRefused_beforeAnythingIsPaid() {
    wishForIntervals();
    String spent = port.sql("SELECT * FROM sallyport.budgets").toString();

    assertThatThrownBy(
            () ->
                port.sql(
                    "SELECT max(n) FROM (SELECT team, count(*) AS n FROM loud.patients GROUP BY"
                        + " team)"))
        .hasMessageContaining("PARAM_INVALID")
        .hasMessageContaining(NoiseWish.INTERVALS);
    assertThat(port.sql("SELECT * FROM sallyport.budgets").toString()).isEqualTo(spent);
  }

  @Test
  void whatIsExact_hasNone() {
    wishForIntervals();

    List<Row> rows = port.sql("SELECT sex, count(*) AS n FROM patients GROUP BY sex");

    assertThat(rows.get(0).schema().fieldNames()).containsExactly("sex", "n");
  }

  /** A quotient whose divisor may be zero within its noise has no interval, and does not fail. */
  @Test
  void whatMayHaveNoValue_hasNone() {
    wishForIntervals();
    Row row =
        port.sql(
                "SELECT sum(age) / (count_if(age < 0) + 0.5) AS q, count(*) AS n,"
                    + " regr_slope(cost, age) AS s FROM still.patients WHERE age < 0")
            .get(0);

    assertThat(row.<Object>getAs("s_low")).isNull();
    assertThat(row.<Object>getAs("n_low")).isNotNull();
  }

  private static void wishForIntervals() {
    port.analystSession().conf().set(NoiseWish.INTERVALS, "true");
  }
}
