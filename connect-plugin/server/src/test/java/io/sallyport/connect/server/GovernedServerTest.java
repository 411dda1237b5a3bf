package io.sallyport.connect.server;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.RefusalCode;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** The road from end to end, with the stock client as it is. */
@Governed
class GovernedServerTest {

  private final GovernedServer server;

  GovernedServerTest(GovernedServer server) {
    this.server = server;
  }

  @Test
  void rawFrame_isRefused_withTheCodeInFront() {
    Refused.by(RefusalCode.RAW_OUTPUT, () -> server.session("ada").table("people").collectAsList());
  }

  @Test
  void publicRows_areAnswered() {
    SparkSession ada = server.session("ada");

    assertThat(ada.range(5).count()).isEqualTo(5);
    assertThat(ada.table("cities").collectAsList()).hasSize(4);
    ada.stop();
  }

  @Test
  void schemaOfAFrame_isShown() {
    assertThat(server.session("ada").table("people").schema().fieldNames())
        .contains("id", "city", "age", "income");
  }

  @Test
  void largeGroups_areReleasedAsSparkComputesThem() {
    Dataset<Row> asked = averages(server.session("ada").table("visits"));

    assertThat(asked.collectAsList())
        .containsExactlyInAnyOrderElementsOf(
            averages(server.owner().read().parquet(server.directory().resolve("visits").toString()))
                .collectAsList());
  }

  private static Dataset<Row> averages(Dataset<Row> people) {
    return people.groupBy("day").agg(count(lit(1)).as("n"), avg("cost").as("mean"));
  }

  @Test
  void sqlText_isAnsweredLikeTheSamePlan() {
    SparkSession ada = server.session("ada");

    assertThat(ada.sql("SELECT count(*) AS n FROM people").collectAsList())
        .containsExactly(RowFactory.create(1000L));
    Refused.by(RefusalCode.RAW_OUTPUT, () -> ada.sql("SELECT * FROM people").collectAsList());
  }

  @Test
  void ownRows_areBroughtAlong() {
    SparkSession ada = server.session("ada");
    StructType type = new StructType().add("city", DataTypes.StringType);

    Dataset<Row> own =
        ada.createDataFrame(List.of(RowFactory.create("Athens"), RowFactory.create("Oslo")), type);

    assertThat(own.collectAsList()).hasSize(2);
  }

  @Test
  void show_isRefusedOnAFrame_andPrintsWhatWasReleased() {
    SparkSession ada = server.session("ada");

    Refused.by(RefusalCode.RAW_OUTPUT, () -> ada.table("people").show());
    ada.table("visits").groupBy("day").count().orderBy("day").show();
  }

  @Test
  void tableWithoutPolicy_doesNotExist() {
    Refused.by(
        RefusalCode.SOURCE_NOT_ALLOWED, () -> server.session("ada").table("hidden").collect());
  }

  @Test
  void stoppedSession_isClosed() {
    SparkSession ada = server.session("ada");
    assertThat(ada.range(1).count()).isEqualTo(1);

    ada.stop();
  }
}
