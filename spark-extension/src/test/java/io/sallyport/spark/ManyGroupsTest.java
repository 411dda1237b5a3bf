package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sallyport.spark.answer.Handle;
import io.sallyport.spark.release.NoiseWish;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.LogicalRDD;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Noisy answers of more rows than the driver holds, here more than three: they are answered,
 * computed on, kept and asked for again as small ones are.
 */
final class ManyGroupsTest {

  private static final String QUESTION =
      "SELECT unit_of_care AS u, days AS d, count(*) AS n, sum(days) AS s FROM %s GROUP BY"
          + " unit_of_care, days";

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    Map<String, String> keys = new HashMap<>(NoiseData.policies(directory));
    keys.put("spark.sallyport.limit.held-rows", "3");
    keys.put("spark.sallyport.limit.result-rows", "60");
    port = Port.open(directory, keys);
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
  void groups_areWhatSparkComputes_inTheOrderOfTheirColumns() {
    Map<List<Object>, Row> exact = new HashMap<>();
    port.plain(QUESTION.formatted("raw_stays"))
        .forEach(row -> exact.put(List.of(row.getInt(0), row.getInt(1)), row));
    LogicalPlan released = port.released(Port.ADA, QUESTION.formatted("loud.stays"));
    List<Row> answer = port.collect(released);

    assertThat(released.collectLeaves().head()).isInstanceOf(LogicalRDD.class);
    assertThat(answer).hasSizeGreaterThan(exact.size() / 2);
    for (Row row : answer) {
      Row same = exact.remove(List.of(row.getInt(0), row.getInt(1)));
      assertThat(row.getLong(2)).isCloseTo(same.getLong(2), within(20L));
      assertThat(row.getLong(3)).isCloseTo(same.getLong(3), within(200L));
    }
    assertThat(exact.values()).as("left out").allMatch(row -> row.getLong(2) < 14);
    assertThat(answer)
        .isSortedAccordingTo(
            Comparator.<Row>comparingInt(row -> row.getInt(0)).thenComparing(row -> row.getInt(1)));
  }

  @Test
  void askedAgain_theSameRowsAreShown_free() {
    List<Row> once = port.sql(QUESTION.formatted("loud.stays"));
    List<Row> again = port.sql(QUESTION.formatted("loud.stays"));

    assertThat(again).isEqualTo(once);
    assertThat(port.audited().get(port.audited().size() - 1).cost().orElseThrow())
        .contains("released before");
  }

  /** One release: collected twice, joined with itself, it never shows two draws of a number. */
  @Test
  void whateverIsComputedOnIt_isComputedOnOneDraw() {
    LogicalPlan released =
        port.released(
            Port.ADA, "SELECT u, d, n FROM (" + QUESTION.formatted("loud.stays") + ") WHERE n > 4");
    assertThat(port.collect(released)).isEqualTo(port.collect(released));

    List<Row> rows = port.sql(QUESTION.formatted("loud.stays"));
    List<Row> joined =
        port.sql(
            "WITH g AS (%1$s) SELECT a.n AS x, b.n AS y FROM g a JOIN g b ON a.u = b.u AND a.d = b.d"
                .formatted(QUESTION.formatted("loud.stays")));
    assertThat(joined)
        .hasSizeGreaterThan(rows.size() / 2)
        .allMatch(row -> row.getLong(0) == row.getLong(1));
    assertThat(
            port.sql(
                QUESTION.formatted("loud.stays") + " HAVING n > 12 ORDER BY n DESC, u, d LIMIT 5"))
        .isEqualTo(
            rows.stream()
                .filter(row -> row.getLong(2) > 12)
                .sorted(
                    (a, b) ->
                        a.getLong(2) == b.getLong(2)
                            ? Integer.compare(
                                100 * a.getInt(0) + a.getInt(1), 100 * b.getInt(0) + b.getInt(1))
                            : Long.compare(b.getLong(2), a.getLong(2)))
                .limit(5)
                .toList());
    assertThat(
            port.sql(
                "SELECT w.title, g.* FROM (%s) g JOIN wards w ON g.u = w.ward"
                    .formatted(QUESTION.formatted("loud.stays"))))
        .hasSameSizeAs(rows);
    assertThat(
            port.sql(
                "SELECT w.title, sum(n) AS n FROM (%s) g JOIN wards w ON g.u = w.ward GROUP BY"
                        .formatted(QUESTION.formatted("loud.stays"))
                    + " w.title"))
        .hasSize(4);
  }

  /**
   * A second release over the first and governed rows is certified, charged and drawn as others.
   */
  @Test
  void joinedWithGovernedRows_theyAreCountedWithNoiseOfTheirOwn() {
    String counted =
        "SELECT g.u AS u, count(*) AS n FROM %s s JOIN (%s) g ON s.unit_of_care = g.u AND s.days ="
            + " g.d WHERE g.n > 8 GROUP BY g.u ORDER BY u";
    String question = QUESTION.formatted("loud.stays");
    Map<Integer, Long> least = new HashMap<>();
    Map<Integer, Long> most = new HashMap<>();
    for (Row row : port.plain(QUESTION.formatted("raw_stays"))) {
      least.merge(row.getInt(0), row.getLong(2) > 20 ? row.getLong(2) : 0, Long::sum);
      most.merge(row.getInt(0), row.getLong(2), Long::sum);
    }

    List<Row> answer = port.sql(counted.formatted("loud.stays", question));

    assertThat(answer).hasSizeGreaterThan(2);
    for (Row row : answer) {
      assertThat(row.getLong(1))
          .isBetween(least.get(row.getInt(0)) - 30, most.get(row.getInt(0)) + 30);
    }
    assertThat(port.audited().get(port.audited().size() - 1).cost().orElseThrow())
        .contains("epsilon");
  }

  @Test
  void valuesOfGroups_areCountedWhereTheGroupsAre() {
    String query =
        "SELECT days AS d, median(unit_of_care) AS m, count(DISTINCT patient_id %% 20) AS c FROM %s"
            + " GROUP BY days ORDER BY d";
    List<Row> exact = port.plain(query.formatted("raw_stays"));
    List<Row> answer =
        port.sql(
            query
                .formatted("(SELECT *, least(greatest(unit_of_care, 0), 4) FROM loud.stays)")
                .replace("median(unit_of_care)", "median(least(greatest(unit_of_care, 0), 4))"));

    assertThat(answer).hasSameSizeAs(exact);
    for (int i = 0; i < exact.size(); i++) {
      assertThat(answer.get(i).getDouble(1)).isCloseTo(exact.get(i).getDouble(1), within(1.5));
      assertThat(answer.get(i).getLong(2)).isCloseTo(exact.get(i).getLong(2), within(25L));
    }
    long all = exact.stream().mapToLong(row -> row.getLong(2)).sum();
    assertThat(answer.stream().mapToLong(row -> row.getLong(2)).sum())
        .isCloseTo(all, within(all / 2));
  }

  /** In the order of a wiped key, rows would tell which is whose. */
  @Test
  void orderOfManyRows_tellsNothingOfWhatIsWiped() {
    List<Row> rows =
        port.sql("SELECT age % 7 AS a, count(*) AS n FROM loud.wiped GROUP BY age % 7");

    assertThat(rows).hasSize(7).extracting(row -> row.get(0)).containsOnlyNulls();
    assertThat(rows).extracting(row -> row.getLong(1)).isSorted();
  }

  @Test
  void intervals_areAroundTheSameRows() {
    List<Row> plain = port.sql(QUESTION.formatted("loud.stays"));
    port.analystSession().conf().set(NoiseWish.INTERVALS, "true");
    List<Row> barred = port.sql(QUESTION.formatted("loud.stays"));

    assertThat(barred).hasSameSizeAs(plain);
    for (int i = 0; i < plain.size(); i++) {
      assertThat(barred.get(i).<Long>getAs("n")).isEqualTo(plain.get(i).<Long>getAs("n"));
      assertThat((double) barred.get(i).<Long>getAs("n"))
          .isBetween(barred.get(i).getAs("n_low"), barred.get(i).getAs("n_high"));
    }
  }

  @Test
  void moreRowsThanTheOperatorAllows_areRefused() {
    assertThatThrownBy(
            () ->
                port.sql(
                    "SELECT patient_id % 70 AS g, count(*) FROM loud.few2 GROUP BY patient_id % 70"))
        .hasMessageContaining("LIMIT_EXCEEDED");
  }

  @Test
  void collected_itIsStored_andFetched() {
    Asking asking = port.asking(Port.ADA);
    String text = QUESTION.formatted("loud.stays");
    Supplier<LogicalPlan> parsed = () -> port.queries().query(text, asking, stored -> null);
    Handle handle =
        port.handles()
            .collect(port.analystSession(), new Asked(parsed, id -> new byte[0], ""), asking);
    String id = handle.artifact().id();
    List<Row> fetched =
        port.collect(
            port.handles().fetch(port.analystSession(), id, "", asking, stored -> parsed.get()));

    assertThat(handle.verdict()).isEqualTo(Handle.Verdict.RELEASE);
    assertThat(fetched).isEqualTo(port.sql(text));
    assertThatThrownBy(
            () ->
                port.handles()
                    .fetchArrow(port.analystSession(), id, "", asking, stored -> parsed.get()))
        .hasMessageContaining("LIMIT_EXCEEDED");
  }
}
