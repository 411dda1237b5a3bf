package io.sallyport.spark.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows come back as they went in, few or many. */
final class RowKeeperTest {

  private static final StructType SCHEMA = new StructType().add("id", "int").add("text", "string");
  private static SparkSession session;

  @BeforeAll
  static void open() {
    session =
        new SparkSession.Builder()
            .master("local[1]")
            .appName("rows")
            .config("spark.ui.enabled", false)
            .getOrCreate();
  }

  @AfterAll
  static void close() {
    session.stop();
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
  }

  /** Many chunks: each row has 10 kB. */
  @Test
  void rows_areTheSame_heldOrStored() {
    List<UnsafeRow> rows = rows(2_000, 10_000);

    List<UnsafeRow> few = kept(rows, 1_000_000);
    List<UnsafeRow> many = kept(rows, 1_000);

    assertThat(KeptRows.areMany(few)).isFalse();
    assertThat(KeptRows.areMany(many)).isTrue();
    assertThat(few).isEqualTo(rows);
    assertThat(many).isEqualTo(rows);
    assertThat(many.get(1_999)).isEqualTo(rows.get(1_999));
    assertThat(many.get(0)).isEqualTo(rows.get(0));
    assertThatThrownBy(() -> many.get(2_000)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> many.set(0, rows.get(1)))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void wideRows_areManyBeforeTheyAreCounted() {
    assertThat(KeptRows.areMany(kept(rows(2_000, 10_000), 2_500))).isTrue();
    assertThat(KeptRows.areMany(kept(rows(2_000, 10), 2_500))).isFalse();
  }

  @Test
  void asARelation_rowsKeepTheirOrder_andCanBeQueried() {
    List<UnsafeRow> rows = rows(2_000, 5_000);
    List<Attribute> columns = Scala.list(DataTypeUtils.toAttributes(SCHEMA));
    for (List<UnsafeRow> kept : List.of(kept(rows, 1_000_000), kept(rows, 10))) {
      Dataset<Row> relation = Dataset.ofRows(session, KeptRows.relation(columns, kept));

      List<Row> read = relation.select("id").collectAsList();
      assertThat(read).extracting(row -> row.getInt(0)).isEqualTo(ids(rows));
      assertThat(relation.as("a").join(relation.as("b"), "id").count()).isEqualTo(2_000);
    }
  }

  private static List<Integer> ids(List<UnsafeRow> rows) {
    return rows.stream().map(row -> row.getInt(0)).toList();
  }

  private static List<UnsafeRow> kept(List<UnsafeRow> rows, long held) {
    RowKeeper keeper = new RowKeeper(session, 2, held);
    rows.forEach(keeper::add);
    return keeper.rows();
  }

  private static List<UnsafeRow> rows(int count, int width) {
    UnsafeProjection projection = UnsafeProjection.create(SCHEMA);
    List<UnsafeRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      InternalRow row =
          new GenericInternalRow(
              new Object[] {i, UTF8String.fromString(i + "x".repeat(i % width))});
      rows.add(projection.apply(row).copy());
    }
    return rows;
  }
}
