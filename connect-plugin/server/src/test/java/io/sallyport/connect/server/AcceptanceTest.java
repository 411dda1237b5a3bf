package io.sallyport.connect.server;

import static io.sallyport.connect.server.OwnClient.call;
import static io.sallyport.connect.server.OwnClient.collect;
import static io.sallyport.connect.server.OwnClient.fetch;
import static io.sallyport.connect.server.OwnClient.handle;
import static io.sallyport.connect.server.OwnClient.pending;
import static io.sallyport.connect.server.OwnClient.procedure;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sallyport.connect.protocol.Request;
import io.sallyport.policy.decision.RefusalCode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/**
 * What BastionLab's users could do, and what its owners were promised: T1 to T18, on Spark. The
 * frames are one table under several terms; see {@link Frames}.
 */
@Governed
final class AcceptanceTest {

  private final GovernedServer server;
  private final SparkSession ada;
  private final SparkSession bob;
  private final SparkSession olga;

  AcceptanceTest(GovernedServer server) {
    this.server = server;
    this.ada = server.session("ada");
    this.bob = server.session("bob");
    this.olga = server.session("olga");
  }

  @Test
  void t01_rows_arePendingThenAccepted_withNamesWiped() {
    Dataset<Row> head = ada.table("titanic").select("Name", "Pclass", "Survived").limit(5);
    String artifact = collect(head);
    Throwable refused = Refused.by(RefusalCode.APPROVAL_REQUIRED, () -> fetch(ada, artifact));
    assertThat(refused.getMessage()).contains("at least 10 distinct PassengerId");
    procedure(olga, "approve", pending(() -> fetch(ada, artifact)));
    List<Row> rows = fetch(ada, artifact);
    assertThat(rows).hasSize(5);
    assertThat(rows).extracting(row -> row.getString(0)).containsOnly("*");
    assertThat(head.collectAsList()).as("an unmodified client gets the same").isEqualTo(rows);
  }

  @Test
  void t02_rejection_isAnExceptionWithTheReason_andDeliversNothing() {
    String artifact = collect(ada.table("titanic").select("Sex").limit(6));
    String request = pending(() -> fetch(ada, artifact));
    procedure(olga, "reject", request, "not for this study");
    assertThat(Refused.by(RefusalCode.APPROVAL_REJECTED, () -> fetch(ada, artifact)).getMessage())
        .contains("not for this study");
  }

  @Test
  void t03_survivalByClass_isReleasedWithoutAsking() {
    List<Row> rates =
        ada.table("titanic")
            .groupBy("Pclass")
            .agg(avg("Survived").as("rate"))
            .orderBy("Pclass")
            .collectAsList();
    assertThat(rates)
        .extracting(row -> "%d %.6f".formatted(row.getInt(0), row.getDouble(1)))
        .containsExactly("1 0.629630", "2 0.472826", "3 0.242363");
  }

  @Test
  void t04_survivalByAge_isDenied_whereTheOwnerTakesNoRequests() {
    Refused.by(
        RefusalCode.SMALL_GROUP,
        () -> ada.table("strict").groupBy("Age").agg(avg("Survived")).collectAsList());
  }

  @Test
  void t05_theFrameItself_isDeniedUnderEveryPolicy() {
    for (String frame : List.of("strict", "open", "trusting")) {
      Refused.by(RefusalCode.RAW_OUTPUT, () -> ada.table(frame).collectAsList());
      Refused.by(RefusalCode.RAW_OUTPUT, () -> fetch(ada, collect(ada.table(frame))));
    }
    pending(ada.table("titanic"));
  }

  @Test
  void t06_userRule_isForThatUser_andNotForWhoFetchesTheirArtifact() {
    Dataset<Row> young = ada.table("trusting").filter("Age < 3").select("Age", "Sex");
    String artifact = collect(young);
    assertThat(fetch(ada, artifact)).isNotEmpty();
    Refused.by(RefusalCode.RAW_OUTPUT, () -> fetch(bob, artifact));
    Refused.by(
        RefusalCode.RAW_OUTPUT, () -> bob.table("results.`" + artifact + "`").collectAsList());
  }

  @Test
  void t07_atLeastOneAndBoth() {
    assertThat(ada.table("either").select("Age").limit(3).collectAsList()).hasSize(3);
    assertThat(bob.table("either").groupBy("Pclass").count().collectAsList()).hasSize(3);
    Refused.by(
        RefusalCode.RAW_OUTPUT, () -> bob.table("either").select("Age").limit(3).collectAsList());
    assertThat(ada.table("both").groupBy("Pclass").count().collectAsList()).hasSize(3);
    Refused.by(
        RefusalCode.RAW_OUTPUT, () -> ada.table("both").select("Age").limit(3).collectAsList());
    assertThat(catchThrowable(() -> bob.table("both").groupBy("Pclass").count().collectAsList()))
        .hasMessageStartingWith("[SALLYPORT.");
  }

  @Test
  void t08_joinedFrames_bothPoliciesApply_andFanOutOrSemiJoinsWaiveNothing() {
    Dataset<Row> people = ada.table("people").alias("p");
    Dataset<Row> visits = ada.table("visits").alias("v");
    Dataset<Row> joined = people.join(visits, col("p.id").equalTo(col("v.person")));
    assertThat(joined.groupBy("v.day").agg(count(lit(1))).collectAsList()).hasSize(7);
    Refused.by(
        RefusalCode.SMALL_GROUP, () -> joined.groupBy("p.city").agg(sum("v.cost")).collectAsList());
    Dataset<Row> semi =
        people.join(
            visits.filter("v.cost > 20"), col("p.id").equalTo(col("v.person")), "left_semi");
    Refused.by(RefusalCode.RAW_OUTPUT, () -> semi.select("p.age").collectAsList());
    Refused.by(
        RefusalCode.RAW_OUTPUT,
        () ->
            people
                .join(visits, col("p.id").equalTo(col("v.person")), "left_anti")
                .select("p.age")
                .collectAsList());
  }

  @Test
  void t09_derivedOfDerived_keepsTheSourcesRequirement() {
    String first = collect(ada.table("strict").filter("Pclass = 3"));
    String second =
        collect(ada.table("results.`" + first + "`").withColumn("old", col("Age").gt(50)));
    Dataset<Row> derived = ada.table("results.`" + second + "`");
    assertThat(derived.groupBy("Sex").count().collectAsList()).hasSize(2);
    Refused.by(RefusalCode.SMALL_GROUP, () -> derived.groupBy("Age").count().collectAsList());
    Refused.by(RefusalCode.RAW_OUTPUT, () -> derived.select("Age").collectAsList());
  }

  @Test
  void t10_savableFalse_staysFalse_andOthersNeitherSaveNorDelete() {
    String unsavable = collect(ada.table("titanic").groupBy("Pclass").count());
    assertThat(fetch(ada, unsavable)).hasSize(3);
    Refused.by(
        RefusalCode.IDENTITY_MISMATCH, () -> call(ada, new Request.Save(unsavable, "by_class")));
    String savable = collect(ada.table("strict").groupBy("Pclass").count());
    call(ada, new Request.Save(savable, "strict_by_class"));
    assertThat(ada.table("results.strict_by_class").collectAsList())
        .containsExactlyInAnyOrderElementsOf(fetch(ada, savable));
    Refused.by(RefusalCode.SOURCE_NOT_ALLOWED, () -> call(bob, new Request.Delete(savable)));
    call(ada, new Request.Delete(savable));
    Refused.by(RefusalCode.SOURCE_NOT_ALLOWED, () -> fetch(ada, savable));
  }

  @Test
  void t11_histogram_passesWhenBinsAreLargeEnough() {
    Dataset<Row> known = ada.table("strict").filter("Age IS NOT NULL");
    Column decade = col("Age").divide(10).cast("int");
    Refused.by(
        RefusalCode.SMALL_GROUP, () -> known.groupBy(decade.as("bin")).count().collectAsList());
    Column clipped = when(col("Age").gt(50), lit(50)).otherwise(col("Age"));
    assertThat(known.groupBy(clipped.divide(10).cast("int").as("bin")).count().collectAsList())
        .hasSize(6);
  }

  @Test
  void t12_percentMissing_passes_andDescribeSaysWhyNot() {
    Row missing =
        ada.table("strict")
            .agg(
                sum(when(col("Age").isNull(), 1).otherwise(0)).as("missing"),
                count(lit(1)).as("all"))
            .withColumn("percent", col("missing").multiply(100).divide(col("all")))
            .collectAsList()
            .get(0);
    assertThat(missing.getDouble(2)).isBetween(19.0, 21.0);
    assertThat(catchThrowable(() -> ada.table("strict").describe("Age").collectAsList()))
        .hasMessageStartingWith("[SALLYPORT.")
        .hasMessageContaining("What would pass: ");
  }

  @Test
  void t13_sql_hasTheVerdictsOfDataFrames() {
    assertThat(
            ada.sql("SELECT Pclass, count(*) FROM strict GROUP BY Pclass ORDER BY 1")
                .collectAsList())
        .isEqualTo(ada.table("strict").groupBy("Pclass").count().orderBy("Pclass").collectAsList());
    Refused.by(
        RefusalCode.SMALL_GROUP,
        () -> ada.sql("SELECT Age, count(*) FROM strict GROUP BY Age").collectAsList());
    String bySql = pending(ada.sql("SELECT Sex, Pclass FROM titanic WHERE Age = 13"));
    assertThat(pending(ada.table("titanic").filter("Age = 13").select("Sex", "Pclass")))
        .as("one question, whichever way it is asked")
        .isEqualTo(bySql);
  }

  @Test
  void t14_types_comeBackAsTheyAre_nestedAndNull() {
    Dataset<Row> rows =
        ada.table("titanic")
            .filter("Age = 14")
            .select("Age", "Tickets", "Cabin", "Boats", "Boarded")
            .orderBy("Boarded");
    procedure(olga, "approve", pending(rows));
    List<Row> raw =
        server
            .owner()
            .read()
            .parquet(server.directory().resolve("titanic").toString())
            .filter("Age = 14")
            .select("Age", "Tickets", "Cabin", "Boats", "Boarded")
            .orderBy("Boarded")
            .collectAsList();
    assertThat(rows.collectAsList().toString()).isEqualTo(raw.toString());
    assertThat(call(ada, new Request.FetchArrow(collect(rows), ""))).isNotEmpty();
  }

  @Test
  void t15_aClosedSessionIsReplaced_andAnUnknownTokenRefused() throws IOException {
    SparkSession first = server.session("ada");
    first.table("strict").groupBy("Pclass").count().collectAsList();
    first.close();
    assertThat(server.session("ada").table("strict").groupBy("Pclass").count().count())
        .isEqualTo(3);
    try (RawClient nobody = server.rawWithToken(Optional.of("nobody's"))) {
      Refused.with(
          RefusalCode.UNAUTHENTICATED,
          nobody.failure(
              stub -> stub.analyzePlan(Requests.schema(Requests.id(), Requests.range()))));
    }
  }

  @Test
  void t16_materialising_resetsNothing() {
    Dataset<Row> strict = ada.table("strict");
    String tenfold =
        collect(strict.crossJoin(ada.range(10).toDF("n")).select("PassengerId", "Sex", "Survived"));
    Refused.by(
        RefusalCode.RAW_OUTPUT,
        () ->
            ada.table("results.`" + tenfold + "`")
                .groupBy("PassengerId")
                .agg(avg("Survived"))
                .collectAsList());
    String one = collect(strict.filter("Name = 'passenger 17'"));
    assertThat(handle(ada.table("results.`" + one + "`").agg(sum("Age"))).getString(2))
        .isEqualTo("REFUSE");
  }

  @Test
  void t17_twoPendingApprovals_areAnsweredIndependently_andNobodyHangs() {
    Dataset<Row> first = ada.table("titanic").filter("Age = 15").select("Sex");
    Dataset<Row> second = bob.table("titanic").filter("Age = 16").select("Sex");
    String one = pending(first);
    String two = pending(second);
    CompletableFuture<Row> rejected =
        CompletableFuture.supplyAsync(() -> procedure(olga, "reject", one, "no"));
    CompletableFuture<Row> approved =
        CompletableFuture.supplyAsync(
            () -> procedure(server.session("olga"), "approve", two, "yes"));
    assertThat(rejected.join().getString(1)).isEqualTo("REJECTED");
    assertThat(approved.join().getString(1)).isEqualTo("APPROVED");
    Refused.by(RefusalCode.APPROVAL_REJECTED, first::collectAsList);
    assertThat(second.collectAsList()).isNotEmpty();
    String waiting = pending(ada.table("titanic").filter("Age = 17").select("Sex"));
    assertThat(call(ada, new Request.RequestStatus(waiting)).get(0).getString(1))
        .as("nobody at a console: it waits, and is not approved")
        .isEqualTo("PENDING");
  }

  @Test
  void t18_audit_hasWhoWhatVerdictDecisionAndResult() {
    Dataset<Row> rows = ada.table("titanic").filter("Age = 18").select("Sex");
    String request = pending(rows);
    procedure(olga, "approve", request, "for the record");
    rows.collectAsList();
    List<Row> records =
        olga.table("sallyport.audit")
            .filter(col("request").equalTo(request))
            .select("principal", "verdict", "decision", "result_hash", "question")
            .orderBy(col("number").cast("long"))
            .collectAsList();
    assertThat(records).hasSize(2);
    assertThat(records.get(0).getString(0)).isEqualTo("olga");
    assertThat(records.get(0).getString(1)).isEqualTo("DECIDED");
    assertThat(records.get(0).getString(2)).contains("olga approves: for the record");
    assertThat(records.get(1).getString(0)).isEqualTo("ada");
    assertThat(records.get(1).getString(1)).isEqualTo("RELEASED");
    assertThat(records.get(1).getString(3)).hasSize(64);
    assertThat(records.get(1).getString(4)).contains("titanic");
  }
}
