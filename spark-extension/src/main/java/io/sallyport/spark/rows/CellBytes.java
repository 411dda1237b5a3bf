package io.sallyport.spark.rows;

import io.sallyport.spark.scala.Scala;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** How many bytes values have that came along with a plan, or were released. */
public final class CellBytes {

  /** A number, or where a text lies. */
  private static final long WORD = 8;

  private CellBytes() {}

  /** Bytes of the longest value in a column of a leaf; 0 where its rows are not in the plan. */
  public static long longest(LogicalPlan leaf, int column) {
    if (KeptRows.isMany(leaf)) {
      return ((KeptRdd) ((LogicalRDD) leaf).rdd()).bytesOfARow();
    }
    long longest = 0;
    if (leaf instanceof LocalRelation rows) {
      DataType type = Scala.<Attribute>list(rows.output()).get(column).dataType();
      for (InternalRow row : Scala.<InternalRow>list(rows.data())) {
        longest = Math.max(longest, row.isNullAt(column) ? 0 : of(row.get(column, type), type));
      }
    }
    return longest;
  }

  /** Bytes of a value, lists and structs with all that is in them. */
  public static long of(Object value, DataType type) {
    if (value instanceof UTF8String text) {
      return text.numBytes();
    }
    if (value instanceof byte[] bytes) {
      return bytes.length;
    }
    if (value instanceof ArrayData list && type instanceof ArrayType of) {
      return list(list, of.elementType());
    }
    if (value instanceof MapData map && type instanceof MapType of) {
      return list(map.keyArray(), of.keyType()) + list(map.valueArray(), of.valueType());
    }
    if (value instanceof InternalRow row && type instanceof StructType of) {
      long bytes = 0;
      StructField[] fields = of.fields();
      for (int i = 0; i < fields.length; i++) {
        bytes +=
            WORD
                + (row.isNullAt(i)
                    ? 0
                    : of(row.get(i, fields[i].dataType()), fields[i].dataType()));
      }
      return bytes;
    }
    return value == null ? 0 : WORD;
  }

  private static long list(ArrayData list, DataType type) {
    long bytes = 0;
    for (int i = 0; i < list.numElements(); i++) {
      bytes += WORD + (list.isNullAt(i) ? 0 : of(list.get(i, type), type));
    }
    return bytes;
  }
}
