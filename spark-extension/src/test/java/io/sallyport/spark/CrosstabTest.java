package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sallyport.spark.crosstab.CrosstabQuestion;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code df.crosstab}: Spark's table, of a count that is released. k = 10. */
final class CrosstabTest {

  private static final String GUESTS =
      "SELECT id AS pid, IF(id % 2 = 0, 'F', 'M') AS sex, IF(id % 5 = 0, NULL, CAST(1 + id % 3 AS"
          + " INT)) AS class, id % 4 = 0 AS early, IF(id < 3, 'odd', 'usual') AS diet, IF(id % 2 ="
          + " 0, NULL, 'null') AS word FROM range(240)";

  private static final Map<String, String> CONF = new HashMap<>();

  @TempDir static Path directory;
  private static Port port;

  private static void frame(String name, String automatic, String... more) {
    String key = "spark.sallyport.frame." + name + ".";
    CONF.put(key + "path", directory.resolve("guests").toString());
    CONF.put(key + "format", "parquet");
    CONF.put(key + "privacy-unit", "pid");
    CONF.put(key + "automatic", automatic);
    CONF.put(key + "approval", "false");
    CONF.put(key + "column.class.values", "1, 2, 3, 4");
    CONF.put(key + "column.diet.values", "odd, usual");
    CONF.put(key + "column.diet.complete", "true");
    CONF.put(key + "column.word.values", "null");
    for (int i = 0; i < more.length; i += 2) {
      CONF.put(key + more[i], more[i + 1]);
    }
  }

  @BeforeAll
  static void open() {
    frame("guests", "aggregation(10)");
    frame("neighbours", "aggregation(10)", "path", directory.resolve("neighbours").toString());
    frame("thinned", "aggregation(10)", "on-small-group", "suppress");
    frame("asked", "aggregation(10)", "approval", "true");
    frame("loud", "dp(epsilon = 100, delta = 0.001)", "unit-space", "loud");
    CONF.put("spark.sallyport.frame.loud.unique-unit", "true");
    CONF.put("spark.sallyport.frame.loud.column.sex.values", "F, M");
    CONF.put("spark.sallyport.frame.asked.owner", "olga");
    CONF.put("spark.sallyport.budget.loud.epsilon", "1000000");
    CONF.put("spark.sallyport.budget.loud.delta", "0.01");
    CONF.put("spark.sallyport.public", "wards");
    port = Port.openInterpreting(directory, CONF, CrosstabTest::write);
  }

  private static void write(SparkSession spark) {
    spark.sql(GUESTS).write().parquet(directory.resolve("guests").toString());
    spark
        .sql("SELECT * FROM (" + GUESTS + ") WHERE pid <> 7")
        .write()
        .parquet(directory.resolve("neighbours").toString());
    spark.sql("SELECT id AS ward, id % 2 = 0 AS even FROM range(10)").write().saveAsTable("wards");
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
  @CsvSource({"sex, class", "class, early", "early, class", "word, class", "class, word"})
  void declaredValues_areColumns_andTheCountsAreSparks(String rows, String columns) {
    Dataset<Row> sparks = port.owners().sql(GUESTS).stat().crosstab(rows, columns);

    LogicalPlan answer = released(crosstab("SELECT * FROM guests", rows, columns));

    assertThat(answer.schema().fieldNames()).contains(sparks.columns());
    assertThat(answer.schema().fieldNames()[0]).isEqualTo(rows + "_" + columns);
    assertThat(cells(port.collect(answer))).isEqualTo(cells(sparks.collectAsList()));
  }

  @Test
  void columns_areThoseThatAreKnown_inTheirOrder() {
    assertThat(columns("guests", "sex", "class"))
        .containsExactly("sex_class", "1", "2", "3", "4", "null");
    assertThat(columns("guests", "sex", "early"))
        .containsExactly("sex_early", "false", "null", "true");
    assertThat(columns("guests", "sex", "diet")).containsExactly("sex_diet", "odd", "usual");
    assertThat(
            columns(
                "(SELECT sex, CASE WHEN class = 1 THEN 'b' WHEN class > 1 THEN 'a' END AS band FROM"
                    + " guests)",
                "sex",
                "band"))
        .containsExactly("sex_band", "a", "b", "null");
    assertThat(
            columns(
                "(SELECT g.sex, h.class FROM guests g LEFT JOIN thinned h ON g.pid = h.pid)",
                "sex",
                "class"))
        .containsExactly("sex_class", "1", "2", "3", "4", "null");
  }

  /** Nobody has the value, and nobody is told more than that or too few. */
  @Test
  void whereNobodyIs_thereIsNoNumber() {
    List<Row> answer = port.collect(released(crosstab("SELECT * FROM guests", "sex", "class")));

    assertThat(answer).allMatch(row -> row.isNullAt(row.fieldIndex("4")));
  }

  @Test
  void fewPeople_areRefused_orLeftOut() {
    assertThatThrownBy(() -> released(crosstab("SELECT * FROM guests", "sex", "diet")))
        .hasMessageContaining("SMALL_GROUP");

    List<Row> answer = port.collect(released(crosstab("SELECT * FROM thinned", "early", "diet")));

    assertThat(answer).allMatch(row -> row.isNullAt(row.fieldIndex("odd")));
    assertThat(cells(answer)).as("one more is left out with them").hasSize(1);
  }

  /** One person less: one count is one less, and nothing else is another. */
  @Test
  void onePerson_isOneOfACount() {
    Map<String, Long> with =
        cells(port.collect(released(crosstab("SELECT * FROM guests", "sex", "class"))));
    Map<String, Long> without =
        cells(port.collect(released(crosstab("SELECT * FROM neighbours", "sex", "class"))));

    assertThat(without.keySet()).isEqualTo(with.keySet());
    assertThat(with.get("M 2") - without.get("M 2")).isOne();
    without.put("M 2", with.get("M 2"));
    assertThat(without).isEqualTo(with);
    assertThat(columns("neighbours", "sex", "class")).isEqualTo(columns("guests", "sex", "class"));
  }

  @Test
  void noisyCounts_ofDeclaredValues_areAllThere() {
    List<Row> answer = port.collect(released(crosstab("SELECT * FROM loud", "sex", "class")));

    assertThat(answer).hasSize(2);
    for (Row row : answer) {
      assertThat((double) row.getLong(row.fieldIndex("1"))).isCloseTo(32, within(3.0));
      assertThat((double) row.getLong(row.fieldIndex("4"))).isCloseTo(0, within(3.0));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM VALUES ('x', 1), ('y', 2), (NULL, 1), ('x', NULL), ('null', 1) AS t(a, b)",
        "SELECT * FROM VALUES (1, 'it`s'), (1, 'its'), (2, 'z'), (2, '') AS t(a, b)",
        "SELECT * FROM VALUES (1.5D, 0.0D), (-0.0D, -0.0D), (CAST('NaN' AS DOUBLE), 1e20D), (0.0D,"
            + " 0.0D) AS t(a, b)",
        "SELECT * FROM VALUES (DATE '2020-01-02', true), (NULL, false) AS t(a, b)",
        "SELECT * FROM VALUES (array(1, 2), 1.50BD), (array(1, 2), 2BD), (NULL, 1BD) AS t(a, b)",
        "SELECT a AS a, b AS b FROM (SELECT * FROM VALUES (1, 2), (3, 4) AS t(a, b)) ORDER BY a",
        "SELECT * FROM VALUES (TIMESTAMP '2020-01-02 03:04:05.006', X'61') AS t(a, b)",
      })
  void ownRows_areCountedAsSparkDoes(String query) {
    Dataset<Row> sparks = port.owners().sql(query).stat().crosstab("a", "b");

    LogicalPlan answer = released(crosstab(query, "a", "b"));

    assertThat(answer.schema().fieldNames()).containsExactly(sparks.columns());
    assertThat(port.collect(answer))
        .extracting(Row::toString)
        .containsExactlyInAnyOrderElementsOf(
            sparks.collectAsList().stream().map(Row::toString).toList());
  }

  @Test
  void publicAndReleasedRows_areCounted_whereTheirValuesAreKnown() {
    List<Row> rows = port.collect(released(crosstab("SELECT * FROM wards", "ward", "even")));
    assertThat(rows).hasSize(10).allMatch(row -> row.getLong(row.fieldIndex("null")) == 0);

    String groups = "SELECT class, early, count(*) AS n FROM guests GROUP BY class, early";
    assertThat(cells(port.collect(released(crosstab(groups, "early", "class")))))
        .hasSize(10)
        .containsEntry("true null", 1L)
        .containsEntry("true 4", 0L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "guests|class|sex|AGG_NOT_ALLOWED",
        "wards|even|ward|AGG_NOT_ALLOWED",
        "asked|class|sex|AGG_NOT_ALLOWED",
        "(SELECT class, upper(sex) AS sex FROM guests)|class|sex|AGG_NOT_ALLOWED",
        "(SELECT early, class + 1 AS class FROM guests)|early|class|AGG_NOT_ALLOWED",
        "guests|none|class|PARAM_INVALID",
        "guests|sex|pid|AGG_NOT_ALLOWED",
        "(SELECT early, class FROM guests LIMIT 5)|early|class|RELATION_NOT_ALLOWED",
      })
  void whatIsNotKnown_isRefused(String from, String rows, String columns, String code) {
    assertThatThrownBy(() -> released(crosstab("SELECT * FROM " + from, rows, columns)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(code);
  }

  @Test
  void aRefusal_saysWhatPasses_andItDoes() {
    assertThatThrownBy(() -> released(crosstab("SELECT * FROM guests", "class", "sex")))
        .hasMessageContaining("groupBy(class, sex).count()")
        .hasMessageContaining("groupBy(class).pivot(sex, [values]).count()")
        .hasMessageContaining("column.sex.values");
    assertThat(port.sql("SELECT class, sex, count(*) FROM guests GROUP BY class, sex")).hasSize(8);
  }

  @Test
  void tooManyColumns_areRefused() {
    String rows =
        String.join(", ", IntStream.range(0, 1001).mapToObj(i -> "(1, " + i + ")").toList());
    String two =
        "SELECT * FROM (VALUES "
            + rows.substring(0, rows.indexOf("(1, 600)") - 2)
            + " UNION ALL VALUES "
            + rows.substring(rows.indexOf("(1, 600)"))
            + ") AS t(a, b)";
    assertThatThrownBy(() -> released(crosstab(two, "a", "b")))
        .hasMessageContaining("LIMIT_EXCEEDED");
  }

  /** Which values there are is then part of what is released. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "guests|class|sex",
        "guests|early|sex",
        "(SELECT early, word AS w FROM guests)|early|w",
        "(SELECT sex, class + 1 AS c FROM guests)|sex|c",
        "(SELECT sex, CAST(class AS DOUBLE) / 2 AS c FROM guests)|sex|c",
        "(SELECT * FROM VALUES (1, 'it`s'), (1, 'its'), (2, 'z'), (2, NULL) AS t(a, b)"
            + " WHERE b <> 'zz' OR b IS NULL)|a|b",
        "wards|even|ward",
        "(SELECT CAST(ward AS FLOAT) AS ward, even FROM wards)|even|ward",
      })
  void atTheEnd_theColumnsAreThoseOfWhatIsReleased(String from, String rows, String columns) {
    String plain = from.replace("guests", "(" + GUESTS + ")");
    Dataset<Row> sparks =
        port.owners().sql("SELECT * FROM " + plain).stat().crosstab(rows, columns);

    LogicalPlan answer = atTheEnd("SELECT * FROM " + from, rows, columns);

    assertThat(answer.schema().fieldNames()).containsExactly(sparks.columns());
    Map<String, Long> exact = cells(sparks.collectAsList());
    if (from.contains("guests")) {
      exact.values().removeIf(number -> number == 0); // it may as well have been left out
    }
    assertThat(cells(port.collect(answer))).isEqualTo(exact);
  }

  @Test
  void atTheEnd_fewPeopleAreRefused_orLeftOut() {
    assertThatThrownBy(() -> atTheEnd("SELECT sex, upper(diet) AS d FROM guests", "sex", "d"))
        .hasMessageContaining("SMALL_GROUP");
    assertThat(
            atTheEnd("SELECT sex, upper(diet) AS d FROM thinned", "sex", "d").schema().fieldNames())
        .doesNotContain("ODD");
    assertThatThrownBy(() -> atTheEnd("SELECT * FROM guests", "sex", "pid"))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> atTheEnd("SELECT * FROM guests", "pid", "sex"))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> atTheEnd("SELECT * FROM guests LIMIT 5", "early", "sex"))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void atTheEnd_onePerson_isOneOfACount() {
    Map<String, Long> with = cells(port.collect(atTheEnd("SELECT * FROM guests", "class", "sex")));
    Map<String, Long> without =
        cells(port.collect(atTheEnd("SELECT * FROM neighbours", "class", "sex")));

    assertThat(with.get("2 M") - without.get("2 M")).isOne();
    without.put("2 M", with.get("2 M"));
    assertThat(without).isEqualTo(with);
  }

  /** It is the count by both, so it is charged as one, and a repeat is free. */
  @Test
  void atTheEnd_noisyCountsAreOneRelease() {
    List<Row> counts =
        port.sql("SELECT early, upper(sex) AS s, count(*) FROM loud GROUP BY early, upper(sex)");

    LogicalPlan table = atTheEnd("SELECT early, upper(sex) AS s FROM loud", "early", "s");

    assertThat(cells(port.collect(table))).hasSize(3);
    assertThat(counts).hasSize(3);
    List<Row> again =
        port.collect(atTheEnd("SELECT early, upper(sex) AS s FROM loud", "early", "s"));
    assertThat(again).isEqualTo(port.collect(table));
  }

  @Test
  void atTheEnd_tooManyColumns_areRefused() {
    String ten = "(VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))";
    String rows =
        ("SELECT 1 AS a, a.n + 10 * b.n + 100 * c.n + 1000 * d.n AS b FROM %1$s AS a(n) CROSS JOIN"
                + " %1$s AS b(n) CROSS JOIN %1$s AS c(n) CROSS JOIN %1$s AS d(n)")
            .formatted(ten);
    assertThatThrownBy(() -> atTheEnd(rows, "a", "b")).hasMessageContaining("LIMIT_EXCEEDED");
  }

  private static LogicalPlan atTheEnd(String query, String rows, String columns) {
    return port.queries()
        .crosstab(
            port.analystSession(),
            new Asked(() -> parsed(query), id -> new byte[0], ""),
            port.asking(Port.ADA),
            new CrosstabQuestion(rows, columns),
            Optional.empty());
  }

  private static String[] columns(String from, String rows, String columns) {
    return crosstab("SELECT * FROM " + from, rows, columns).get().schema().fieldNames();
  }

  /** Numbers by row and column. */
  private static Map<String, Long> cells(List<Row> rows) {
    Map<String, Long> cells = new TreeMap<>();
    for (Row row : rows) {
      for (int i = 1; i < row.length(); i++) {
        if (!row.isNullAt(i)) {
          cells.put(row.getString(0) + " " + row.schema().fieldNames()[i], row.getLong(i));
        }
      }
    }
    return cells;
  }

  private static Supplier<LogicalPlan> crosstab(String query, String rows, String columns) {
    return () ->
        port.queries()
            .crosstab(
                port.analystSession(), () -> parsed(query), new CrosstabQuestion(rows, columns));
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
