package io.sallyport.spark.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spark.NoisyPlans;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which joins' sides may be larger in memory than Spark estimates. */
final class HeldSidesTest {

  @RegisterExtension static final NoisyPlans plans = new NoisyPlans();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT max(t) FROM range(9) a JOIN (SELECT id, rpad(id, 2000, 'x') t FROM range(9)) b"
            + " ON a.id = b.id",
        // Of a row no text is long, and the rows are few enough to be sent by their estimate.
        "SELECT max(t) FROM range(9) a JOIN (SELECT id, rpad(id, 400, 'x') t FROM range(200000)) b"
            + " ON a.id = b.id",
        "SELECT max(t) FROM range(9) a JOIN (SELECT id, repeat(id, 9) t FROM range(200000)) b"
            + " ON a.id = b.id",
        "SELECT max(x) FROM range(9) a JOIN (SELECT explode(array(1, 2)) x) b ON a.id = b.x",
        "SELECT (SELECT max(t) FROM range(9) a JOIN (SELECT id, rpad(id, 400, 'x') t FROM"
            + " range(200000)) b ON a.id = b.id) FROM range(2)",
      })
  void sidesOfLongTexts_ofManyRows_orOfLists_areUnknown(String sql) {
    assertThat(areUnknown(sql)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM range(9) a JOIN range(9000000) b ON a.id = b.id",
        "SELECT max(t) FROM range(9) a JOIN (SELECT id, rpad(id, 400, 'x') t FROM range(2000)) b"
            + " ON a.id = b.id",
        "SELECT max(t) FROM range(9) a JOIN (SELECT id, concat(id, '-', id) t FROM range(20000)) b"
            + " ON a.id = b.id",
        "SELECT max(length(t)) FROM range(9) a LEFT JOIN (SELECT 1 AS id, 'word' t) b"
            + " ON a.id < b.id"
      })
  void sidesThatAreAsEstimated_areKnown(String sql) {
    assertThat(areUnknown(sql)).isFalse();
  }

  /** Each side is small enough to be sent, and all of them are there at once. */
  @Test
  void sidesOfManyJoins_countTogether() {
    assertThat(areUnknown(joined(1))).isFalse();
    assertThat(areUnknown(joined(9))).isTrue();
  }

  private static String joined(int sides) {
    StringBuilder from = new StringBuilder("range(20000) a");
    StringBuilder texts = new StringBuilder("length('')");
    for (int i = 0; i < sides; i++) {
      from.append(
          " JOIN (SELECT id, lpad(string(id), %d, 'x') AS t FROM range(20000)) b%d ON a.id = b%d.id"
              .formatted(300 - i, i, i));
      texts.append(" + length(b").append(i).append(".t)");
    }
    return "SELECT max(" + texts + ") FROM " + from;
  }

  @Test
  void ordinaryTextsOfManyColumns_areAsEstimated() {
    String columns =
        IntStream.range(0, 20)
            .mapToObj(i -> "upper(concat(string(id), '-', string(id + %d))) AS c%<d".formatted(i))
            .collect(Collectors.joining(", "));
    assertThat(
            areUnknown(
                "SELECT max(c3), max(c19) FROM range(9) a JOIN (SELECT id, %s FROM range(900)) b"
                        .formatted(columns)
                    + " ON a.id = b.id"))
        .isFalse();
  }

  @Test
  void whatTheOptimizerLeavesOut_isNotHeld() {
    assertThat(
            areUnknown(
                "SELECT count(*) FROM range(9) a JOIN (SELECT id, rpad(id, 2000, 'x') t FROM"
                    + " range(9)) b ON a.id = b.id"))
        .isFalse();
  }

  private static boolean areUnknown(String sql) {
    return HeldSides.areUnknown(plans.session().sql(sql).queryExecution().optimizedPlan());
  }
}
