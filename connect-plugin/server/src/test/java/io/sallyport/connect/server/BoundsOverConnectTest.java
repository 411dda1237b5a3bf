package io.sallyport.connect.server;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.RefusalCode;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * One analyst cannot make the server do more than it may: the same as the stock client sends it.
 */
@Governed
final class BoundsOverConnectTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  private final SparkSession ada;

  BoundsOverConnectTest(GovernedServer server) {
    this.ada = server.session("ada");
    assertThat(ada.sql("SELECT 1 AS a").collectAsList()).containsExactly(RowFactory.create(1));
  }

  private static String refused(ThrowingCallable asks) {
    return Assertions.assertTimeout(
        SOON, () -> Refused.by(RefusalCode.LIMIT_EXCEEDED, asks).getMessage());
  }

  @Test
  void rowsOfNothingGoverned() {
    Column[] wide =
        IntStream.range(0, 8)
            .mapToObj(i -> lit("x".repeat(4000)).as("c" + i))
            .toArray(Column[]::new);
    assertThat(refused(() -> ada.range(100_000).select(wide).collectAsList()))
        .contains("limit.result-bytes");
    assertThat(refused(() -> ada.range(300_000).collectAsList())).contains("limit.result-rows");
    ada.range(300_000).show(5);
    assertThat(ada.range(3).select(wide).collectAsList()).hasSize(3);
  }

  @Test
  void texts() {
    String nested = "(".repeat(20_000) + "true" + ")".repeat(20_000);
    assertThat(refused(() -> ada.sql("SELECT " + nested).collectAsList())).contains("sql-nesting");
    assertThat(refused(() -> ada.range(1).filter(nested).schema())).contains("sql-nesting");
  }

  @Test
  void setsOfKeys_inAnAnalysisToo() {
    Column[] keys = IntStream.range(0, 24).mapToObj(i -> col("id").plus(i)).toArray(Column[]::new);
    Dataset<Row> cube = ada.range(1).cube(keys).count();
    assertThat(refused(cube::schema)).contains("grouping-sets");
    assertThat(refused(cube.drop("count")::schema)).contains("grouping-sets");
    assertThat(refused(cube.withColumn("n", lit(1))::collectAsList)).contains("grouping-sets");
  }

  @Test
  void expressions_thatDouble() {
    Dataset<Row> doubled = ada.range(1).select(lit(1).as("c"));
    for (Dataset<Row> next :
        Stream.iterate(doubled, BoundsOverConnectTest::twice).limit(41).toList()) {
      doubled = next;
    }
    assertThat(refused(doubled::collectAsList)).contains("expression-parts");
    assertThat(refused(doubled::schema)).contains("expression-parts");
  }

  private static Dataset<Row> twice(Dataset<Row> before) {
    return before.select(col("c").plus(col("c")).as("c"));
  }

  @Test
  void pairs() {
    Dataset<Row> pairs = ada.range(200_000).crossJoin(ada.range(200_000).toDF());
    assertThat(refused(pairs::count)).contains("made-rows");
    assertThat(ada.range(100).crossJoin(ada.range(100).toDF()).count()).isEqualTo(10_000);
  }
}
