package io.sallyport.connect.client.endtoend;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sallyport.connect.client.Refused;
import io.sallyport.connect.client.RemoteFailure;
import io.sallyport.connect.client.RemoteLazyFrame;
import io.sallyport.connect.client.RemoteSession;
import io.sallyport.connect.client.Sallyport;
import io.sallyport.connect.client.local.LocalError;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames, their schemas and plans over them, as a server sees them; nothing is collected. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FramesTest {

  private static Hospital hospital;
  private static RemoteSession session;

  @BeforeAll
  static void open() throws Exception {
    hospital = Hospital.open();
    session = hospital.session("ada");
  }

  @AfterAll
  static void close() {
    if (session != null) {
      session.close();
    }
    if (hospital != null) {
      hospital.close();
    }
  }

  @Test
  void frame_hasItsSchema() {
    assertThat(session.frame("stays").columns()).containsExactly("patient", "name", "ward", "days");
  }

  @Test
  void operators_areWhatTheServerUnderstands() {
    RemoteLazyFrame stays = session.frame("stays");
    RemoteLazyFrame wards =
        session.createFrame(
            List.of(RowFactory.create("A", 10), RowFactory.create("B", 20)),
            StructType.fromDDL("ward STRING, beds INT"));
    List<RemoteLazyFrame> plans =
        List.of(
            stays.select("ward", "days").filter("days > 2"),
            stays.select(col("ward"), col("days").multiply(2).as("twice")).where("twice > 2"),
            stays.select("ward").orderBy("days"),
            stays.select(col("days").as("d"), col("d").plus(1).as("e")).select("e"),
            stays.withColumn("long", col("days").gt(5)).filter(col("long")),
            stays.withColumnRenamed("ward", "unit").drop("days").groupBy("unit").count(),
            stays.groupBy("ward").agg(count(lit(1)).as("n"), avg("days")).orderBy("ward").limit(2),
            stays.groupBy("ward").sum("days").select("ward", "`sum(days)`"),
            stays.groupBy("ward").sum("days").select("ward", "sum(days)"),
            stays.agg(sum("days").as("d")).filter(col("d").gt(1)),
            stays.join(wards, "ward").groupBy("ward", "beds").count(),
            stays
                .join(wards, stays.col("ward").equalTo(wards.col("ward")))
                .select(stays.col("ward")),
            stays.join(wards, List.of("ward"), "left_semi").select("stays.days"),
            stays
                .as("a")
                .join(stays.as("b"), col("a.patient").equalTo(col("b.patient")))
                .select("a.ward"),
            stays.select("ward").union(wards.select("ward")).distinct(),
            stays.select("days", "ward").unionByName(stays.select("ward", "days")).offset(1),
            stays.dropDuplicates("patient", "ward").toDF("a", "b", "c", "d"),
            session.sql("SELECT ward, COUNT(*) AS n FROM stays GROUP BY ward").filter("n > 20"));

    for (RemoteLazyFrame plan : plans) {
      assertThat(plan.schema().fields()).isNotEmpty();
    }
  }

  @Test
  void localErrors_areThrown_andTheSessionGoesOn() {
    RemoteLazyFrame stays = session.frame("stays");

    assertThatExceptionOfType(LocalError.class)
        .isThrownBy(() -> stays.select("wart"))
        .withMessageContaining("Did you mean `ward`?");
    assertThat(stays.select("ward").columns()).containsExactly("ward");
  }

  @Test
  void unknownFrame_isRefused() {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> session.frame("nothing_here"))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo("SOURCE_NOT_ALLOWED"))
        .satisfies(refused -> assertThat(refused.remedy()).isNotEmpty());
  }

  @Test
  void queryOfAFile_isRefused() {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> session.sql("SELECT * FROM csv.`/etc/passwd`"));
  }

  @Test
  void wrongToken_isRefused() {
    try (RemoteSession other =
        Sallyport.connect("sc://localhost:" + hospital.port(), "a-token-that-nobody-has")) {
      assertThatExceptionOfType(RuntimeException.class)
          .isThrownBy(() -> other.frame("stays"))
          .isInstanceOfAny(Refused.class, RemoteFailure.class);
    }
  }
}
