package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.sallyport.spark.answer.Explanation;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames with different rules in one answer, and rules that ask for people and for noise. */
final class NoiseTogetherTest {

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    port = Port.openInterpreting(directory, policies());
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

  private static Map<String, String> policies() {
    Map<String, String> keys = new HashMap<>();
    keys.put("spark.sallyport.budget.mixed.epsilon", "1000000");
    keys.put("spark.sallyport.budget.mixed.delta", "0.01");
    frame(keys, "mixed.noisy", "dp(epsilon = 100, delta = 0.001)");
    frame(keys, "mixed.exact", "aggregation(10)");
    frame(keys, "mixed.even", "aggregation(10, dominance = p(10))");
    frame(keys, "mixed.either", "any(aggregation(10), dp(epsilon = 0.5))");
    frame(keys, "mixed.open", "true");
    frame(keys, "mixed.few", "all(aggregation(10), dp(epsilon = 100, delta = 0.001))");
    frame(keys, "mixed.spelled", "dp(epsilon = 100, delta = 0.001)");
    keys.keySet().removeIf(key -> key.startsWith("spark.sallyport.frame.mixed.spelled.column."));
    for (String other : List.of("exact", "even")) { // the same people from another source
      keys.put(
          "spark.sallyport.frame.mixed." + other + ".path", directory.resolve("rules").toString());
    }
    keys.put("spark.sallyport.frame.mixed.spelled.path", directory.resolve("spelled").toString());
    keys.put("spark.sallyport.frame.mixed.spelled.column.zero.values", "0.0,-0.0,1.5");
    for (String column : List.of("part", "share")) {
      keys.put("spark.sallyport.frame.mixed.spelled.column." + column + ".lower", "0");
      keys.put("spark.sallyport.frame.mixed.spelled.column." + column + ".upper", "10");
    }
    frame(keys, "mixed.pure", "all(aggregation(10), dp(epsilon = 100))");
    return keys;
  }

  private static void frame(Map<String, String> keys, String name, String rule) {
    String prefix = "spark.sallyport.frame." + name + ".";
    keys.put(prefix + "path", directory.resolve("patients").toString());
    keys.put(prefix + "format", "parquet");
    keys.put(prefix + "privacy-unit", "patient_id");
    keys.put(prefix + "unit-space", "mixed");
    keys.put(prefix + "unique-unit", "true");
    keys.put(prefix + "approval", "false");
    keys.put(prefix + "automatic", rule);
    keys.put(prefix + "column.ward.values", "0,1,2,3,4,9");
    keys.put(prefix + "column.cost.lower", "0");
    keys.put(prefix + "column.cost.upper", "400");
  }

  private static String joined(String frame, String function) {
    return "SELECT %s FROM mixed.noisy n JOIN %s e ON n.patient_id = e.patient_id AND n.ward = 9"
        .formatted(function, frame);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixed.exact", "mixed.even"})
  void exactFrame_isNotAnsweredWithNoise_becauseOfAnother(String frame) {
    for (String function : List.of("count(*)", "sum(e.cost)")) {
      String query = joined(frame, function);

      assertThatThrownBy(() -> port.sql(query))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("AGG_NOT_ALLOWED")
          .hasMessageContaining("of frame " + frame + " without noise only")
          .hasMessageContaining("of frame mixed.noisy with noise only")
          .hasMessageContaining("whose results may be joined");
      assertThat(port.explain(query))
          .extracting(Explanation::frame, Explanation::verdict, Explanation::code)
          .containsExactlyInAnyOrder(
              tuple(frame, "REFUSE", "AGG_NOT_ALLOWED"),
              tuple("mixed.noisy", "REFUSE", "AGG_NOT_ALLOWED"));
    }
  }

  @Test
  void frameThatMayBeNoisy_setsItsOwnCap() {
    List<Explanation> lines = port.explain(joined("mixed.either", "count(*)"));

    assertThat(lines).hasSize(2);
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.verdict()).isEqualTo("RELEASE");
              assertThat(line.obligation()).contains("price: epsilon 0.5");
            });
  }

  @Test
  void frameWhoseRuleHoldsAnyway_goesEitherWay() {
    Row row = port.sql(joined("mixed.open", "count(*)")).get(0);

    assertThat(row.getLong(0)).as("three people, and little noise").isBetween(0L, 6L);
    assertThat(port.explain(joined("mixed.open", "count(*)")))
        .extracting(Explanation::verdict)
        .containsOnly("RELEASE");
  }

  @Test
  void framesThatAreBothExact_areAnsweredExactly() {
    String query =
        "SELECT count(*) FROM mixed.either n JOIN mixed.exact e ON n.patient_id = e.patient_id";

    assertThat(port.sql(query).get(0).getLong(0))
        .isEqualTo(port.plain("SELECT count(*) FROM raw_patients").get(0).getLong(0));
    assertThatThrownBy(() -> port.sql(query + " AND n.ward = 9"))
        .hasMessageContaining("SMALL_GROUP");
  }

  /** Frames over one source are one frame, and no frame is joined with itself. */
  @Test
  void framesOverOneSource_areNotJoined() {
    String query =
        "SELECT count(*) FROM mixed.even n JOIN mixed.exact e ON n.patient_id = e.patient_id";

    assertThatThrownBy(() -> port.sql(query)).hasMessageContaining("UNIT_AMBIGUOUS");
  }

  @Test
  void testOfTheMinimum_isPartOfThePrice_andIsTold() {
    assertThat(port.explain("SELECT count(*) FROM mixed.pure WHERE age > 30"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.obligation())
                    .contains("a group is shown from about 10 people on")
                    .contains("price: epsilon 100"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "folded",
        "padded",
        "upper(folded)",
        "CASE WHEN part > 3 THEN folded END",
      })
  void spellings_areNotShown_whereEqualNamesHaveSeveral(String key) {
    assertThatThrownBy(() -> port.sql("SELECT " + key + ", count(*) FROM mixed.spelled GROUP BY 1"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("KEY_NOT_ALLOWED")
        .hasMessageContaining("written in several ways")
        .hasMessageContaining("lower(CAST(");
  }

  @Test
  void commonForm_isShown() {
    assertThat(
            port.sql(
                "SELECT lower(CAST(folded AS STRING)) AS f, count(*) FROM mixed.spelled GROUP BY"
                    + " lower(CAST(folded AS STRING))"))
        .extracting(row -> row.getString(0))
        .containsExactly("foo");
    assertThat(port.sql("SELECT count(DISTINCT folded) FROM mixed.spelled")).hasSize(1);
  }

  @Test
  void bothZeros_areOneDeclaredValue() {
    List<Row> answer =
        port.sql("SELECT zero, count(*) FROM mixed.spelled GROUP BY zero ORDER BY zero");

    assertThat(answer)
        .extracting(row -> Double.toString(row.getDouble(0)))
        .containsExactly("0.0", "1.5");
    assertThat(answer.get(0).getLong(1)).isBetween(95L, 105L);
    assertThat(
            port.sql("SELECT zero * 1.0D AS z, count(*) FROM mixed.spelled GROUP BY zero * 1.0D"))
        .extracting(row -> Double.toString(row.getDouble(0)))
        .as("which keys there are, the data say")
        .containsExactly("0.0");
  }

  /** Ten of the hundred have no value. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "count(*), avg(part)|WHERE part IS NOT NULL|2",
        "count(*), avg(part)|WHERE part > 1|2",
        "count(*), avg(CAST(part AS DOUBLE))|WHERE part BETWEEN 1 AND 5|3",
        "count(*), avg(part), stddev(part)|WHERE NOT part = 3|3",
        "count(*), avg(share)|WHERE share < 5|2",
        "count(*), avg(share)|WHERE share IS NOT NULL AND NOT isnan(share)|2",
        "count(*), count(share), avg(share)|WHERE share IN (1.0, 2.0)|2",
        "count(share), avg(share)|WHERE NOT isnan(share)|2",
        "count(*), avg(q)|AS s(a, b, c, d, q, e) WHERE q IS NOT NULL|2",
        "count(zero), avg(part)||3",
        "count(*), avg(part)||3",
        "count(*), avg(part + 1)|WHERE part > 1|2", // a sum of whole numbers wraps, and is there
        "count(*), avg(part)|WHERE part IS NULL OR part > 1|3",
        "count(*), avg(part)|WHERE NOT (part IS NOT NULL)|3",
        "count(*), avg(share)|WHERE share > 1|3",
        "count(*), avg(share)|WHERE share IS NOT NULL|3",
        "count(*), avg(part)|WHERE part <=> 3|3",
        "count(*), count(share), avg(share)||4",
      })
  void sameCount_isBoughtOnce(String functions, String where, int parts) {
    String query = "SELECT " + functions + " FROM mixed.spelled " + (where == null ? "" : where);
    port.analystSession().conf().set("spark.sallyport.query.epsilon", "1");
    String told = port.explain(query).get(0).obligation();

    String noise = told.substring(told.indexOf("standard deviation ") + 19).split(",", 2)[0];
    double p = Math.exp(-1.0 / parts);
    assertThat(Double.parseDouble(noise))
        .as(told)
        .isBetween(0.9 * Math.sqrt(2 * p) / (1 - p), 1.1 * Math.sqrt(2 * p) / (1 - p));
  }

  /** What is refused in one aggregate passes as two: the remedy is one. */
  @Test
  void oneAggregateForEach_passes() {
    assertThat(
            port.sql(
                "SELECT * FROM (SELECT count(*) AS n FROM mixed.noisy), (SELECT count(*) AS e FROM"
                    + " mixed.exact)"))
        .hasSize(1);
  }
}
