package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.scala.Scala;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Cube$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.types.DataTypes;
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
              assertThat(e.refusal().code()).isEqualTo(RefusalCode.LIMIT_EXCEEDED);
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
    for (String on : List.of("a.id % 1 = b.id % 1", "-a.m = -b.m", "a.m = b.m")) {
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
    for (String keeper :
        List.of(
            "median(id)",
            "percentile(id, 0.5)",
            "percentile_approx(id, 0.5)",
            "histogram_numeric(id, 10)")) {
      refused(() -> aggregated(1_000_001, keeper), "keeps every value", "1000000 rows");
    }
    port.release(port.asking(Port.ADA), () -> aggregated(1_000, "median(id)"));
    port.release(port.asking(Port.ADA), () -> aggregated(1_000_001, "count(id)"));
  }

  private static LogicalPlan aggregated(long rows, String aggregate) {
    return port.analystSession().range(rows).selectExpr(aggregate).logicalPlan();
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
}
