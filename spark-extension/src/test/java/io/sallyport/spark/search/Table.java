package io.sallyport.spark.search;

import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The rows of a small table whose first column is the person.
 *
 * @param schema in Spark's notation of DDL
 */
record Table(String schema, List<Object[]> rows) {

  StructType type() {
    return StructType.fromDDL(schema);
  }

  List<Row> external() {
    return rows.stream().map(RowFactory::create).toList();
  }

  int column(String name) {
    return type().fieldIndex(name);
  }

  static long person(Object[] row) {
    return (Long) row[0];
  }

  /** As Spark's operators read it. */
  static InternalRow internal(Object[] row) {
    Object[] values = new Object[row.length];
    for (int i = 0; i < row.length; i++) {
      values[i] =
          row[i] instanceof String text
              ? UTF8String.fromString(text)
              : row[i] instanceof BigDecimal number ? Decimal.apply(number) : row[i];
    }
    return new GenericInternalRow(values);
  }
}
