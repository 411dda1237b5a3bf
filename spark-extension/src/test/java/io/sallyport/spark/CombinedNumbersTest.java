package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sallyport.policy.decision.RefusalCode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Numbers of one answer that together tell of one person: by products of differences, by rows that
 * cancel out, by rows of which one is apart, by who is absent. k = 10 where nothing else is said.
 */
final class CombinedNumbersTest {

  private static final String PRODUCTS =
      "automatic=aggregation(10, functions = [count, sum, avg, product])";
  private static final String ONE_ROW_EACH = "unique-unit=true";

  private static final Map<String, String> TABLES = new LinkedHashMap<>();
  private static final Map<String, String> CONF = new HashMap<>();

  @TempDir static Path directory;
  private static Port port;

  static {
    // x = 3 and y = 1: person 80 alone
    frame(
        "quad",
        "SELECT id AS pid, CASE WHEN id < 40 THEN 1 WHEN id < 80 THEN 2 ELSE 3 END AS x,"
            + " CAST((id < 80 AND id % 3 = 0) OR id = 80 AS INT) AS y FROM range(100)",
        ONE_ROW_EACH,
        PRODUCTS);
    // a dose in one visit, a flag in another; of person 7 both in one
    frame(
        "turns",
        "SELECT id AS pid, CAST(100 + 7 * id AS INT) AS dose, 0 AS flag FROM range(60)"
            + " UNION ALL SELECT id, 0, 1 FROM range(60) UNION ALL SELECT 7, 777, 1");
    frame(
        "spread",
        "SELECT id % 60 AS pid, CAST(100 + (id * 7919) % 1009 AS INT) AS dose,"
            + " CAST(id % 7 AS INT) AS step FROM range(600)",
        "automatic=aggregation(10)");
    // a ledger: all is paid, but for 50 of person 7
    frame(
        "ledger",
        "SELECT id AS pid, CAST(100 + 7 * id AS INT) AS billed, 0 AS paid,"
            + " CAST(100 + 7 * id AS DOUBLE) / 7 AS amount FROM range(60) UNION ALL SELECT id, 0,"
            + " CAST(100 + 7 * id - IF(id = 7, 50, 0) AS INT),"
            + " -CAST(100 + 7 * id - IF(id = 7, 50, 0) AS DOUBLE) / 7 FROM range(60)");
    // one stay of 51 days among ten of each person
    frame(
        "stays",
        "SELECT id % 60 AS pid, CAST(id DIV 60 AS INT) AS days,"
            + " CAST(200 + (id * 7919) % 1009 AS INT) AS cost FROM range(600)"
            + " UNION ALL SELECT 7, 51, 4321");
    // all but 7 and 8 are in the clinic
    frame(
        "open",
        "SELECT id AS pid, CAST(1000 + id AS INT) AS house FROM range(100)",
        "automatic=true",
        ONE_ROW_EACH);
    frame(
        "two",
        "SELECT id AS pid, CAST(1000 + id AS INT) AS house FROM range(100)",
        "automatic=aggregation(2)",
        ONE_ROW_EACH);
    frame(
        "clinic",
        "SELECT id AS pid, CAST(id % 9 AS INT) AS days FROM range(100) WHERE id NOT IN (7, 8)",
        ONE_ROW_EACH);
    String groups =
        "SELECT id AS pid, CASE WHEN id < 3 THEN 'few' WHEN id < 10 THEN 'some' WHEN id < 40 THEN"
            + " 'x' ELSE 'y' END AS g FROM range(100)";
    frame("five", groups, "automatic=aggregation(5)", ONE_ROW_EACH);
    frame("ten", groups, ONE_ROW_EACH);
    // among those with y = 1, one has nearly all of x
    frame(
        "dom",
        "SELECT id AS pid, CASE WHEN id = 0 THEN 50000 WHEN id < 120 THEN CAST(100 + id AS INT)"
            + " ELSE CAST(20000 + (id * 7919) % 30011 AS INT) END AS x,"
            + " CAST(id < 120 AS INT) AS y FROM range(300)",
        ONE_ROW_EACH,
        "automatic=aggregation(10, dominance = nk(1, 50))");
    // fifteen insured people with debts, and one who is not insured
    frame(
        "debts",
        "SELECT id AS pid, CAST(100 + id AS INT) AS billed, CAST(100 + id - CASE WHEN id < 15 THEN"
            + " 10 + id WHEN id = 70 THEN 37 ELSE 0 END AS INT) AS paid,"
            + " CAST(id < 50 AS INT) AS insured FROM range(100)",
        ONE_ROW_EACH,
        PRODUCTS);
    // seven rows each, one person has one more
    frame(
        "pad",
        "SELECT id % 20 AS pid, CAST(id DIV 20 AS INT) AS r FROM range(140) UNION ALL SELECT 7, 0");
    sums();
    visits();
    books();
    frame("p", "SELECT id AS pid, CAST(20 + id % 50 AS INT) AS age FROM range(100)", ONE_ROW_EACH);
  }

  /** What people's rows add up to, of whom one is apart: person 7. */
  private static void sums() {
    // the bill in one row, what was paid in another
    frame(
        "dues",
        "SELECT id AS pid, CAST(100 + 7 * id AS INT) AS billed, CAST(NULL AS INT) AS paid FROM"
            + " range(60) UNION ALL SELECT id, NULL, CAST(100 + 7 * id - IF(id = 7, 50, 0) AS INT)"
            + " FROM range(60)");
    frame(
        "parts",
        "SELECT id AS pid, 1 AS x FROM range(60) UNION ALL SELECT id, IF(id = 7, 4, 3) FROM"
            + " range(60)");
    frame(
        "flagged",
        "SELECT id AS pid, CAST(100 + 7 * id AS INT) AS amount, CAST(id < 30 AS INT) AS y FROM"
            + " range(60) UNION ALL SELECT id, CAST(-(100 + 7 * id) + CASE WHEN id = 7 THEN 50 WHEN"
            + " id >= 40 THEN id ELSE 0 END AS INT), CAST(id < 30 AS INT) FROM range(60)");
    // everybody has one value, and some rows without
    frame(
        "labs",
        "SELECT pid, IF(j = 0, 5 + pid % 7, NULL) AS hba1c FROM (SELECT id AS pid,"
            + " explode(sequence(0, id % 5)) j FROM range(60)) UNION ALL SELECT 7, 6",
        "column.hba1c.missing=public");
    // 1 and 7, or 5 and 5: the squares add up to fifty
    frame(
        "fifty",
        "SELECT id AS pid, CAST(IF(id % 2 = 0, 5, 1) AS INT) AS x FROM range(60) UNION ALL SELECT"
            + " id, CAST(IF(id % 2 = 0, 5, IF(id = 7, 8, 7)) AS INT) FROM range(60)",
        PRODUCTS);
    frame(
        "year",
        "SELECT id % 60 AS pid, CAST(id DIV 60 + 1 AS INT) AS month, CAST(CASE WHEN id DIV 60 < 6"
            + " THEN 60 + id % 60 ELSE 140 - id % 60 END + IF(id = 7, 25, 0) AS INT) AS x FROM"
            + " range(720)");
    // (b - p) * (b - 100) is zero for all but one, and neither factor for most
    // over a year everybody paid what was billed, in another month; one owes 50
    frame(
        "dozen",
        "SELECT pid, month, 100 + (pid * 7 + month * 13) % 50 AS billed,"
            + " 100 + (pid * 7 + (month + 1) % 12 * 13) % 50 - IF(pid = 7 AND month = 3, 50, 0) AS paid"
            + " FROM (SELECT id AS pid, explode(sequence(0, 11)) AS month FROM range(18))");
    frame(
        "conic",
        "SELECT id AS pid, CAST(CASE WHEN id < 56 THEN 100 WHEN id = 99 THEN 150 ELSE 200 + id END"
            + " AS INT) AS b, CAST(CASE WHEN id < 56 THEN 300 + id WHEN id = 99 THEN 200 ELSE 200 +"
            + " id END AS INT) AS p FROM range(100)",
        ONE_ROW_EACH);
    frame(
        "dots",
        "SELECT id AS pid, CAST((id * 7919) % 101 AS INT) AS x, CAST((id * 104729) % 13 AS INT) AS"
            + " y FROM range(25)",
        ONE_ROW_EACH);
    // the same in dollars and cents
    frame(
        "cents",
        "SELECT id AS pid, 0.1D + id AS a, 0.2D + id AS b, CAST(NULL AS DOUBLE) AS t FROM range(60)"
            + " UNION ALL SELECT id, NULL, NULL, 0.3D + 2 * id + IF(id = 7, 0.01D, 0D) FROM"
            + " range(60)");
  }

  /** Forty people on each day of work, six on Saturday, and six on Sunday. */
  private static void visits() {
    frame(
        "visits",
        "SELECT id % 200 AS pid, element_at(array('friday', 'monday', 'tuesday', 'wednesday',"
            + " 'thursday'), CAST((id + 1) % 5 + 1 AS INT)) AS day, CAST(5 + id * 31 % 90 AS INT) AS"
            + " minutes FROM range(1000) UNION ALL SELECT id % 6, 'saturday', 20 FROM range(60)"
            + " UNION ALL SELECT 50 + id % 6, 'sunday', 30 FROM range(60)",
        "on-small-group=suppress");
  }

  /**
   * Of eighteen people of one department each has paid in the year what was billed, in other
   * months, but for fifty of person 7; in another one bills are open.
   */
  private static void books() {
    String open = "IF(dept = 'B', pid % 5, IF(pid = 7, 50, 0))";
    frame(
        "books",
        balanced(
            "dept, pid, month",
            open,
            "SELECT IF(id < 18, 'A', 'B') AS dept, id AS pid, explode(sequence(1, 12)) AS month FROM"
                + " range(40)"));
    // forty days of each person, of four hundred; over all of them all is paid but fifty
    frame(
        "days",
        balanced(
            "pid, month",
            "IF(pid = 7, 50, 0)",
            "SELECT id % 250 AS pid, CAST((id % 250 DIV 25 + id DIV 250 * 10) AS INT) AS month FROM"
                + " range(10000)"));
    // of twelve people what is billed in January is paid in February, but for fifty of person 7
    frame(
        "next",
        "SELECT pid, month, pmod(hash(pid, month), 1000) AS billed, pmod(IF(month = 2, hash(pid,"
            + " 1L), hash(month, pid)), 1000) - IF(pid = 7 AND month = 2, 50, 0) AS paid,"
            + " pmod(hash(pid, month, 5), 1000) AS fee FROM (SELECT id AS pid,"
            + " explode(sequence(1L, 16L)) AS month FROM range(12))");
  }

  /** Rows with what is billed and paid; over all rows of a person so much stays open. */
  private static String balanced(String columns, String open, String rows) {
    return ("SELECT %1$s, billed, IF(last, total - before - %2$s, other) AS paid FROM (SELECT *,"
            + " month = max(month) OVER (PARTITION BY pid) AS last, sum(billed) OVER (PARTITION BY"
            + " pid) AS total, sum(other) OVER (PARTITION BY pid) - last_value(other) OVER"
            + " (PARTITION BY pid ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED"
            + " FOLLOWING) AS before FROM (SELECT *, pmod(hash(pid, month), 1000) AS billed,"
            + " pmod(hash(month, pid), 1000) AS other FROM (%3$s)))")
        .formatted(columns, open, rows);
  }

  private static void frame(String name, String rows, String... more) {
    TABLES.put(name, rows);
    String key = "spark.sallyport.frame." + name + ".";
    CONF.put(key + "format", "parquet");
    CONF.put(key + "privacy-unit", "pid");
    CONF.put(key + "automatic", "aggregation(10)");
    CONF.put(key + "approval", "false");
    for (String one : more) {
      int equals = one.indexOf('=');
      CONF.put(key + one.substring(0, equals), one.substring(equals + 1));
    }
  }

  @BeforeAll
  static void open() {
    TABLES
        .keySet()
        .forEach(
            name ->
                CONF.put(
                    "spark.sallyport.frame." + name + ".path", directory.resolve(name).toString()));
    port = Port.openInterpreting(directory, CONF, CombinedNumbersTest::write);
  }

  private static void write(SparkSession session) {
    TABLES.forEach(
        (frame, rows) -> session.sql(rows).write().parquet(directory.resolve(frame).toString()));
  }

  @AfterAll
  static void close() {
    if (port != null) {
      port.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT sum((x - 1) * (x - 2) * y) FROM quad",
        "SELECT sum(x * x * y), sum(x * y), sum(y) FROM quad",
        "SELECT count(*) * (covar_pop(dose, flag) + avg(dose) * avg(flag)) FROM turns",
        "SELECT corr(dose, flag) FROM turns",
        "SELECT sum(billed) - sum(paid) FROM ledger",
        "SELECT sum(amount) FROM ledger",
        "SELECT avg(billed), avg(paid) FROM ledger",
        "SELECT sum(t) - sum(a) - sum(b) FROM (SELECT pid, sum(cost) t, sum(cost) FILTER (WHERE"
            + " days % 2 = 0) a, sum(cost) FILTER (WHERE days % 2 = 1 AND days <> 51) b FROM stays"
            + " GROUP BY pid)",
        "SELECT sum(n) - sum(a) - sum(b) FROM (SELECT pid, count(*) n, count_if(days % 2 = 0) a,"
            + " count_if(days % 2 = 1 AND days <> 51) b FROM stays GROUP BY pid)",
        "SELECT count(*), count(c.here), sum(CASE WHEN c.here IS NULL THEN p.house ELSE 0 END) FROM"
            + " open p LEFT JOIN (SELECT pid, 1 AS here FROM clinic) c ON p.pid = c.pid",
        "SELECT count(*), count(c.here) FROM two p LEFT JOIN (SELECT pid, 1 AS here FROM clinic) c"
            + " ON p.pid = c.pid",
        "SELECT (SELECT count(*) FROM five x JOIN ten y ON x.pid = y.pid WHERE y.g = 'x' AND x.g IN"
            + " ('x', 'some')), (SELECT count(*) FROM five WHERE g IN ('x', 'some'))",
        "SELECT (SELECT count(*) FROM five WHERE g IN ('x', 'some')), (SELECT count(*) FROM five x"
            + " JOIN ten y ON x.pid = y.pid WHERE y.g = 'x' AND x.g IN ('x', 'some'))",
        "SELECT count(*) * (covar_pop(x, y) + avg(x) * avg(y)) FROM dom",
        "SELECT sum((insured - 1) * (billed - paid)) FROM debts",
        "SELECT sum(insured * billed), sum(insured * paid), sum(billed), sum(paid) FROM debts",
        "SELECT sum(billed) - sum(paid) FROM dues",
        "SELECT avg(billed), avg(paid) FROM dues",
        "SELECT sum(x) - 2 * count(*) FROM parts",
        "SELECT sum(x - 2) FROM parts",
        "SELECT sum(IF(amount > 0, amount, amount)) FROM ledger",
        "SELECT month, sum(billed), sum(paid) FROM dozen GROUP BY month",
        "SELECT IF(b = 150, -1D, 1D) * 0D, round(count(*) * (var_pop(b) + avg(b) * avg(b)"
            + " - covar_pop(b, p) - avg(b) * avg(p)) - 100 * (sum(b) - sum(p))) FROM conic"
            + " GROUP BY IF(b = 150, -1D, 1D) * 0D",
        "SELECT sum(x), count(DISTINCT pid) FROM parts",
        "SELECT round(count(*) * (covar_pop(amount, y) + avg(amount) * avg(y)), 3) FROM flagged",
        "SELECT count(hba1c) - count(DISTINCT pid) FROM labs",
        "SELECT sum(x * x) - 25 * count(*) FROM fifty",
        "SELECT sum(x), count(DISTINCT pid), count_if(month < 7) FROM year",
        "SELECT month < 7, sum(x), count(DISTINCT pid) FROM year GROUP BY month < 7",
        "SELECT amount > 0, sum(amount) FROM ledger GROUP BY amount > 0",
        "SELECT sum(amount), count_if(amount > 0) FROM ledger",
        "SELECT sum(IF(amount > 0, amount, 0D)) + sum(IF(amount > 0, 0D, amount)) FROM ledger",
        "SELECT (SELECT count(*) FROM ledger WHERE amount > 0), (SELECT sum(amount) FROM ledger)",
        "SELECT (SELECT sum(amount) FROM ledger), (SELECT count(*) FROM ledger WHERE amount > 0)",
        "SELECT sum(a) + sum(b) - sum(t) FROM cents",
        "SELECT dept, month, sum(billed), sum(paid) FROM books GROUP BY dept, month",
        "SELECT sum(billed) FILTER (WHERE month < 3), sum(billed) FILTER (WHERE month = 1),"
            + " sum(billed) FILTER (WHERE month > 1 AND month < 7), sum(billed) FILTER (WHERE month >"
            + " 2), sum(paid) FILTER (WHERE month < 5), sum(paid) FILTER (WHERE month > 4), sum(paid)"
            + " FILTER (WHERE month = 1) FROM books WHERE dept = 'A'",
        "SELECT month, sum(billed), sum(paid) FROM days GROUP BY month",
        "SELECT month, sum(billed), sum(paid), sum(fee) FROM next GROUP BY month",
        "SELECT round(count(*) * (var_pop(b) + avg(b) * avg(b) - covar_pop(b, p) - avg(b) * avg(p))"
            + " - 100 * (sum(b) - sum(p))) FROM conic",
      })
  void numbersThatTogetherTellOfFew_areRefused(String sql) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> port.sql(sql))
        .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.SMALL_GROUP));
  }

  @Test
  void daysOfEnoughPeople_areAnswered() {
    assertThat(
            port.sql(
                "SELECT day, count(*), sum(minutes), avg(minutes) FROM visits GROUP BY day"
                    + " ORDER BY day"))
        .extracting(row -> row.getString(0))
        .containsExactly("friday", "monday", "thursday", "tuesday", "wednesday");
  }

  /** Sums over unions of seven cells are no more than what the cells tell. */
  @Test
  void manyNumbersOverFewCells_areLookedAtToo() {
    StringBuilder counts = new StringBuilder();
    for (int set = 1; set < 70; set++) {
      String in = "";
      for (int r = 0; r < 7; r++) {
        in += (set >> r & 1) == 1 ? ", " + r : "";
      }
      counts.append(", count(*) FILTER (WHERE r IN (%s)) AS c%d".formatted(in.substring(2), set));
    }
    String sql = "SELECT c1 - c2 FROM (SELECT " + counts.substring(2) + " FROM pad)";

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> port.sql(sql))
        .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.SMALL_GROUP));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT sum(x), sum(y), count(*) FROM dom",
        "SELECT count(*), corr(dose, step), covar_pop(dose, step), regr_slope(dose, step) FROM"
            + " spread",
        "SELECT sum(a), avg(a) FROM (SELECT DISTINCT pid, age AS a FROM p)",
        "SELECT avg(b), avg(c) FROM (SELECT pid, sum(IF(days > 4, cost, 0)) b, sum(cost) c FROM stays WHERE"
            + " days < 50 OR days >= 50 GROUP BY pid)",
        "SELECT sum(billed), count(*) FROM ledger",
        "SELECT sum(billed), count(*) FROM dues",
        "SELECT sum(x) FROM parts",
        "SELECT sum(amount), sum(y), count(*) FROM flagged WHERE amount > 0",
        "SELECT count(hba1c), avg(hba1c) FROM labs",
        "SELECT sum(x), count(*) FROM fifty",
        "SELECT sum(x), avg(x), count(DISTINCT pid) FROM year WHERE month < 7",
        "SELECT sum(a), sum(b), count(*) FROM cents",
        "SELECT corr(x, y), var_pop(x), count(*) FROM dots",
        "SELECT count(*), count(DISTINCT pid), avg(dose), stddev(dose), avg(IF(step < 3, dose, NULL))"
            + " FROM spread",
      })
  void numbersThatTellOfEnough_areAnswered(String sql) {
    assertThat(port.sql(sql)).singleElement().matches(row -> !row.anyNull());
  }
}
