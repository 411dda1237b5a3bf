package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.release.ShownText;
import io.sallyport.spark.scala.Scala;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Cube$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.immutable.Seq;

/** Whatever is asked, the chamber makes no more of it than the operator allows. */
final class BoundsTest {

  private static final String TEN = "explode(array(0, 1, 2, 3, 4, 5, 6, 7, 8, 9))";

  private static Port port;

  @BeforeAll
  static void open(@TempDir Path directory) {
    port =
        Port.openInterpreting(
            directory,
            Map.of(
                "spark.sallyport.limit.result-rows", "1000",
                "spark.sallyport.limit.result-bytes", "1048576"));
  }

  @AfterAll
  static void close() {
    port.close();
  }

  private static void refused(String text, String... words) {
    Asking asking = port.asking(Port.ADA);
    refused(() -> port.queries().query(text, asking, stored -> range(1)), words);
  }

  private static void refused(Supplier<LogicalPlan> parsed, String... words) {
    assertThatThrownBy(() -> port.release(port.asking(Port.ADA), parsed))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.refusal().code())
                  .as(e.refusal().text())
                  .isEqualTo(RefusalCode.LIMIT_EXCEEDED);
              assertThat(e.refusal().text()).contains(words);
            });
  }

  @Test
  void rowsOfNothingGoverned_areMadeInTheChamber_andCountedInTheRecord() {
    LogicalPlan shown = port.release(port.asking(Port.ADA), () -> range(700));
    assertThat(shown)
        .isInstanceOfSatisfying(
            LocalRelation.class, rows -> assertThat(rows.data().size()).isEqualTo(700));
    AuditRecord record = last();
    assertThat(record.verdict()).isEqualTo("RELEASED");
    assertThat(record.rowsOut()).hasValue(700);
  }

  @Test
  void rowsOfNothingGoverned_areAtMostSoMany() {
    assertThat(port.collect(port.release(port.asking(Port.ADA), () -> range(1000)))).hasSize(1000);
    refused(() -> range(1001), "more than 1000 rows", "limit.result-rows");
    assertThat(last().verdict()).isEqualTo("REFUSED");
  }

  @Test
  void rowsThatAreShown_areTheFirst() {
    Asking asking = port.asking(Port.ADA);
    Asked asked = new Asked(() -> range(5000), id -> new byte[0], "", OptionalInt.of(21), () -> "");
    LogicalPlan shown = port.queries().release(port.analystSession(), asked, asking);
    assertThat(port.collect(shown)).hasSize(21);
  }

  @Test
  void rowsOfNothingGoverned_haveAtMostSoManyBytes() {
    String wide = "'" + "x".repeat(4000) + "'";
    refused(
        "SELECT %s AS a, %s AS b, c FROM (SELECT %s AS c), (SELECT %s AS d)"
                .formatted(wide, wide, TEN, TEN)
            + ", (SELECT "
            + TEN
            + " AS e) WHERE c + d + e < 18",
        "more than 1048576 bytes",
        "limit.result-bytes");
    assertThat(last().verdict()).isEqualTo("REFUSED");
  }

  @Test
  void whatIsMadeOfReleases_isBoundedToo() {
    refused(
        "SELECT n, a, b, c, d FROM (SELECT count(*) AS n FROM patients), (SELECT %s AS a)"
                .formatted(TEN)
            + ", (SELECT %s AS b), (SELECT %s AS c), (SELECT %s AS d)".formatted(TEN, TEN, TEN),
        "more than 1000 rows");
  }

  @Test
  void groupingSets_areAtMostSoMany_alsoAsAProduct() {
    String ten = "CUBE(a, a + 1, a + 2, a + 3, a + 4, a + 5, a + 6, a + 7, a + 8, a + 9)";
    String from = " FROM (SELECT 1 AS a) GROUP BY ";
    refused("SELECT count(*)" + from + ten + ", ROLLUP(a)", "1024 sets of keys", "grouping-sets");
    refused("SELECT 1" + from + ten + ", " + ten, "grouping-sets");
    refused("SELECT 1" + from + "GROUPING SETS (" + ten + ", (a))", "grouping-sets");
    refused(() -> ranged(24), "grouping-sets");
    assertThat(port.sql("SELECT a, count(*)" + from + "CUBE(a, a + 1)")).hasSize(4);
  }

  @Test
  void groupingSets_areCounted_whereSparkAnalysesWhileItBuilds() {
    refused(() -> Dataset.ofRows(port.analystSession(), ranged(24)).logicalPlan(), "grouping-sets");
  }

  /** {@code range(1).cube(...)}, as Spark Connect's planner makes it. */
  private static LogicalPlan ranged(int columns) {
    List<Seq<Expression>> keys = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      keys.add(Scala.seq(List.of(new Add(id(), new Literal(i, DataTypes.IntegerType)))));
    }
    Expression cube = Cube$.MODULE$.apply(Scala.seq(keys));
    return new Aggregate(Scala.seq(List.of(cube)), Scala.noElements(), range(1), Scala.none());
  }

  private static Expression id() {
    return new UnresolvedAttribute(Scala.seq(List.of("id")));
  }

  @Test
  void expressions_areBounded_asTheyWillBeWrittenOut() {
    String text = "SELECT 1 AS c";
    String stars = "SELECT 1 AS c";
    for (int i = 0; i < 40; i++) {
      text = "SELECT c + c AS c FROM (" + text + ")";
      stars = "SELECT *, * FROM (" + stars + ")";
    }
    refused(text, "too many parts", "expression-parts", "at most 10000");
    refused(text + " WHERE c > 1", "expression-parts");
    refused(text + " UNION ALL SELECT 1", "expression-parts");
    refused(stars, "too many columns", "plan-columns", "at most 2048");
    String few = "SELECT a + a AS a, b FROM (SELECT a + a AS a, b FROM (SELECT 1 AS a, 2 AS b))";
    assertThat(port.sql(few)).containsExactly(RowFactory.create(4, 2));
  }

  @Test
  void commonTables_areBounded_asTheyWillBeWrittenOut() {
    StringBuilder text = new StringBuilder("WITH t0 AS (SELECT 1 AS c)");
    for (int i = 1; i < 30; i++) {
      text.append(", t%d AS (SELECT a.c FROM t%d a, t%d b)".formatted(i, i - 1, i - 1));
    }
    refused(text + " SELECT * FROM t29", "too many operators", "plan-operators");
  }

  @Test
  void pairsAndLists_areBounded_beforeTheyAreMade() {
    refused(() -> counted(crossed(20_000, 20_000)), "100000000 rows", "made-rows");
    StringBuilder lists = new StringBuilder("SELECT count(*) FROM (SELECT 1)");
    for (int i = 0; i < 9; i++) {
      lists.append(", (SELECT %s AS x%d)".formatted(TEN, i));
    }
    refused(lists.toString(), "made-rows");
    refused("SELECT count(*) FROM patients p" + lists.substring(31), "made-rows");
    assertThat(port.collect(port.release(port.asking(Port.ADA), () -> counted(crossed(100, 100)))))
        .containsExactly(RowFactory.create(10_000L));
  }

  /** A key that is the same for all rows, or for many, joins as none does. */
  @Test
  void joins_arePairs_unlessTheirColumnsTellRowsApart() {
    for (String on :
        List.of("a.id % 1 = b.id % 1", "-a.m = -b.m", "a.m = b.m", "a.id = a.id + b.id * 0")) {
      refused(() -> counted(joined(20_000, on)), "made-rows");
    }
    for (String on : List.of("a.id = b.id", "a.m = b.id", "a.id = b.m + 1")) {
      assertThat(
              port.collect(port.release(port.asking(Port.ADA), () -> counted(joined(2_000, on)))))
          .hasSize(1);
      port.release(port.asking(Port.ADA), () -> counted(joined(20_000, on)));
    }
    String groups = "(SELECT x, count(*) AS n FROM (SELECT %s AS x) GROUP BY x) ".formatted(TEN);
    assertThat(
            port.sql(
                "SELECT count(*) FROM %s a JOIN %s b ON a.x = b.x JOIN %s c ON c.x = b.x"
                    .formatted(groups, groups, groups)))
        .containsExactly(RowFactory.create(10L));
    assertThat(
            port.sql(
                "SELECT count(*) FROM wards a JOIN wards b ON upper(a.title) = upper(b.title)"
                    + " JOIN wards c ON c.ward % 2 = b.ward % 2"))
        .hasSize(1);
  }

  /** Two ranges with a column of one value for several rows. */
  private static LogicalPlan joined(long rows, String on) {
    var left = port.analystSession().range(rows).selectExpr("id", "id % 7 AS m").as("a");
    var right = port.analystSession().range(rows).selectExpr("id", "id % 7 AS m").as("b");
    return left.join(right, org.apache.spark.sql.functions.expr(on)).logicalPlan();
  }

  /** How many rows a release has is known once it is released. */
  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void pairsOfWhatWasReleased_areBounded() {
    String teams = "(SELECT team, count(*) AS n FROM patients GROUP BY team) ";
    StringBuilder lists = new StringBuilder();
    for (int i = 0; i < 7; i++) {
      lists.append(", (SELECT %s AS x%d)".formatted(TEN, i));
    }
    refused("SELECT count(*) FROM " + teams + "a, " + teams + "b" + lists, "made-rows");
    assertThat(
            port.sql("SELECT count(*) FROM " + teams + "a JOIN " + teams + "b ON a.team = b.team"))
        .containsExactly(RowFactory.create(8L));
  }

  @Test
  void whatKeepsEveryValue_isOverFewerRows() {
    for (String keeper : List.of("median(id)", "percentile(id, 0.5)")) {
      refused(() -> aggregated(1_000_001, keeper), "keep every value", "1000000 of rows");
    }
    for (String digest : List.of("percentile_approx(id, 0.5)", "histogram_numeric(id, 10)")) {
      refused(() -> grouped(1_000_001, digest), "keep every value", "1000000 of rows");
      port.release(port.asking(Port.ADA), () -> aggregated(1_000_001, digest));
      String[] many = new String[101];
      Arrays.fill(many, digest);
      refused(() -> aggregated(50_000, many), "keep every value");
    }
    port.release(port.asking(Port.ADA), () -> aggregated(1_000, "median(id)"));
    port.release(port.asking(Port.ADA), () -> aggregated(1_000_001, "count(id)"));
    String[] eleven = new String[11];
    Arrays.setAll(eleven, i -> "median(id + " + i + ")");
    refused(() -> aggregated(100_000, eleven), "keep every value", "1000000 of rows");
    port.release(port.asking(Port.ADA), () -> aggregated(1_000, eleven));
  }

  private static LogicalPlan grouped(long rows, String aggregate) {
    return port.analystSession()
        .range(rows)
        .groupBy("id")
        .agg(org.apache.spark.sql.functions.expr(aggregate))
        .groupBy()
        .count()
        .logicalPlan();
  }

  /** Each text of a row is short enough, and each row; all together they fill a disk. */
  @Test
  void textsOfAllRows_areBounded() {
    String[] longTexts = new String[90];
    Arrays.setAll(longTexts, i -> "lpad(cast(id AS string), 9999, '" + i + "') AS c" + i);
    refused(() -> aggregated(10_000, longTexts), "made-bytes");
    refused(() -> crossed(aggregated(100, longTexts), range(100)), "made-bytes");
    assertThat(port.collect(port.release(port.asking(Port.ADA), () -> shortened(10, longTexts))))
        .hasSize(10);
  }

  private static LogicalPlan shortened(long rows, String... texts) {
    return Dataset.ofRows(port.analystSession(), aggregated(rows, texts))
        .selectExpr("length(c89)")
        .logicalPlan();
  }

  private static LogicalPlan crossed(LogicalPlan left, LogicalPlan right) {
    return Dataset.ofRows(port.analystSession(), left)
        .crossJoin(Dataset.ofRows(port.analystSession(), right))
        .logicalPlan();
  }

  @Test
  void productsOfTexts_areBounded_inARowAndInAllConstants() {
    String text = "concat(repeat(repeat('a', 90), 9999), cast(id AS string))";
    String needle = "'" + "a".repeat(1000) + "b'";
    String[] searches = {
      "instr(%s, %s)".formatted(text, needle), "instr(%s, %s) + 1".formatted(text, needle)
    };
    refused(() -> aggregated(1, searches), "row-products");
    port.release(port.asking(Port.ADA), () -> aggregated(1, "instr(" + text + ", 'ab')"));
    refused(
        () -> aggregated(1, "cast(concat(repeat('9', 9999), repeat(id, 9)) AS decimal(38, 0))"),
        "the square of its length");
    String shorter = "cast(left(concat(repeat('9', 9999), repeat(id, 9)), 99) AS decimal(38, 0))";
    port.release(port.asking(Port.ADA), () -> aggregated(1, shorter));
    port.release(port.asking(Port.ADA), () -> aggregated(1, "cast('1.5' AS decimal(3, 1)) + id"));
    String entries = "size(split(repeat(repeat(',', 90), 9999), ','))";
    refused(() -> aggregated(1, entries, entries + " + 1"), "constant-bytes");
    port.release(port.asking(Port.ADA), () -> aggregated(1, "size(split(repeat(',', 99), ','))"));
  }

  @Test
  void decimalsInLists_areReadFromTextsAsTheyAreStored() {
    String list = "array(concat(repeat('9', 9999), repeat(id, 9)))";
    for (String cast :
        List.of("cast(%s AS array<decimal(38, 0)>)", "try_cast(%s AS array<decimal(38, 0)>)")) {
      refused(
          () -> aggregated(1, "size(" + cast.formatted(list) + ")"), "the square of its length");
    }
    port.release(
        port.asking(Port.ADA),
        () -> aggregated(1, "size(cast(array('1.5') AS array<decimal(3, 1)>))"));
  }

  /** A text of somebody's own counts as what it is, not as a stored one. */
  @Test
  void ownTexts_areAsLongAsTheyAre() {
    LogicalPlan own = ownTexts(10, 100_000);
    refused(() -> crossed(own, range(100_000)), "made-bytes");
    refused(
        () ->
            Dataset.ofRows(port.analystSession(), own)
                .selectExpr("cast(t AS decimal(38, 0))")
                .logicalPlan(),
        "the square of its length");
    assertThat(
            port.collect(
                port.release(port.asking(Port.ADA), () -> counted(crossed(own, range(9))))))
        .containsExactly(RowFactory.create(90L));
  }

  @Test
  void ownTexts_areRepeatedAsFewTimesAsOthersAreMade() {
    LogicalPlan own = ownTexts(1, 600_000);
    for (String texts : List.of("repeat(t, 64)", "concat(t, t, t)")) {
      refused(() -> selected(own, texts + " AS a"), "a million bytes longer");
    }
    String[] nine = new String[9];
    Arrays.setAll(nine, i -> "upper(t) AS t" + i);
    refused(() -> selected(own, nine), "the texts of one row");
    port.release(port.asking(Port.ADA), () -> selected(own, "length(upper(t))"));
  }

  private static LogicalPlan selected(LogicalPlan plan, String... columns) {
    return Dataset.ofRows(port.analystSession(), plan).selectExpr(columns).logicalPlan();
  }

  /** A task asks whether it was killed between rows, so no row takes long. */
  @Test
  void textsOfOneRow_areGoneThroughWithinABudget() {
    String digest = "length(sha2(repeat(concat(CAST(id AS string), repeat('x', 9999)), 80), 512))";
    String[] sixty = new String[60];
    Arrays.setAll(sixty, i -> digest + " AS d" + i);
    refused(() -> aggregated(9, sixty), "row-bytes");
    String again = "d + ".repeat(60) + "1 AS s";
    refused(() -> selected(aggregated(9, digest + " AS d"), again), "row-bytes");
    port.release(port.asking(Port.ADA), () -> aggregated(9, digest + " AS d"));
  }

  @Test
  void rowsThatAWindowMovesOver_haveFewBytes() {
    String text = "repeat(concat(CAST(id AS string), repeat('x', 9999)), 9) AS t";
    String over = "count(t) OVER (ORDER BY id %s BETWEEN %s AND CURRENT ROW) AS n";
    LogicalPlan rows = aggregated(2_000, "id", text);
    refused(() -> selected(rows, "*", over.formatted("ROWS", "1000 PRECEDING")), "window-bytes");
    LogicalPlan many = aggregated(5_000_000, "id", "id AS t");
    refused(() -> selected(many, over.formatted("RANGE", "CURRENT ROW")), "window-bytes");
    LogicalPlan few = aggregated(100, "id", "id AS t");
    for (String frame : List.of("ROWS", "RANGE")) {
      String peers = over.formatted(frame, "CURRENT ROW");
      assertThat(port.collect(port.release(port.asking(Port.ADA), () -> selected(few, peers))))
          .hasSize(100);
    }
  }

  /** How many rows a table has is not told, so it is taken for ten thousand. */
  @Test
  void tablesThatAreRepeated_orMadeLong_countAsTables() {
    String ten = "(SELECT %s AS %s)";
    String thousand =
        ten.formatted(TEN, "a") + ", " + ten.formatted(TEN, "b") + ", " + ten.formatted(TEN, "c");
    refused("SELECT median(ward * 1000 + a) FROM wards, " + thousand, "keep every value");
    assertThat(
            port.sql(
                "SELECT median(w.ward) FROM wards w JOIN "
                    + ten.formatted(TEN, "a")
                    + " t ON w.ward = t.a"))
        .hasSize(1);
    refused(
        "SELECT max(length(t)) FROM (SELECT ward DIV 99 AS k, rpad(title, 5000, 'x') AS t FROM"
            + " wards) w FULL OUTER JOIN (SELECT explode(array(0, 1)) AS j) r ON w.k = r.j",
        "rows with the same key");
    assertThat(
            port.sql(
                "SELECT sum(CAST(get_json_object(title, '$.amount') AS DECIMAL(10, 2))) FROM wards"))
        .hasSize(1);
  }

  @Test
  void functionsThatMoveOverManyRows_areFew() {
    String[] moving = new String[100];
    Arrays.setAll(
        moving,
        i ->
            "sum(id + %d) OVER (ORDER BY id DIV 1000000 RANGE BETWEEN CURRENT ROW AND CURRENT ROW)"
                    .formatted(i)
                + " AS s"
                + i);
    refused(() -> aggregated(300_000, moving), "window-steps");
    port.release(port.asking(Port.ADA), () -> aggregated(1_000, moving));
    refused(
        "SELECT max(length(m)) FROM (SELECT max(t) OVER (ORDER BY ward RANGE BETWEEN CURRENT ROW AND"
            + " CURRENT ROW) AS m FROM (SELECT ward, lpad(title, 9999, 'x') AS t FROM wards))",
        "window-bytes");
    assertThat(
            port.sql(
                "SELECT max(m) FROM (SELECT max(title) OVER (ORDER BY ward RANGE BETWEEN CURRENT ROW"
                    + " AND CURRENT ROW) AS m FROM wards)"))
        .hasSize(1);
  }

  @Test
  void mediansOfATable_areNotAsManyAsALine() {
    String medians =
        IntStream.range(0, 250)
            .mapToObj(i -> "median(ward + " + i + ") AS m" + i)
            .collect(Collectors.joining(", "));
    refused("SELECT " + medians + " FROM wards", "keep every value");
    assertThat(port.sql("SELECT median(ward), median(ward + 1) FROM wards")).hasSize(1);
  }

  /** What belongs to a stored text is no more than that. */
  @Test
  void fieldsAndPartsOfAStoredText_areManyColumns() {
    for (String part :
        List.of("get_json_object(title, '$.f%d')", "split_part(title, ',', %d + 1)")) {
      String columns =
          IntStream.range(0, 300)
              .mapToObj(i -> part.formatted(i) + " AS c" + i)
              .collect(Collectors.joining(", "));
      assertThat(port.sql("SELECT count(c7) FROM (SELECT " + columns + " FROM wards)")).hasSize(1);
    }
    String nested = "title";
    for (String field : List.of("a", "b", "c")) {
      nested = "get_json_object(%s, '$.%s')".formatted(nested, field);
    }
    assertThat(port.sql("SELECT count(" + nested + ") FROM wards")).hasSize(1);
  }

  @Test
  void valuesThatAreKept_countInAllOperatorsTogether() {
    LogicalPlan half = aggregated(600_000, "median(id)");
    refused(
        () ->
            new Union(
                Scala.seq(List.of(half, aggregated(600_000, "median(id + 1)"))), false, false),
        "keep every value");
    refused(() -> aggregated(300_000, "median(CAST(id AS DECIMAL(38, 10)))"), "keep every value");
    port.release(
        port.asking(Port.ADA), () -> aggregated(1_000, "median(CAST(id AS DECIMAL(38, 10)))"));
  }

  /** Rows of one column that have a text of so many bytes each. */
  private static LogicalPlan ownTexts(int rows, int bytes) {
    AttributeReference text =
        new AttributeReference(
            "t",
            DataTypes.StringType,
            true,
            Metadata.empty(),
            NamedExpression.newExprId(),
            Scala.noElements());
    InternalRow row =
        new GenericInternalRow(new Object[] {UTF8String.fromString("9".repeat(bytes))});
    return new LocalRelation(
        Scala.seq(List.of(text)), Scala.seq(Collections.nCopies(rows, row)), false, Scala.none());
  }

  /** A column of a list has all its entries in every row. */
  @Test
  void listsAsColumns_countWithTheirEntries() {
    String[] lists = new String[60];
    Arrays.setAll(lists, i -> "array(" + numbers(100) + ") AS l" + i);
    refused(() -> crossed(aggregated(1_000, lists), range(10_000)), "made-bytes");
    assertThat(
            port.collect(port.release(port.asking(Port.ADA), () -> counted(aggregated(10, lists)))))
        .containsExactly(RowFactory.create(10L));
  }

  @Test
  void entriesThatAreComparedEachWithEach_areRefused() {
    String list = "split(concat(repeat('a,', 9), id), ',')";
    assertThatThrownBy(
            () ->
                port.release(
                    port.asking(Port.ADA),
                    () ->
                        aggregated(
                            1,
                            "arrays_overlap(cast(%s AS array<binary>), cast(%s AS array<binary>))"
                                .formatted(list, list))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("compares each with each other");
    port.release(
        port.asking(Port.ADA), () -> aggregated(1, "arrays_overlap(%s, %s)".formatted(list, list)));
  }

  private static LogicalPlan aggregated(long rows, String... columns) {
    return port.analystSession().range(rows).selectExpr(columns).logicalPlan();
  }

  @Test
  void windows_readFewRowsForEach() {
    String window = "max(w) FROM (SELECT sum(id) OVER (ORDER BY id %s) AS w FROM %s)";
    String few = "(SELECT explode(array(1, 2, 3)) AS id)";
    refused(
        "SELECT " + window.formatted("ROWS BETWEEN CURRENT ROW AND 1001 FOLLOWING", few),
        "a distance of more than 1000");
    refused("SELECT " + window.formatted("ROWS 1001 PRECEDING", few), "more than 1000");
    for (String frame :
        List.of(
            "",
            "ROWS 1000 PRECEDING",
            "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
            "ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING",
            "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING")) {
      assertThat(port.sql("SELECT " + window.formatted(frame, few))).hasSize(1);
    }
    String toTheEnd = "sum(id) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)";
    refused(() -> aggregated(100_001, toTheEnd), "UNBOUNDED FOLLOWING", "100000 rows");
  }

  private static LogicalPlan crossed(long left, long right) {
    return port.analystSession()
        .range(left)
        .crossJoin(port.analystSession().range(right).toDF())
        .logicalPlan();
  }

  private static LogicalPlan counted(LogicalPlan plan) {
    return Dataset.ofRows(port.analystSession(), plan).groupBy().count().logicalPlan();
  }

  /**
   * What it derives doubles with each column that repeats another, before any clock is looked at.
   */
  @Test
  void theOptimizer_derivesNoConditions() {
    assertThat(port.analystSession().conf().get("spark.sql.constraintPropagation.enabled"))
        .isEqualTo("false");
  }

  @Test
  void timesOfTheDay_areRefusedInWords() {
    assertThatThrownBy(() -> port.sql("SELECT TIME '10:00:00'"))
        .hasMessageContaining("PARAM_INVALID")
        .hasMessageContaining("the type TIME is not available");
  }

  /** What fails before anything runs is one constant failure too, and on record. */
  @Test
  void whatFailsUnexpectedly_isOnRecord() {
    Supplier<LogicalPlan> broken =
        () -> {
          throw new NoClassDefFoundError("quotes a row");
        };
    Asking asking = port.asking(Port.ADA);
    for (Runnable question :
        List.<Runnable>of(
            () -> port.release(asking, broken),
            () -> port.queries().describe(port.analystSession(), broken, asking))) {
      int before = port.audited().size();
      assertThatThrownBy(question::run)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("QUERY_FAILED")
          .hasMessageNotContaining("quotes a row");
      assertThat(port.audited()).hasSize(before + 1);
      assertThat(last().verdict()).isEqualTo("FAILED");
    }
  }

  private static LogicalPlan range(long rows) {
    return port.analystSession().range(rows).logicalPlan();
  }

  private static AuditRecord last() {
    return port.audited().get(port.audited().size() - 1);
  }

  @Test
  void rowsThatAreShown_areATextWithinTheBoundOfAResult() {
    String text =
        "SELECT IF(a = 0, repeat('a', 3000), 'b') AS x FROM (SELECT "
            + TEN
            + " AS a), (SELECT "
            + TEN
            + " AS b)";
    assertThat(port.collect(shown(text, 20))).hasSize(100);
    assertThatThrownBy(() -> shown(text, 0)).hasMessageContaining("the text of show()");
    assertThat(last().verdict()).isEqualTo("REFUSED");
  }

  private static LogicalPlan shown(String text, int truncate) {
    Asking asking = port.asking(Port.ADA);
    Asked asked =
        new Asked(
            () -> port.queries().query(text, asking, stored -> range(1)),
            id -> new byte[0],
            "",
            OptionalInt.of(101),
            () -> "");
    ShownText show = new ShownText(100, truncate, false);
    return port.queries().show(port.analystSession(), asked, asking, show);
  }

  private static String nested(int times, String before, String inside, String after) {
    return before.repeat(times) + inside + after.repeat(times);
  }

  @Test
  @Timeout(60)
  void shorthands_thatRepeatAnOperand_areCountedAsTheyAreWrittenOut() {
    String one = " FROM (SELECT 1 AS id, 'a' AS s)";
    refused("SELECT " + nested(30, "right(", "string(id)", ", 9)") + one, "-parts");
    refused("SELECT " + nested(60, "nullifzero(", "id", ")") + one, "plan-parts");
    refused("SELECT " + nested(40, "decode(", "id", ", 1, 2, 3, 4)") + one, "plan-parts");
    refused(
        "SELECT CASE WHEN id > 0 THEN " + nested(40, "nullif(", "id", ", 7)") + " END" + one,
        "-parts");
    refused(
        "SELECT 1 FROM (SELECT 1 AS a) l LEFT JOIN (SELECT 2 AS b) r ON "
            + nested(30, "(", "l.a", " BETWEEN r.b AND 9)"),
        "-parts");
    refused(
        "SELECT " + nested(40, "CASE ", "id", " WHEN 1 THEN 2 WHEN 3 THEN 4 END") + one,
        "plan-parts");
    refused("SELECT " + nested(40, "(", "s", " LIKE ANY ('a', s))") + one, "plan-parts");
    assertThat(port.sql("SELECT " + nested(4, "right(", "string(id)", ", 9)") + one))
        .containsExactly(RowFactory.create("1"));
    assertThat(port.sql("SELECT " + nested(3, "decode(", "id", ", 1, 2, 2, 1)") + " AS x" + one))
        .hasSize(1);
  }

  @Test
  @Timeout(60)
  void shorthands_areCounted_whereColumnsRepeatThem() {
    StringBuilder text = new StringBuilder("SELECT 1 AS c");
    for (int i = 0; i < 30; i++) {
      text.insert(0, "SELECT nullif(c, 7) AS c FROM (").append(")");
    }
    refused(text.toString(), "expression-parts");
  }

  private static String thousand() {
    String hundred = "explode(array(" + numbers(100) + "))";
    return "(SELECT a, b, %s AS c FROM (SELECT a, %s AS b FROM (SELECT %s AS a)))"
        .formatted(hundred, hundred, TEN);
  }

  private static String numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(", "));
  }

  @Test
  @Timeout(120)
  void longTextsBesideAJoin_areNotSentToEveryTask() {
    String texts = "(SELECT c, rpad(string(c), 1000, 'x') AS t FROM " + thousand() + ")";
    assertThat(
            port.sql(
                "SELECT max(length(t)) FROM (SELECT %s AS k) l LEFT JOIN %s r ON l.k = r.c"
                    .formatted(TEN, texts)))
        .containsExactly(RowFactory.create(1000));
    String apart = " l LEFT JOIN " + texts + " r ON l.k < r.c";
    refused("SELECT max(t) FROM (SELECT " + TEN + " AS k)" + apart, "held-side");
    refused(
        "SELECT max(t) FROM (SELECT 1 AS k) l LEFT JOIN " + texts + " r ON l.k = r.c", "held-side");
    assertThat(
            port.sql(
                "SELECT count(*) FROM (SELECT 1 AS k) l LEFT JOIN (SELECT %s AS c) r ON l.k < r.c"
                    .formatted(TEN)))
        .containsExactly(RowFactory.create(8L));
  }

  /** Without equal columns, ranges and what is crossed are held as well as lists. */
  @Test
  @Timeout(120)
  void sidesThatAreHeld_areBounded_howeverTheirRowsAreMade() {
    LogicalPlan many = range(9_000_000);
    for (String kind : List.of("left_outer", "right_outer", "full_outer")) {
      refused(() -> counted(apart(many, many, kind)), "made-rows");
    }
    refused(() -> counted(apart(range(2), range(9_000_000), "left_anti")), "held-side");
    refused(() -> counted(apart(range(2), range(9_000_000), "left_semi")), "held-side");
    assertThat(
            port.collect(
                port.release(
                    port.asking(Port.ADA),
                    () -> counted(apart(range(900_000), range(2), "left_outer")))))
        .hasSize(1);
  }

  private static LogicalPlan apart(LogicalPlan left, LogicalPlan right, String kind) {
    var a = Dataset.ofRows(port.analystSession(), left).toDF().as("a");
    var b = Dataset.ofRows(port.analystSession(), right).toDF().as("b");
    return a.join(b, org.apache.spark.sql.functions.expr("a.id < b.id"), kind).logicalPlan();
  }

  /** Spark keeps all rows of both sides that have the same key. */
  @Test
  @Timeout(120)
  void fullOuterJoins_holdFewRowsOfAKey() {
    String texts = "rpad(cast(id AS string), 2000, 'x') AS t";
    LogicalPlan left = aggregated(9_000, "id % 2 AS k", texts);
    LogicalPlan right = aggregated(90, "id % 2 AS k", "id AS v");
    refused(() -> fullOuter(left, right), "rows with the same key");
    LogicalPlan unique = aggregated(9_000, "id AS k", texts);
    LogicalPlan other = aggregated(9_000, "id AS k", "id AS v");
    assertThat(port.collect(port.release(port.asking(Port.ADA), () -> fullOuter(unique, other))))
        .containsExactly(RowFactory.create(2_000));
  }

  private static LogicalPlan fullOuter(LogicalPlan left, LogicalPlan right) {
    var a = Dataset.ofRows(port.analystSession(), left).toDF();
    var b = Dataset.ofRows(port.analystSession(), right).toDF().withColumnRenamed("k", "j");
    return a.join(b, org.apache.spark.sql.functions.expr("k = j"), "full_outer")
        .groupBy()
        .agg(org.apache.spark.sql.functions.expr("max(length(t))"))
        .logicalPlan();
  }

  @Test
  void listsOfConstants_areAsLongAsTheyAre() {
    String from = " FROM (SELECT explode(%s) AS a), (SELECT explode(%s) AS b)";
    String commas = "split(repeat(',', 9999), ',')";
    String three = ", (SELECT explode(array(1, 2, 3)) AS c)";
    refused("SELECT count(*)" + from.formatted(commas, commas) + three, "made-rows");
    String distinct = "array_distinct(array(" + numbers(1000) + "))";
    refused(
        "SELECT count(*)"
            + from.formatted(distinct, distinct)
            + ", (SELECT explode(%s) AS c)".formatted(distinct),
        "made-rows");
    refused(
        "SELECT count(*) FROM (SELECT explode(l) AS a FROM (SELECT %s AS l))".formatted(commas)
            + ", (SELECT explode(%s) AS b)".formatted(commas)
            + three,
        "made-rows");
    assertThat(port.sql("SELECT count(*) FROM (SELECT explode(split('a,b,c', ',')) AS a)"))
        .containsExactly(RowFactory.create(3L));
  }

  @Test
  void pivotAndUnpivot_areCountedAsProducts() {
    String row = "(SELECT 1 AS k, 2 AS v)";
    String values =
        IntStream.range(0, 500).mapToObj(Integer::toString).collect(Collectors.joining(","));
    String aggregates =
        IntStream.range(0, 100)
            .mapToObj(i -> "sum(v + 1 + 2 + 3 + " + i + ") AS s" + i)
            .collect(Collectors.joining(","));
    refused(
        "SELECT * FROM " + row + " PIVOT (" + aggregates + " FOR k IN (" + values + "))", "plan-");
    String columns =
        IntStream.range(0, 500).mapToObj(i -> "1 AS c" + i).collect(Collectors.joining(","));
    String names = IntStream.range(0, 450).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    refused(
        "SELECT * FROM (SELECT %s, d.* FROM %s, (SELECT %s) d) UNPIVOT (x FOR y IN (%s))"
            .formatted(idColumns(), row, columns, names),
        "plan-parts");
    assertThat(
            port.sql("SELECT * FROM (SELECT 1 AS a, 2 AS b, 3 AS id) UNPIVOT (x FOR y IN (a, b))"))
        .hasSize(2);
  }

  private static String idColumns() {
    return IntStream.range(0, 500).mapToObj(i -> "k AS i" + i).collect(Collectors.joining(","));
  }

  @Test
  @Timeout(60)
  void constants_areComputedWithinABudget() {
    String big = "repeat(rpad('b', 10000, 'b'), 20)";
    String columns =
        IntStream.range(0, 10)
            .mapToObj(i -> nested(80, "reverse(", big, ")") + " AS c" + i)
            .collect(Collectors.joining(", "));
    refused("SELECT length(c0) FROM (SELECT " + columns + ")", "constant-bytes");
    refused("SELECT levenshtein('" + "a".repeat(200) + "', " + big + ")", "levenshtein");
    refused(
        "SELECT levenshtein('"
            + "a".repeat(200)
            + "', rpad(name, 10000, 'b')) AS l, count(*)"
            + " FROM patients GROUP BY 1",
        "levenshtein");
    assertThat(port.sql("SELECT levenshtein('ab', reverse('ab')), length(reverse(" + big + "))"))
        .containsExactly(RowFactory.create(2, 200_000));
    assertThat(port.sql("SELECT CASE WHEN false THEN date'2020-01-01' ELSE to_date('no') END"))
        .containsExactly(RowFactory.create((Object) null));
  }

  @Test
  @Timeout(60)
  void longConstants_countWhereverTheyAreNamed() {
    String three = "x".repeat(3000) + "' AS t, '" + "y".repeat(3000) + "' AS u, 1 AS v";
    StringBuilder text = new StringBuilder("WITH a0 AS (SELECT '" + three + ")");
    for (int i = 1; i <= 10; i++) {
      text.append(
          ", a%d AS (SELECT * FROM a%d UNION ALL SELECT * FROM a%d)".formatted(i, i - 1, i - 1));
    }
    refused(text + " SELECT count(*) FROM a10", "plan-parts");
    assertThat(port.sql("SELECT count(*) FROM (SELECT '" + "x".repeat(3000) + "' AS t)"))
        .hasSize(1);
  }

  @Test
  void rowsThatComeAlong_countWhereverTheyAreNamed() {
    refused(() -> union(60, 5000), "plan-cells");
    LogicalPlan few = union(2, 400);
    assertThat(port.collect(port.release(port.asking(Port.ADA), () -> few))).hasSize(800);
  }

  /** So many times some rows of 20 columns. */
  private static LogicalPlan union(int times, int count) {
    List<Attribute> columns = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      columns.add(
          new AttributeReference(
              "c" + i,
              DataTypes.IntegerType,
              true,
              Metadata.empty(),
              NamedExpression.newExprId(),
              Scala.noElements()));
    }
    List<InternalRow> rows =
        Collections.nCopies(count, new GenericInternalRow(new Object[columns.size()]));
    LogicalPlan local = new LocalRelation(Scala.seq(columns), Scala.seq(rows), false, Scala.none());
    return new Union(Scala.seq(Collections.nCopies(times, local)), false, false);
  }
}
