package io.sallyport.spark.release;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.spark.scala.Scala;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A show is judged by the text that it would be, whatever makes that text large. */
final class ShownTextTest {

  private static final SparkSession SPARK =
      new SparkSession.Builder()
          .master("local[1]")
          .config("spark.ui.enabled", "false")
          .getOrCreate();

  private static final int MOST_BYTES = 4 << 20;

  @AfterAll
  static void stop() {
    SPARK.stop();
  }

  private static Dataset<Row> of(String text) {
    return SPARK.sql(text);
  }

  private static LogicalPlan rows(Dataset<Row> data) {
    StructType schema = data.schema();
    UnsafeProjection packed = UnsafeProjection.create(schema);
    List<InternalRow> rows =
        Arrays.stream(data.queryExecution().executedPlan().executeCollect())
            .map(row -> (InternalRow) packed.apply(row).copy())
            .toList();
    return new LocalRelation(
        data.queryExecution().analyzed().output(), Scala.seq(rows), false, Scala.none());
  }

  private static void judge(String text, int shown, int truncate, boolean vertical) {
    Dataset<Row> data = of(text);
    LogicalPlan rows = rows(data);
    ShownText judged = new ShownText(shown, truncate, vertical);
    long written = data.showString(shown, truncate, vertical).length();

    assertThatThrownBy(() -> judged.require(rows, 4 * written - 4))
        .hasMessageContaining("LIMIT_EXCEEDED");
    assertThatCode(() -> judged.require(rows, 64 * written + 64_000)).doesNotThrowAnyException();
  }

  @Test
  void everyText_isJudgedAtNoLessThanItIs_andNotAtMuchMore() {
    for (boolean vertical : List.of(false, true)) {
      for (int truncate : vertical ? List.of(0) : List.of(0, 20)) {
        judge(
            "SELECT IF(id = 3, repeat('a', 3000), 'b') AS x FROM range(50)",
            40,
            truncate,
            vertical);
        judge(
            "SELECT IF(id = 3, repeat('\n', 3000), 'b') AS x FROM range(50)",
            40,
            truncate,
            vertical);
        judge(
            "SELECT IF(id = 3, repeat('\u6c34', 900), 'b') AS x FROM range(50)",
            40,
            truncate,
            vertical);
        judge(
            "SELECT -id AS a_name_that_is_longer_than_any_value, id FROM range(50)",
            50,
            truncate,
            vertical);
        judge(
            "SELECT IF(id = 3, binary(repeat('a', 3000)), binary('b')) AS x FROM range(50)",
            40,
            truncate,
            vertical);
        judge(
            "SELECT array_repeat(boolean(id), 30) AS x, named_struct('a', date'2020-01-01', 'b', array(-id, null)) AS y FROM range(50)",
            50,
            truncate,
            vertical);
        judge(
            "SELECT map(id, timestamp'2020-01-01 00:00:00.123456') AS x, -1e-300d / 3, interval 3 days, decimal(id) FROM range(50)",
            50,
            truncate,
            vertical);
      }
    }
  }

  @Test
  void oneLongTextAmongManyShortOnes_isRefused_andTruncatedItPasses() {
    LogicalPlan rows =
        rows(of("SELECT IF(id = 3, repeat('a', 100000), 'b') AS x FROM range(5000)"));

    assertThatThrownBy(() -> new ShownText(5000, 0, false).require(rows, MOST_BYTES))
        .hasMessageContaining("limit.result-bytes");
    assertThatThrownBy(() -> new ShownText(5000, 0, true).require(rows, MOST_BYTES))
        .hasMessageContaining("limit.result-bytes");
    assertThatCode(() -> new ShownText(5000, 20, false).require(rows, MOST_BYTES))
        .doesNotThrowAnyException();
    assertThatCode(() -> new ShownText(3, 0, false).require(rows, MOST_BYTES))
        .doesNotThrowAnyException();
  }
}
