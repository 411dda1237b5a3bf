package io.sallyport.connect.server;

import static org.apache.spark.sql.functions.avg;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.release.NoiseWish;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalog.Table;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Temporary views, as the stock client makes, uses, lists and drops them. */
@Governed
class ViewsOverConnectTest {

  private static final String BY_CLASS = "SELECT Pclass, count(*) AS n FROM %s GROUP BY Pclass";

  private final GovernedServer server;
  private final SparkSession ada;

  ViewsOverConnectTest(GovernedServer server) {
    this.server = server;
    this.ada = server.session("ada");
  }

  private static List<Row> rows(Dataset<Row> question) {
    return question.collectAsList();
  }

  private static String words(RefusalCode code, ThrowingCallable question) {
    return Refused.by(code, question).getMessage();
  }

  private Dataset<Row> saved() {
    return ada.table("strict").filter("Survived = 1");
  }

  @Test
  void viewOfADataFrame_isItsPlan_inSqlAndByTable() {
    saved().createOrReplaceTempView("saved");
    List<Row> written = rows(saved().groupBy("Pclass").count().orderBy("Pclass"));

    assertThat(written).hasSize(3);
    assertThat(rows(ada.table("saved").groupBy("Pclass").count().orderBy("Pclass")))
        .isEqualTo(written);
    assertThat(rows(ada.sql(BY_CLASS.formatted("SAVED") + " ORDER BY Pclass"))).isEqualTo(written);
    assertThat(
            rows(
                ada.sql(
                    "SELECT saved.Pclass, count(*) FROM saved GROUP BY saved.Pclass ORDER BY 1")))
        .isEqualTo(written);
    assertThat(rows(ada.sql("SELECT l.Pclass, count(*) FROM saved l GROUP BY l.Pclass ORDER BY 1")))
        .isEqualTo(written);
  }

  @Test
  void viewOfSqlText_isMadeByACommand_thatAnswersNoRows() {
    assertThat(
            rows(
                ada.sql(
                    "/* ours */ CREATE OR REPLACE TEMPORARY VIEW women AS"
                        + " SELECT * FROM strict WHERE Sex = 'female';")))
        .isEmpty();

    assertThat(rows(ada.sql(BY_CLASS.formatted("women") + " ORDER BY Pclass")))
        .isEqualTo(
            rows(
                ada.table("strict")
                    .filter("Sex = 'female'")
                    .groupBy("Pclass")
                    .count()
                    .orderBy("Pclass")));
    assertThat(ada.table("women").columns()).isEqualTo(ada.table("strict").columns());
    ada.sql("CREATE TEMP VIEW known AS SELECT * FROM strict WHERE Survived = :s", Map.of("s", 1));
    assertThat(rows(ada.sql("SELECT count(*) FROM known")))
        .containsExactly(RowFactory.create(342L));
  }

  @Test
  void columnsOfAViewsDataFrame_areFound_whereItsNumbersAreMoved() {
    Dataset<Row> people = ada.table("people");
    Dataset<Row> visits = ada.table("visits");
    visits
        .withColumn("late", visits.col("day").gt(3))
        .select(visits.col("person"), visits.col("day"), visits.col("cost"))
        .createOrReplaceTempView("costs");
    Dataset<Row> costs = ada.table("costs");

    assertThat(
            rows(
                costs
                    .join(people, costs.col("person").equalTo(people.col("id")))
                    .groupBy(costs.col("day"))
                    .agg(avg(costs.col("cost")), avg(people.col("age")))))
        .hasSize(7);
    for (int i = 0; i < 3; i++) {
      Dataset<Row> again = ada.table("costs");
      again.filter(again.col("cost").geq(0)).createOrReplaceTempView("costs");
    }
    assertThat(rows(ada.sql("SELECT count(DISTINCT person) FROM costs")))
        .containsExactly(RowFactory.create(1000L));
  }

  @Test
  void viewOnAView_keepsTheOneOfItsTime() {
    saved().createOrReplaceTempView("base");
    ada.sql("CREATE TEMPORARY VIEW from_sql AS SELECT * FROM base");
    ada.table("base").select("Pclass").createOrReplaceTempView("from_api");
    ada.sql("CREATE TEMPORARY VIEW from_both AS SELECT Pclass FROM from_sql");

    ada.table("strict").createOrReplaceTempView("base");

    assertThat(ada.table("base").count()).isEqualTo(891);
    for (String view : List.of("from_sql", "from_api", "from_both")) {
      assertThat(ada.table(view).count()).as(view).isEqualTo(342);
      assertThat(rows(ada.sql("SELECT count(*) FROM " + view)))
          .containsExactly(RowFactory.create(342L));
    }
    assertThat(ada.catalog().dropTempView("base")).isTrue();
    assertThat(ada.table("from_both").count()).isEqualTo(342);
  }

  @Test
  void viewInTheMiddleOfAQuestion() {
    saved().createOrReplaceTempView("mid");
    ada.table("cities").createOrReplaceTempView("places");

    assertThat(rows(ada.sql("WITH m AS (SELECT * FROM mid) SELECT count(*) FROM m")))
        .containsExactly(RowFactory.create(342L));
    assertThat(
            rows(
                ada.sql(
                    "SELECT count(*) FROM cities WHERE 342 = (SELECT count(*) FROM mid)"
                        + " AND region IN (SELECT region FROM places)")))
        .containsExactly(RowFactory.create(4L));
    assertThat(rows(ada.table("mid").select("Fare").summary("count", "mean"))).hasSize(2);
    assertThat(rows(ada.table("mid").na().drop(new String[] {"Sex"}).groupBy("Sex").count()))
        .hasSize(2);
    assertThat(rows(ada.sql("EXPLAIN PRIVACY " + BY_CLASS.formatted("mid"))))
        .extracting(row -> row.getString(0))
        .containsOnly("strict");
    ada.sql("CREATE TEMP VIEW cte AS WITH x AS (SELECT * FROM mid) SELECT * FROM x");
    assertThat(rows(ada.sql("WITH x AS (SELECT Sex FROM cte) SELECT count(*) FROM x")))
        .containsExactly(RowFactory.create(342L));
    ada.table("mid").groupBy("Pclass").count().createOrReplaceTempView("released");
    assertThat(rows(ada.sql("SELECT sum(count) FROM released")))
        .containsExactly(RowFactory.create(342L));
  }

  @Test
  void localRows_asAView() {
    ada.sql("SELECT * FROM VALUES (1, 'x'), (2, 'y') AS t(id, label)")
        .createOrReplaceTempView("labels");

    assertThat(rows(ada.sql("SELECT label FROM labels WHERE id = 2")))
        .containsExactly(RowFactory.create("y"));
  }

  @Test
  void policyJudges_whereItIsUsed() {
    ada.table("people").createOrReplaceTempView("everybody");
    ada.sql(
        "CREATE OR REPLACE TEMP VIEW cities_of AS SELECT city, count(*) AS n FROM everybody GROUP BY city");

    String raw = words(RefusalCode.RAW_OUTPUT, () -> ada.table("everybody").collectAsList());
    assertThat(raw).contains("people");
    Refused.by(RefusalCode.RAW_OUTPUT, () -> ada.table("everybody").show());
    Refused.by(RefusalCode.RAW_OUTPUT, () -> ada.sql("SELECT * FROM everybody").collectAsList());
    Refused.by(RefusalCode.SMALL_GROUP, () -> ada.table("cities_of").collectAsList());
    Refused.by(RefusalCode.SMALL_GROUP, () -> ada.sql("SELECT n FROM cities_of").collectAsList());
  }

  @Test
  void makingAView_runsAndShowsNothing_andItsPlanIsAdmitted() {
    Refused.by(
        RefusalCode.SOURCE_NOT_ALLOWED, () -> ada.table("hidden").createOrReplaceTempView("none"));
    Refused.by(
        RefusalCode.SOURCE_NOT_ALLOWED,
        () -> ada.sql("CREATE TEMP VIEW none AS SELECT * FROM hidden"));
    Refused.by(
        RefusalCode.FUNCTION_NOT_ALLOWED,
        () -> ada.sql("CREATE TEMP VIEW none AS SELECT reflect('a', 'b') FROM people"));
    Refused.by(
        RefusalCode.PARAM_INVALID,
        () -> ada.table("people").select("no_such_column").createOrReplaceTempView("none"));
    Refused.by(RefusalCode.SOURCE_NOT_ALLOWED, () -> ada.table("none").collectAsList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"people", "PEOPLE", "cities", "sallyport", "results"})
  void nameOfAFrame_isRefused(String name) {
    Dataset<Row> own = ada.table("cities");

    assertThat(words(RefusalCode.PARAM_INVALID, () -> own.createOrReplaceTempView(name)))
        .contains("may not be called " + name);
    assertThat(
            words(
                RefusalCode.PARAM_INVALID,
                () -> ada.sql("CREATE OR REPLACE TEMP VIEW " + name + " AS SELECT 1 AS x")))
        .contains("may not be called " + name);
  }

  @Test
  void namesOfSeveralParts_andOfCommonTables_areRefused() {
    Dataset<Row> own = ada.table("cities");

    assertThat(words(RefusalCode.PARAM_INVALID, () -> own.createOrReplaceTempView("`a.b`")))
        .contains("one part");
    Refused.by(RefusalCode.PARAM_INVALID, () -> own.createOrReplaceTempView("results.x"));
    own.createOrReplaceTempView("taken");
    assertThat(
            words(
                RefusalCode.PARAM_INVALID,
                () -> ada.sql("WITH taken AS (SELECT 1 AS x) SELECT * FROM taken")))
        .contains("name of a view");
  }

  @Test
  void anotherSession_andAnotherPrincipal_doNotSeeIt() {
    ada.table("cities").createOrReplaceTempView("mine");

    for (SparkSession other : List.of(server.session("ada"), server.session("bob"))) {
      Refused.by(RefusalCode.SOURCE_NOT_ALLOWED, () -> other.table("mine").collectAsList());
      Refused.by(RefusalCode.SOURCE_NOT_ALLOWED, () -> other.sql("SELECT * FROM mine"));
      assertThat(other.catalog().tableExists("mine")).isFalse();
      assertThat(other.catalog().dropTempView("mine")).isFalse();
    }
    assertThat(rows(ada.table("mine"))).isNotEmpty();
  }

  @Test
  void secondOfItsName_isRefused_unlessItMayReplace() {
    ada.table("cities").createOrReplaceTempView("once");

    assertThat(words(RefusalCode.PARAM_INVALID, () -> ada.range(3).toDF().createTempView("once")))
        .contains("already");
    Refused.by(
        RefusalCode.PARAM_INVALID, () -> ada.sql("CREATE TEMPORARY VIEW Once AS SELECT 1 AS x"));
    assertThat(ada.table("once").columns()).containsExactly("city", "region");
    ada.sql("CREATE OR REPLACE TEMPORARY VIEW Once AS SELECT 1 AS x");
    assertThat(rows(ada.table("once"))).containsExactly(RowFactory.create(1));
  }

  @Test
  void dropped_itIsNoMore() {
    ada.table("cities").createOrReplaceTempView("gone");

    assertThat(ada.catalog().dropTempView("gone")).isTrue();
    assertThat(ada.catalog().dropTempView("gone")).isFalse();
    Refused.by(RefusalCode.SOURCE_NOT_ALLOWED, () -> ada.table("gone").collectAsList());
    ada.table("cities").createOrReplaceTempView("gone");
    assertThat(rows(ada.sql("DROP VIEW gone"))).isEmpty();
    assertThat(words(RefusalCode.PARAM_INVALID, () -> ada.sql("DROP VIEW gone")))
        .contains("there is no view gone");
    assertThat(rows(ada.sql("DROP VIEW IF EXISTS gone"))).isEmpty();
    Refused.by(RefusalCode.PARAM_INVALID, () -> ada.sql("DROP VIEW people"));
    assertThat(ada.table("people").count()).isEqualTo(1000);
  }

  @Test
  void catalog_showsIt() throws org.apache.spark.sql.AnalysisException {
    ada.table("cities").createOrReplaceTempView("listed");

    assertThat(ada.catalog().tableExists("listed")).isTrue();
    assertThat(ada.catalog().listTables().collectAsList())
        .filteredOn(Table::isTemporary)
        .extracting(Table::name)
        .containsExactly("listed");
    assertThat(ada.catalog().getTable("listed").tableType()).isEqualTo("TEMPORARY");
    assertThat(rows(ada.sql("SHOW TABLES LIKE 'list*'")))
        .containsExactly(RowFactory.create("", "listed", true));
    assertThat(rows(ada.sql("SHOW VIEWS"))).containsExactly(RowFactory.create("", "listed", true));
    assertThat(rows(ada.sql("DESCRIBE listed")))
        .extracting(row -> row.getString(0))
        .containsExactly("city", "region");
    assertThat(rows(ada.sql("SHOW COLUMNS IN listed"))).hasSize(2);
  }

  @Test
  void moreThanAHundred_areRefused_untilOneIsDropped() {
    for (int i = 0; i < 100; i++) {
      ada.sql("CREATE TEMPORARY VIEW v" + i + " AS SELECT " + i + " AS x");
    }

    assertThat(
            words(
                RefusalCode.LIMIT_EXCEEDED,
                () -> ada.sql("CREATE TEMPORARY VIEW v100 AS SELECT 1 AS x")))
        .contains("at most 100")
        .contains("dropTempView");
    ada.sql("CREATE OR REPLACE TEMPORARY VIEW v99 AS SELECT 1 AS x");
    assertThat(ada.catalog().dropTempView("v0")).isTrue();
    ada.sql("CREATE TEMPORARY VIEW v100 AS SELECT 1 AS x");
  }

  @Test
  void viewThatIsUsedTwice_countsTwice() {
    String hundred =
        IntStream.range(0, 100)
            .mapToObj(i -> "SELECT 1 AS x")
            .collect(Collectors.joining(" UNION ALL "));
    ada.sql("CREATE TEMPORARY VIEW w0 AS " + hundred);
    for (int i = 1; i <= 3; i++) {
      ada.sql(
          "CREATE TEMPORARY VIEW w%d AS SELECT * FROM w%d UNION ALL SELECT * FROM w%d"
              .formatted(i, i - 1, i - 1));
    }
    String union = "SELECT * FROM w3" + " UNION ALL SELECT * FROM w3".repeat(5);
    Dataset<Row> one = ada.table("w3");
    Dataset<Row> six = one.union(one).union(one).union(one).union(one).union(one);

    assertThat(one.columns()).containsExactly("x");
    for (ThrowingCallable all :
        List.<ThrowingCallable>of(
            () -> ada.sql("CREATE TEMPORARY VIEW w4 AS " + union),
            () -> ada.sql(union),
            () -> six.columns(),
            () -> six.count(),
            () -> six.createOrReplaceTempView("w4"))) {
      assertThat(words(RefusalCode.LIMIT_EXCEEDED, all)).contains("plan-operators");
    }
  }

  @Test
  void chainOfViews_endsAtItsDepth() {
    ada.sql("CREATE OR REPLACE TEMPORARY VIEW deep AS SELECT 1 AS x");

    String refused =
        words(
            RefusalCode.LIMIT_EXCEEDED,
            () -> {
              for (int i = 0; i < 20; i++) {
                Dataset<Row> deeper = ada.table("deep");
                for (int filters = 0; filters < 20; filters++) {
                  deeper = deeper.filter("x = 1");
                }
                deeper.createOrReplaceTempView("deep");
              }
            });
    assertThat(refused).contains("inside each other");
    assertThat(rows(ada.table("deep"))).containsExactly(RowFactory.create(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE VIEW v AS SELECT 1 AS x",
        "CREATE OR REPLACE GLOBAL TEMPORARY VIEW v AS SELECT 1 AS x",
        "CREATE TEMPORARY VIEW v (y) AS SELECT 1 AS x",
        "CREATE TEMPORARY VIEW v COMMENT 'c' AS SELECT 1 AS x",
        "CREATE TEMPORARY VIEW v TBLPROPERTIES ('a' = 'b') AS SELECT 1 AS x",
        "CREATE TEMPORARY VIEW v USING csv OPTIONS (path '/etc/passwd')",
        "CACHE TABLE v AS SELECT 1 AS x",
        "ALTER VIEW v AS SELECT 1 AS x",
        "DROP TABLE people",
        "DROP VIEW IF EXISTS people; SELECT 1"
      })
  void otherViews_areRefused(String text) {
    Refused.by(RefusalCode.COMMAND_NOT_ALLOWED, () -> ada.sql(text));
  }

  @Test
  void globalViewOfADataFrame_isRefused() {
    assertThat(
            words(
                RefusalCode.COMMAND_NOT_ALLOWED,
                () -> ada.range(3).toDF().createOrReplaceGlobalTempView("v")))
        .contains("other sessions");
  }

  @Test
  void storedResultOfAView_speaksOfNoView() {
    saved().createOrReplaceTempView("stored");
    Dataset<Row> byTable = ada.table("stored").groupBy("Pclass").count().orderBy("Pclass");
    Dataset<Row> bySql = ada.sql(BY_CLASS.formatted("stored") + " ORDER BY Pclass");
    List<Row> rows = rows(byTable);
    List<String> kept = List.of(OwnClient.collect(byTable), OwnClient.collect(bySql));

    ada.table("cities").createOrReplaceTempView("stored");
    SparkSession elsewhere = server.session("ada");

    for (String id : kept) {
      assertThat(OwnClient.fetch(ada, id)).isEqualTo(rows);
      assertThat(rows(elsewhere.sql("SELECT * FROM results.`" + id + "` ORDER BY Pclass")))
          .isEqualTo(rows);
    }
  }

  @Test
  void sparksOwnCatalog_holdsNone() {
    ada.table("cities").createOrReplaceTempView("unknown_to_spark");
    ada.sql("CREATE TEMPORARY VIEW unknown_too AS SELECT 1 AS x");

    assertThat(server.owner().catalog().listTables().collectAsList())
        .extracting(Table::name)
        .doesNotContain("unknown_to_spark", "unknown_too");
  }

  @Test
  void wishes_inSqlText() {
    assertThat(rows(ada.sql("SET " + NoiseWish.EPSILON + " = 0.25")))
        .containsExactly(RowFactory.create(NoiseWish.EPSILON, "0.25"));
    assertThat(ada.conf().get(NoiseWish.EPSILON)).isEqualTo("0.25");
    assertThat(rows(ada.sql("SET " + NoiseWish.EPSILON)))
        .containsExactly(RowFactory.create(NoiseWish.EPSILON, "0.25"));
    ada.sql("RESET " + NoiseWish.EPSILON);
    assertThat(ada.conf().getOption(NoiseWish.EPSILON).isEmpty()).isTrue();
    Refused.by(RefusalCode.PARAM_INVALID, () -> ada.sql("SET " + NoiseWish.EPSILON + " = much"));
    for (String text :
        List.of("SET", "SET -v", "RESET", "SET spark.sql.ansi.enabled", "RESET spark.app.name")) {
      Refused.by(RefusalCode.CONF_NOT_ALLOWED, () -> ada.sql(text));
    }
  }
}
