package io.sallyport.connect.server;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.split;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.RefusalCode;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Lines of DataFrame code that everybody writes first, from an unmodified client. */
@Governed
final class InnocentLinesTest {

  private final SparkSession ada;
  private final Dataset<Row> titanic;

  InnocentLinesTest(GovernedServer server) {
    this.ada = server.session("ada");
    this.titanic = ada.table("titanic");
  }

  @Test
  void missingValues_areDroppedFilledAndReplaced() {
    assertThat(one(titanic.na().drop(new String[] {"Age"}).select(col("Age"), col("Pclass"))))
        .isEqualTo(712);
    assertThat(one(titanic.select("Age", "Fare").na().drop("all"))).isEqualTo(891);
    assertThat(first(titanic.select("Age").na().fill(30).agg(count("Age")))).isEqualTo(891L);
    assertThat(first(titanic.na().fill(Map.of("Age", 30, "Sex", "unknown")).agg(count("Age"))))
        .isEqualTo(891L);
    assertThat(
            titanic
                .na()
                .replace("Sex", Map.of("male", "m", "female", "f"))
                .groupBy("Sex")
                .count()
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("m", "f");
  }

  @Test
  void columnsThatAreNotThere_areRefusedByName() {
    Refused.by(
        RefusalCode.PARAM_INVALID,
        () -> titanic.na().fill(0, new String[] {"Deck"}).agg(count("Age")).collectAsList());
  }

  @Test
  void pivotWithItsValues_isAnswered_andWithoutThemRefused() {
    Dataset<Row> survived =
        titanic
            .groupBy("Sex")
            .pivot("Pclass", List.of(1, 2, 3))
            .agg(avg("Survived").as("rate"))
            .orderBy("Sex");

    assertThat(survived.columns()).containsExactly("Sex", "1", "2", "3");
    assertThat(survived.collectAsList()).hasSize(2).allMatch(row -> row.getDouble(1) > 0.5);
  }

  @Test
  void rowsThatDiffer_areGroups() {
    assertThat(titanic.select("Pclass", "Sex").distinct().collectAsList()).hasSize(6);
    assertThat(titanic.select("Pclass").dropDuplicates().collectAsList()).hasSize(3);
    assertThat(titanic.select("Pclass").distinct().count()).isEqualTo(3);
  }

  @Test
  void duplicates_areDropped_whereOtherColumnsAre() {
    assertThat(titanic.dropDuplicates("Pclass").select("Pclass").collectAsList()).hasSize(3);
    assertThat(titanic.dropDuplicates("Pclass", "Sex").count()).isEqualTo(6);
    Refused.by(
        RefusalCode.RAW_OUTPUT, () -> ada.table("strict").dropDuplicates("Pclass").collectAsList());
  }

  @Test
  void publicAndReleasedRows_areSampled_andPeopleAreNot() {
    Dataset<Row> byFare = titanic.groupBy("SibSp", "Sex").count();

    assertThat(byFare.sample(0.5, 7).collectAsList()).hasSizeBetween(0, 4);
    assertThat(byFare.sample(true, 3.0, 7).count()).isPositive();
    assertThat(ada.sql("SELECT * FROM cities TABLESAMPLE (100 PERCENT)").count()).isEqualTo(4);
    long rows = 0;
    for (Dataset<Row> part : ada.table("cities").randomSplit(new double[] {0.7, 0.2, 0.1}, 3)) {
      rows += part.collectAsList().size();
      assertThat(part.columns()).containsExactly("city", "region");
    }
    assertThat(rows).isEqualTo(4);
    assertThat(
            Refused.by(
                RefusalCode.NONDETERMINISTIC, () -> titanic.sample(0.1).agg(count("Age")).count()))
        .hasMessageContaining("and then a sample of its groups");
    Refused.by(
        RefusalCode.NONDETERMINISTIC,
        () -> titanic.randomSplit(new double[] {0.5, 0.5}, 3)[0].groupBy("Sex").count().show());
    Refused.by(RefusalCode.PARAM_INVALID, () -> ada.table("cities").sample(-0.5).count());
  }

  @Test
  void crosstab_isAnswered_whereItsColumnsAreKnown() {
    Dataset<Row> strict = ada.table("strict");

    Dataset<Row> table = strict.stat().crosstab("Sex", "Pclass").orderBy("Sex_Pclass");

    assertThat(table.columns()).containsExactly("Sex_Pclass", "1", "2", "3", "null");
    assertThat(table.collectAsList().toString())
        .isEqualTo("[[female,108,92,245,null], [male,108,92,246,null]]");
    assertThat(strict.stat().crosstab("Sex", "Pclass").groupBy().sum("3").first().getLong(0))
        .isEqualTo(491);
    Dataset<Row> found = titanic.stat().crosstab("Sex", "Pclass");
    assertThat(found.collectAsList().toString())
        .isEqualTo("[[female,108,92,245], [male,108,92,246]]");
    found.show();
    assertThat(ada.table("cities").stat().crosstab("city", "region").collectAsList().toString())
        .contains("[Athens,0,1]", "[Bergen,1,0]");
    assertThat(Refused.by(RefusalCode.AGG_NOT_ALLOWED, () -> found.filter("1 > 0").show()))
        .hasMessageContaining("groupBy(Sex, Pclass).count()");
    assertThat(
            Refused.by(
                RefusalCode.AGG_NOT_ALLOWED,
                () -> titanic.stat().freqItems(new String[] {"Sex"}).show()))
        .hasMessageContaining("groupBy(column).count().orderBy(desc(\"count\"))");
  }

  @Test
  void wishesForSpeed_changeNoAnswer() {
    Dataset<Row> wished = titanic.repartition(4, col("Sex")).hint("broadcast").coalesce(1);

    assertThat(wished.groupBy(wished.col("Pclass")).count().collectAsList()).hasSize(3);
  }

  @Test
  void statisticsOfTwoColumns_areAnswered() {
    assertThat(titanic.stat().corr("Pclass", "Fare")).isBetween(-1.0, 1.0);
    assertThat(titanic.stat().cov("Pclass", "SibSp")).isBetween(-10.0, 10.0);
  }

  @Test
  void releasedRows_meetEachOther() {
    Dataset<Row> many = titanic.groupBy("Pclass").count().filter("count > 200").select("Pclass");
    Dataset<Row> first = ada.sql("SELECT 1 AS Pclass");

    assertThat(many.intersect(first).collectAsList()).hasSize(1);
    assertThat(many.except(first).collectAsList()).hasSize(1);
  }

  @Test
  void functionsOfTextsAndDates_areKeys() {
    Column port = concat_ws("-", col("Sex"), split(col("Ticket"), " ").getItem(0));
    Column month = date_format(col("Boarded"), "yyyy-MM");

    assertThat(titanic.groupBy(port, month).agg(count(lit(1))).collectAsList()).hasSize(2);
  }

  @Test
  void whatIsThere_isListed() {
    assertThat(strings(ada.sql("SHOW TABLES"), 1))
        .contains("titanic", "cities")
        .doesNotContain("hidden");
    assertThat(strings(ada.sql("SHOW TABLES LIKE 'tit*|vis*'"), 1))
        .containsExactlyInAnyOrder("titanic", "visits");
    assertThat(strings(ada.sql("SHOW DATABASES"), 0)).containsExactly("default");
    assertThat(strings(ada.sql("SHOW COLUMNS IN people"), 0))
        .containsExactly("id", "name", "city", "age", "income");
    assertThat(strings(ada.sql("DESCRIBE people"), 1)).contains("bigint", "string", "double");
    assertThat(ada.sql("SHOW VIEWS").collectAsList()).isEmpty();
    Refused.by(RefusalCode.SOURCE_NOT_ALLOWED, () -> ada.sql("DESCRIBE hidden").collectAsList());
  }

  @Test
  void catalog_isWhatAnalystsMayAskAbout() throws AnalysisException {
    assertThat(ada.catalog().currentDatabase()).isEqualTo("default");
    assertThat(ada.catalog().currentCatalog()).isEqualTo("sallyport");
    assertThat(ada.catalog().listTables().collectAsList())
        .extracting(table -> table.name())
        .contains("titanic", "cities")
        .doesNotContain("hidden");
    assertThat(ada.catalog().tableExists("titanic")).isTrue();
    assertThat(ada.catalog().tableExists("hidden")).isFalse();
    assertThat(ada.catalog().listColumns("people").collectAsList())
        .extracting(column -> column.name())
        .containsExactly("id", "name", "city", "age", "income");
    assertThat(ada.catalog().functionExists("concat")).isTrue();
    assertThat(ada.catalog().listDatabases().collectAsList()).hasSize(1);
    assertThat(ada.catalog().isCached("titanic")).isFalse();
    Refused.by(
        RefusalCode.SOURCE_NOT_ALLOWED, () -> ada.sql("SHOW COLUMNS IN hidden").collectAsList());
  }

  private static long one(Dataset<Row> rows) {
    return rows.count();
  }

  private static Object first(Dataset<Row> rows) {
    return rows.collectAsList().get(0).get(0);
  }

  private static List<String> strings(Dataset<Row> rows, int column) {
    return rows.collectAsList().stream().map(row -> row.getString(column)).toList();
  }
}
