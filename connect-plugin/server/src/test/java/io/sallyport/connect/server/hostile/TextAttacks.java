package io.sallyport.connect.server.hostile;

import static io.sallyport.connect.server.hostile.Sender.columns;
import static io.sallyport.connect.server.hostile.Sender.relation;
import static io.sallyport.connect.server.hostile.Sender.sql;

import io.sallyport.connect.server.RawClient;
import io.sallyport.connect.server.Requests;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.connect.proto.Relation;

/** Attacks that are one question, most of them in SQL. */
final class TextAttacks {

  private TextAttacks() {}

  /** The rows of the table, and their kin. */
  static List<Attack> ofTheTable() {
    return List.of(
        sql("14.1", "100 000 rows of eight texts of 4 000 bytes, of no frame", wide()),
        relation("14.1", "300 000 rows of a range", Requests.range(300_000, 2)),
        sql("14.1", "one row of 1 000 texts of a megabyte", wideRow()),
        sql("14.2", "20 000 parentheses", "SELECT " + nested(20_000)),
        columns("14.2", "20 000 parentheses, to be described", "SELECT " + nested(20_000)),
        sql("14.2", "10 000 `NOT`", "SELECT " + "NOT ".repeat(10_000) + "true"),
        sql("14.2", "10 000 additions", "SELECT 1" + "+1".repeat(10_000)),
        sql("14.2", "3 000 `CASE` in each other", cases()),
        sql("14.2", "2 000 comments in each other", "/*".repeat(2_000) + "*/".repeat(2_000)),
        sql("14.2", "2 000 types in each other", types()),
        columns("14.3", "`CUBE` of 24 sums over a constant, to be described", cube(24)),
        sql("14.3", "`CUBE` of 24 sums over a constant", cube(24)),
        sql("14.3", "eight `CUBE`s that multiply", cubes()),
        sql("14.4", "40 times `SELECT c + c AS c`", doubled()),
        columns("14.4", "40 times `SELECT c + c AS c`, to be described", doubled()),
        relation("14.5", "pairs of two ranges of 200 000", pairs(200_000)),
        sql("14.9", "an escape character in an alias", "SELECT 1 AS `a\u001B[2Jb`"),
        sql("14.9", "a bidirectional override in an alias", "SELECT 1 AS `a\u202Eb`"),
        sql("14.9", "a line feed in an alias", "SELECT 1 AS `a\nb`"),
        sql("14.9", "`TIME '10:00:00'`", "SELECT TIME '10:00:00'"),
        sql("F1", "a sketch with an error of 0.0001", "SELECT approx_count_distinct(1, 0.0001)"),
        sql("F2", "a text of 2 GB in `VALUES`", "SELECT * FROM VALUES (repeat('a', 2000000000))"),
        sql("F2", "a pattern of 2 GB", "SELECT 'x' LIKE repeat('a', 2000000000)"),
        sql("F2", "a limit that is computed", "SELECT 1 LIMIT length(repeat('a', 2000000000))"),
        sql("F5", "the median of 10 million rows", "SELECT median(d0) FROM " + tens(7)),
        sql(
            "F6",
            "a window of a million rows that looks ahead",
            "SELECT sum(d0) OVER (ORDER BY d1 ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)"
                + " FROM "
                + tens(6)));
  }

  /** What a second attacker found: what is short to write and long to hold. */
  static List<Attack> ofTheSecondLook() {
    String one = " FROM (SELECT 1 AS id, 'a' AS s)";
    return List.of(
        relation("S1", "a show that pads 100 000 cells to one", shown(false)),
        relation("S1", "the same, vertical", shown(true)),
        sql("S2", "30 `right` in each other", "SELECT " + in(30, "right(", "s", ", 9)") + one),
        columns("S2", "60 `nullifzero`", "SELECT " + in(60, "nullifzero(", "id", ")") + one),
        columns("S2", "40 `decode`", "SELECT " + in(40, "decode(", "id", ", 1, 2, 3, 4)") + one),
        sql(
            "S2",
            "40 `nullif` in a `CASE`",
            "SELECT CASE WHEN id > 0 THEN " + in(40, "nullif(", "id", ", 7)") + " END" + one),
        columns(
            "S2",
            "60 `CASE x WHEN` in each other",
            "SELECT " + in(60, "CASE ", "id", " WHEN 1 THEN 2 WHEN 3 THEN 4 END") + one),
        sql("S3", "an outer join that holds 10 GB of made texts", heldSide()),
        Attack.of("S4", "a view of 5 000 values, named 201 times", TextAttacks::views),
        sql("S5", "lists of 10 000 that are split from a text, crossed", splitLists()),
        sql("S6", "450 columns turned beside 550", unpivot()),
        sql("S7", "constants of gigabytes, computed while planning", constants()),
        sql("S8", "a long constant, 2 500 times", longConstant()));
  }

  /**
   * What a third attacker found: rows times bytes, tasks that hear nothing, the driver's thread.
   */
  static List<Attack> ofTheThirdLook() {
    String values = "(SELECT explode(split(repeat('1,', 1000), ',')) AS a)";
    String rows = "(SELECT explode(split(repeat('1,', 9998), ',')) AS a)";
    String wide = numbered(90, "lpad(a, 9999, 'x') AS c%d");
    String few = numbered(40, "lpad(a, 9999, 'x') AS c%d");
    return List.of(
        sql("T1", "a gigabyte made of 1 000 rows", "SELECT %s FROM %s".formatted(wide, values)),
        sql("T1", "a gigabyte made of 1 000 rows that come along", wideValues()),
        sql(
            "T3",
            "the first 5 000 of rows of 400 KB",
            "SELECT * FROM (SELECT %s FROM %s) ORDER BY c0 LIMIT 5000".formatted(few, rows)),
        sql(
            "T3",
            "numbers of rows of 400 KB",
            "SELECT *, row_number() OVER (ORDER BY c0) AS r FROM (SELECT %s FROM %s)"
                .formatted(few, rows)),
        sql(
            "T2",
            "100 percentiles of 100 000 values",
            "SELECT %s FROM (SELECT explode(split(repeat(',', 998), ',')) AS a, s FROM %s)"
                .formatted(
                    numbered(100, "percentile(length(a) + length(s) + %d, 0.5)"),
                    "(SELECT explode(split(repeat('1,', 99), ',')) AS s)")),
        sql(
            "T4",
            "22 constant lists of a million entries",
            "SELECT " + numbered(22, "size(split(repeat(repeat(',', 99), 9999), ',')) AS a%d")),
        sql(
            "T7",
            "10^8 rows of one row, each of 20 digests",
            "SELECT sum(%s) FROM (SELECT a, explode(split(repeat(',', 9999), ',')) AS b FROM"
                    .formatted(
                        IntStream.range(0, 20)
                            .mapToObj(
                                i ->
                                    "length(sha2(concat(lpad(concat(a, b), 10000, 'x'), %d), 512))"
                                        .formatted(i))
                            .collect(Collectors.joining(" + ")))
                + " (SELECT explode(split(repeat(',', 9998), ',')) AS a))"),
        sql(
            "T8",
            "800 searches in a text of a megabyte",
            "SELECT "
                + IntStream.range(0, 800)
                    .mapToObj(
                        i ->
                            "instr(concat(repeat(repeat('a', 90), 9999), a), '"
                                + "a".repeat(100)
                                + "b"
                                + i
                                + "')")
                    .collect(Collectors.joining(", "))
                + " FROM VALUES ('1'), ('2') t(a)"),
        sql(
            "T9",
            "lists of binary entries, compared each with each",
            "SELECT arrays_overlap(%s, %s)"
                .formatted(
                    "cast(split(repeat(repeat('a,', 99), 2400), ',') AS ARRAY<BINARY>)",
                    "cast(split(repeat(repeat('b,', 99), 2400), ',') AS ARRAY<BINARY>)")),
        sql(
            "T9",
            "a decimal of a million digits",
            "SELECT CAST(repeat(repeat('9', 99), 9999) AS DECIMAL(38, 0))"));
  }

  /** What others found later: what is held, by whatever road it came, and what one row takes. */
  static List<Attack> ofTheFourthLook() {
    String many =
        "(SELECT l.a + m.a + n.a AS y FROM %s l, %s m, %s n)"
            .formatted(values(300), values(300), values(100));
    return List.of(
        sql(
            "U1",
            "an outer join that holds pairs of own rows",
            "SELECT count(*) FROM (VALUES (1), (2) AS v(k)) o LEFT ANTI JOIN %s r ON o.k < r.y"
                .formatted(many)),
        sql(
            "U4",
            "60 columns of lists of constants, in 90 000 rows",
            "SELECT * FROM (SELECT %s), %s a, %s b ORDER BY 1"
                .formatted(
                    numbered(60, "array(" + numbered(100, "%d") + ") AS l%d"),
                    values(300),
                    values(300))),
        sql(
            "U5",
            "a full outer join of two keys",
            ("SELECT max(length(t)) FROM (SELECT l.a %% 2 AS k, lpad(l.a, 2000, 'x') AS t FROM %s"
                    + " l, %s m) o FULL OUTER JOIN (SELECT a %% 2 AS j FROM %s) p ON k = j")
                .formatted(values(300), values(30), values(90))),
        sql(
            "U7",
            "a list of decimals of a million digits",
            "SELECT CAST(array(repeat(repeat('9', 99), 9999)) AS ARRAY<DECIMAL(38, 0)>)"),
        sql(
            "V2",
            "a window that moves over 300 rows of 800 KB",
            "SELECT max(n) FROM (SELECT count(t) OVER (ORDER BY a ROWS BETWEEN 999 PRECEDING AND"
                + " CURRENT ROW) AS n FROM (SELECT a, repeat(concat(string(a), repeat('x', 9999)),"
                + " 80) AS t FROM "
                + values(300)
                + "))"),
        sql(
            "V3",
            "60 digests of 800 KB in each row",
            "SELECT max(%s) FROM (SELECT %s FROM %s)"
                .formatted(
                    IntStream.range(0, 60)
                        .mapToObj(i -> "d" + i)
                        .collect(Collectors.joining(" + ")),
                    numbered(
                        60,
                        "length(sha2(repeat(concat(string(a), repeat('x', 9999)), 80), 512)) AS d%d"),
                    values(300))));
  }

  private static String values(int rows) {
    return "(VALUES " + numbered(rows, "(%d)") + " AS v(a))";
  }

  private static String wideValues() {
    return "SELECT %s FROM VALUES %s t(a)"
        .formatted(numbered(90, "lpad(a, 9999, 'x') AS c%d"), numbered(999, "('%d')"));
  }

  private static String in(int times, String before, String inside, String after) {
    return before.repeat(times) + inside + after.repeat(times);
  }

  private static Result views(HostileServer server) {
    String session = Requests.id();
    String view = "CREATE OR REPLACE TEMPORARY VIEW w AS SELECT " + numbered(1_000, "1+2+3 AS c%d");
    String question =
        "SELECT count(*) FROM (SELECT * FROM w" + " UNION ALL SELECT * FROM w".repeat(200) + ")";
    try (RawClient eve = server.raw(Sender.EVE)) {
      eve.execute(Requests.execute(session, Requests.sqlCommand(view)));
    }
    return Sender.called(
        server, stub -> stub.executePlan(Requests.execute(session, Requests.sql(question))));
  }

  private static Relation shown(boolean vertical) {
    String text =
        "SELECT IF(d0 + d1 + d2 + d3 + d4 = 0, repeat(rpad('a', 10000, 'a'), 20), 'b') AS x FROM "
            + tens(5);
    Relation.Builder show = Relation.newBuilder();
    show.getShowStringBuilder()
        .setInput(Requests.sql(text))
        .setNumRows(50_000)
        .setVertical(vertical);
    return show.build();
  }

  private static String heldSide() {
    String hundred = "explode(array(" + numbered(100, "%d") + "))";
    return ("SELECT max(t) FROM (SELECT explode(array(1, 2, 3)) AS k) l LEFT JOIN (SELECT c,"
            + " rpad(string(c), 10000, 'x') AS t FROM (SELECT %s AS c FROM (SELECT %s AS b FROM"
            + " (SELECT %s AS a)))) r ON l.k < r.c")
        .formatted(hundred, hundred, hundred);
  }

  private static String splitLists() {
    String list = "explode(split(repeat(',', 9999), ','))";
    return "SELECT count(*) FROM (SELECT %s AS a), (SELECT %s AS b), (SELECT %s AS c)"
        .formatted(list, list, list);
  }

  private static String unpivot() {
    return "SELECT * FROM (SELECT %s, %s) UNPIVOT (x FOR y IN (%s))"
        .formatted(numbered(550, "1 AS i%d"), numbered(450, "1 AS c%d"), numbered(450, "c%d"));
  }

  private static String constants() {
    String text = in(80, "reverse(", "repeat(rpad('b', 10000, 'b'), 20)", ")");
    return "WITH t AS (SELECT length(%s) AS c) SELECT * FROM t".formatted(text)
        + " UNION ALL SELECT * FROM t".repeat(36);
  }

  private static String longConstant() {
    StringBuilder text = new StringBuilder("WITH a0 AS (SELECT ");
    text.append(numbered(12, "'" + "x".repeat(4_000) + "' AS t%d")).append(')');
    for (int i = 1; i <= 10; i++) {
      text.append(
          ", a%d AS (SELECT * FROM a%d UNION ALL SELECT * FROM a%d)".formatted(i, i - 1, i - 1));
    }
    return text + " SELECT count(*) FROM a10";
  }

  private static String numbered(int count, String form) {
    return IntStream.range(0, count).mapToObj(form::formatted).collect(Collectors.joining(", "));
  }

  /** Of the catalogue. */
  static List<Attack> ofTheCatalogue() {
    return List.of(
        sql("A09", "`SET spark.sql.ansi.enabled=false`", "SET spark.sql.ansi.enabled=false"),
        sql("A09", "`SET -v`", "SET -v"),
        sql("C14", "groups by file", "SELECT input_file_name(), count(*) FROM people GROUP BY 1"),
        sql(
            "C14",
            "groups by partition",
            "SELECT spark_partition_id(), count(*) FROM people GROUP BY 1"),
        sql("C18", "statistics of a column", "DESCRIBE EXTENDED people income"),
        sql("C22", "a name that is nearly a column's", "SELECT incme FROM people"),
        sql("D03", "an index that fails", "SELECT sum(array(1)[CAST(cost AS INT)]) FROM visits"),
        sql(
            "D05",
            "a division that fails for one person",
            "SELECT sum(CASE WHEN id = 97 AND age > 40 THEN 1/0 ELSE 0 END) FROM people"),
        sql("D07", "a subquery of one value", "SELECT (SELECT city FROM people WHERE age = 27)"),
        sql(
            "D08",
            "keys of a map that meet",
            "SELECT count(map_from_arrays(array(name, name), array(1, 2))) FROM people"),
        sql(
            "D09",
            "a text of 2 GB for one person",
            "SELECT sum(CASE WHEN id = 97 THEN length(repeat('x', 2000000000)) ELSE 0 END)"
                + " FROM people"),
        sql(
            "D11",
            "a slow pattern for one person",
            "SELECT count(*) FROM people WHERE CASE WHEN id = 97 THEN"
                + " length(regexp_replace(repeat(name, 2000000), '9', 'x')) >= 0 ELSE true END"),
        sql(
            "D19",
            "one failure of three",
            "SELECT sum(CASE WHEN id = 97 THEN CAST(name AS INT) WHEN age > 40"
                + " THEN raise_error('x') ELSE element_at(array(1), age) END) FROM people"),
        sql("D20", "a parser of texts", "SELECT count(from_json(name, 'a INT')) FROM people"),
        sql("D21", "rows before a failure", "SELECT city, 1 / (id - 999) FROM people"),
        relation("I01", "a range of 10^12", Requests.range(1_000_000_000_000L, 2)),
        sql("I01", "ten tables crossed", "SELECT count(*) FROM " + tens(10)),
        sql(
            "I02",
            "a text of 2 GB",
            "SELECT length(repeat(string(id), 2000000000)) FROM (SELECT 1 AS id)"),
        sql(
            "I04",
            "a pattern that goes back",
            "SELECT regexp_like(repeat('a', 60), '(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)[^a]')"),
        sql(
            "I04",
            "`LIKE` with many wildcards on a long text",
            "SELECT repeat(repeat('a', 10000), 100) LIKE '%a%a%a%b'"),
        sql("I05", "a list of 10^12", "SELECT explode(sequence(1, 1000000000000))"),
        sql("I09", "common tables that double, 18 times", commonTables()),
        sql("I10", "10 000 columns", "SELECT " + many(10_000, "1", ", ")),
        sql("I10", "an `IN` of 10 000", "SELECT 1 IN (" + many(10_000, "1", ",") + ")"),
        sql("I10", "1 500 unions", many(1_500, "SELECT 1", " UNION ALL ")));
  }

  private static String many(int times, String part, String between) {
    return String.join(between, IntStream.range(0, times).mapToObj(i -> part).toList());
  }

  private static String wide() {
    String columns =
        IntStream.range(0, 8)
            .mapToObj(i -> "'%s' AS c%d".formatted("x".repeat(4_000), i))
            .collect(Collectors.joining(", "));
    return "SELECT " + columns + " FROM " + tens(5);
  }

  private static String wideRow() {
    String columns =
        IntStream.range(0, 1_000).mapToObj(i -> "c AS c" + i).collect(Collectors.joining(", "));
    return "WITH t AS (SELECT repeat(repeat('a', 10000), 100) AS c) SELECT " + columns + " FROM t";
  }

  private static String nested(int depth) {
    return "(".repeat(depth) + "true" + ")".repeat(depth);
  }

  private static String cases() {
    return "SELECT " + "CASE WHEN true THEN ".repeat(3_000) + "1" + " END".repeat(3_000);
  }

  private static String types() {
    return "SELECT CAST(NULL AS " + "ARRAY<".repeat(2_000) + "INT" + ">".repeat(2_000) + ")";
  }

  private static String cube(int keys) {
    String sums =
        IntStream.range(0, keys).mapToObj(i -> "x+" + i).collect(Collectors.joining(", "));
    return "SELECT count(*) FROM (SELECT 1 AS x) GROUP BY CUBE(" + sums + ")";
  }

  private static String cubes() {
    String cubes =
        IntStream.range(0, 8)
            .mapToObj(i -> "CUBE(x+%d, x-%d, x*%d)".formatted(i, i, i))
            .collect(Collectors.joining(", "));
    return "SELECT count(*) FROM (SELECT 1 AS x) GROUP BY " + cubes;
  }

  private static String doubled() {
    String text = "SELECT 1 AS c";
    for (int i = 0; i < 40; i++) {
      text = "SELECT c + c AS c FROM (" + text + ")";
    }
    return text;
  }

  /** As many lists of ten, each beside each. */
  private static String tens(int lists) {
    return IntStream.range(0, lists)
        .mapToObj(i -> "(SELECT explode(array(0,1,2,3,4,5,6,7,8,9)) AS d%d)".formatted(i))
        .collect(Collectors.joining(" CROSS JOIN "));
  }

  private static Relation pairs(int rows) {
    return Requests.countOfPairs(Requests.range(rows, 4), Requests.range(rows, 4));
  }

  private static String commonTables() {
    StringBuilder text = new StringBuilder("WITH a0 AS (SELECT 1 AS x)");
    for (int i = 1; i <= 18; i++) {
      text.append(", a%d AS (SELECT l.x FROM a%d l CROSS JOIN a%d r)".formatted(i, i - 1, i - 1));
    }
    return text + " SELECT count(*) FROM a18";
  }
}
