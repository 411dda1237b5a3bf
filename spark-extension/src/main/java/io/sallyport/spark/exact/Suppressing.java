package io.sallyport.spark.exact;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InterpretedOrdering;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** In which order groups are left out. */
final class Suppressing {

  private Suppressing() {}

  static Comparator<GroupCells> smallestFirst(PointReading point) {
    List<SortOrder> orders = new ArrayList<>();
    List<Expression> keys = Scala.list(point.aggregate().groupingExpressions());
    for (int i = 0; i < keys.size(); i++) {
      orders.add(
          new SortOrder(
              new BoundReference(i, keys.get(i).dataType(), true),
              Ascending$.MODULE$,
              NullsFirst$.MODULE$,
              Scala.noElements()));
    }
    Comparator<InternalRow> byKey = new InterpretedOrdering(Scala.<SortOrder>seq(orders));
    return Comparator.comparingLong(GroupCells::people)
        .thenComparing(group -> (InternalRow) group.key(), byKey);
  }

  static List<UnsafeRow> keys(List<GroupCells> groups) {
    return groups.stream().map(GroupCells::key).toList();
  }

  static List<GroupCells> without(List<GroupCells> groups, List<GroupCells> dropped) {
    Set<UnsafeRow> keys = new HashSet<>(keys(dropped));
    return groups.stream().filter(group -> !keys.contains(group.key())).toList();
  }
}
