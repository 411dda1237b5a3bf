package io.sallyport.spark.release;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InterpretedOrdering;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Cutting and comparing rows that the chamber has on the driver. */
final class Rows {

  private Rows() {}

  /** References to the columns from one ordinal (inclusive) to another (exclusive). */
  static List<Expression> references(List<Attribute> columns, int from, int to) {
    List<Expression> references = new ArrayList<>();
    for (int i = from; i < to; i++) {
      references.add(new BoundReference(i, columns.get(i).dataType(), columns.get(i).nullable()));
    }
    return references;
  }

  static UnsafeRow project(UnsafeProjection projection, InternalRow row) {
    return projection.apply(row).copy();
  }

  static UnsafeProjection projection(List<Expression> columns) {
    return UnsafeProjection.create(Scala.<Expression>seq(columns));
  }

  /** Rows of the given columns in ascending order, NULLs first. */
  static Comparator<InternalRow> order(List<Attribute> columns) {
    return new InterpretedOrdering(
        Scala.<SortOrder>seq(ascending(references(columns, 0, columns.size()))));
  }

  /** The same order as Spark sorts by. */
  static List<SortOrder> ascending(List<? extends Expression> columns) {
    List<SortOrder> orders = new ArrayList<>();
    for (Expression column : columns) {
      orders.add(
          new SortOrder(column, Ascending$.MODULE$, NullsFirst$.MODULE$, Scala.noElements()));
    }
    return orders;
  }
}
