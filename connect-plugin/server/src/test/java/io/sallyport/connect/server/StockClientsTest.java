package io.sallyport.connect.server;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.release.NoiseWish;
import java.util.Map;
import org.apache.spark.SparkException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the stock JVM client says of itself, sets, asks for and is told. */
@Governed
class StockClientsTest {

  private final GovernedServer server;

  StockClientsTest(GovernedServer server) {
    this.server = server;
  }

  @Test
  void builderWithConfs_opensASession_andItsWishesHold() {
    SparkSession ada =
        builder()
            .config("spark.app.name", "a study")
            .config("spark.sql.shuffle.partitions", "4")
            .config(NoiseWish.EPSILON, "0.5")
            .create();

    assertThat(ada.table("titanic").groupBy("Pclass").count().collectAsList()).hasSize(3);
    assertThat(ada.conf().get(NoiseWish.EPSILON)).isEqualTo("0.5");
    assertThat(ada.conf().getOption("spark.sql.shuffle.partitions").isEmpty()).isTrue();
    assertThat(ada.conf().isModifiable(NoiseWish.EPSILON)).isTrue();
  }

  @Test
  void builderWithAWishThatIsNone_isRefused() {
    Refused.by(
        RefusalCode.PARAM_INVALID, () -> builder().config(NoiseWish.EPSILON, "much").create());
  }

  private org.apache.spark.sql.connect.SparkSession.Builder builder() {
    return org.apache.spark.sql.connect.SparkSession.builder()
        .remote("sc://localhost:" + server.port() + "/;token=" + People.token("ada"));
  }

  @Test
  void refusal_isAConditionWithState_inTheStockClient() {
    Throwable refused = catchThrowable(() -> server.session("ada").table("people").collectAsList());

    assertThat(refused).isInstanceOf(SparkException.class);
    SparkThrowable condition = (SparkThrowable) refused;
    assertThat(condition.getCondition()).isEqualTo("SALLYPORT.RAW_OUTPUT");
    assertThat(condition.getSqlState()).isEqualTo("42501");
    assertThat(condition.getMessageParameters()).containsKeys("subject", "policy", "remedy");
    assertThat(refused.getMessage()).startsWith("[SALLYPORT.RAW_OUTPUT]");
    assertThat(condition.isInternalError()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00dcmit", "\u6f22\u5b57", "\ud83d\ude00"})
  void refusalInAnyAlphabet_arrivesAsItIs(String word) {
    Throwable refused =
        Refused.by(
            RefusalCode.PARAM_INVALID,
            () -> server.session("ada").table("people").select(word).collectAsList());

    assertThat(refused.getMessage()).contains(word);
  }

  @Test
  void argumentsOfSql_byNameAndByPosition() {
    SparkSession ada = server.session("ada");
    Object three = ada.sql("SELECT count(*) FROM titanic WHERE Pclass = 3").first().get(0);

    assertThat(
            ada.sql("SELECT count(*) FROM titanic WHERE Pclass = :p", Map.of("p", 3))
                .first()
                .get(0))
        .isEqualTo(three);
    assertThat(
            ada.sql("SELECT count(*) FROM titanic WHERE Pclass = ?", new Object[] {3})
                .first()
                .get(0))
        .isEqualTo(three);
    assertThat(ada.sql("SELECT :s AS s", Map.of("s", "o'hara\\")).collectAsList())
        .containsExactly(RowFactory.create("o'hara\\"));
    assertThat(ada.sql("SELECT :s AS s", Map.of("s", lit(1.5))).collectAsList())
        .containsExactly(RowFactory.create(1.5));
    Throwable missing =
        Refused.by(
            RefusalCode.PARAM_INVALID,
            () -> ada.sql("SELECT count(*) FROM titanic WHERE Pclass = :p").collectAsList());
    assertThat(missing.getMessage()).contains(":p");
  }

  @Test
  void questionsAboutAPlan_thatAreNoneAboutData_areAnswered() {
    SparkSession ada = server.session("ada");
    var classes = ada.table("titanic").groupBy("Pclass").agg(avg("Age"));

    assertThat(classes.isLocal()).isFalse();
    assertThat(classes.isStreaming()).isFalse();
    assertThat(classes.cache().unpersist().storageLevel()).isEqualTo(StorageLevel.NONE());
    assertThat(classes.cache().collectAsList()).hasSize(3);
    assertThat(classes.schema().treeString()).contains("Pclass");
    classes.printSchema(1);
  }
}
