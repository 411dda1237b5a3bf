package io.sallyport.examples.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.examples.benchmark.Took;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** What the benchmark prints and draws is what was measured. */
class MeasurementTest {

  private static final TpchQuery QUERY = TpchQuery.all().get(4);
  private static final List<Row> EXACT =
      List.of(
          RowFactory.create("CHINA", 100.0),
          RowFactory.create("INDIA", 200.0),
          RowFactory.create("JAPAN", 0.0),
          RowFactory.create("VIETNAM", 50.0));

  private static Measurement measured(List<Row> answer) {
    Errors errors = new Errors(1, EXACT);
    errors.add(answer);
    return new Measurement(QUERY, new Took(2, 4), new Took(3, 10), errors);
  }

  @Test
  void row_hasRatios_droppedGroups_andMedianError() {
    List<Row> noisy =
        List.of(
            RowFactory.create("CHINA", 110.0),
            RowFactory.create("INDIA", 190.0),
            RowFactory.create("JAPAN", 7.0),
            RowFactory.create("MARS", 1.0));

    assertThat(measured(noisy).row())
        .isEqualTo("| 5 Local supplier volume | 2.00 | 3.00 | 1.50 | 2.50 | 4 | 25 % | 10 % |");
  }

  @Test
  void nothingShown_hasNoError() {
    Measurement nothing = measured(List.of());

    assertThat(nothing.row()).endsWith("| 4 | 100 % |  |");
    assertThat(ErrorPlot.of(List.of(nothing))).contains("no group shown").doesNotContain("<rect x");
  }

  @Test
  void bar_isAsLongAsTheErrorHasDecades() {
    Measurement tenPercent = measured(List.of(RowFactory.create("CHINA", 110.0)));

    assertThat(ErrorPlot.of(List.of(tenPercent)))
        .contains("5 Local supplier volume", "width=\"270.0\"")
        .startsWith("<svg ")
        .endsWith("</svg>\n");
  }
}
