package io.sallyport.spark.release;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.rows.KeptRows;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * The text that {@code show} makes of rows. Spark pads each cell to the widest of its column, and
 * in a vertical show to the widest of all, so one long text among many short ones is written out
 * for each row. How large the text becomes is told from the rows before it is made.
 *
 * @param rows that are shown at most
 * @param truncate characters of a cell at most; 0 for all
 * @param vertical whether each value has a line of its own
 */
public record ShownText(int rows, int truncate, boolean vertical) {

  /**
   * A character's share of {@code limit.result-bytes}: the text is there as cells, as a text and as
   * a row at the same time.
   */
  private static final int BYTES = 4;

  /** Of a line break {@code \n} is shown, and some characters are two wide. */
  private static final int WIDE = 2;

  /** Numbers, dates and intervals. */
  private static final long USUAL = 64;

  private static final Map<DataType, Long> WIDTHS =
      Map.of(
          DataTypes.BooleanType, 5L,
          DataTypes.IntegerType, 11L,
          DataTypes.LongType, 20L,
          DataTypes.DoubleType, 24L);

  /** A byte of binary is two digits and a blank. */
  private static final long HEX = 3;

  /** Brackets, commas and NULLs of lists and structures, beside their bytes. */
  private static final long NESTED = 8;

  private static final long NARROWEST = 3;

  private static final long NULL = 4;

  /** Bars, blanks and line ends of a vertical show. */
  private static final long BETWEEN = 32;

  private static final long LINES_AROUND = 5;

  /**
   * Requires that it is not too large.
   *
   * @param mostBytes {@code limit.result-bytes}
   * @throws RefusedException LIMIT_EXCEEDED with what passes
   */
  void require(LogicalPlan released, long mostBytes) {
    long most = mostBytes / BYTES;
    if (characters(released) > most) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "the text of show() may have more than "
              + most
              + " characters, because each cell is as wide as the widest (a quarter of"
              + " limit.result-bytes)",
          "fewer rows, or show(20, truncate = 20)");
    }
  }

  /** At most as many characters. */
  private long characters(LogicalPlan released) {
    List<Attribute> columns = Scala.list(released.output());
    List<InternalRow> shown = KeptRows.first(released, Math.max(0, rows));
    long line = 2;
    long widest = 0;
    long name = 0;
    for (int i = 0; i < columns.size(); i++) {
      DataType type = columns.get(i).dataType();
      long cell = 0;
      for (InternalRow row : shown) {
        cell = Math.max(cell, width(row, i, type));
      }
      long title = cut((long) WIDE * columns.get(i).name().length());
      line += 1 + Math.max(NARROWEST, Math.max(title, cell));
      widest = Math.max(widest, cell);
      name = Math.max(name, title);
    }
    return vertical
        ? shown.size() * (columns.size() + 1L) * (BETWEEN + name + widest)
        : (shown.size() + LINES_AROUND) * line;
  }

  private long width(InternalRow row, int column, DataType type) {
    if (row.isNullAt(column)) {
      return NULL;
    }
    if (type instanceof StringType) {
      return cut((long) WIDE * row.getUTF8String(column).numBytes());
    }
    if (type instanceof BinaryType) {
      return cut(USUAL + HEX * row.getBinary(column).length);
    }
    boolean nested =
        type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
    return cut(nested ? USUAL + NESTED * bytes(row) : WIDTHS.getOrDefault(type, USUAL));
  }

  /** Of the whole row, which is no less than of one of its values. */
  private static long bytes(InternalRow row) {
    return row instanceof UnsafeRow packed ? packed.getSizeInBytes() : Integer.MAX_VALUE;
  }

  private long cut(long characters) {
    return truncate > 0 ? Math.min(characters, (long) WIDE * truncate) : characters;
  }
}
