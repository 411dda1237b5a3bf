package io.sallyport.spark.exact;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Puts the cells of a release point together to its groups. */
final class PointGroups {

  private PointGroups() {}

  /**
   * The groups of a point, each once.
   *
   * @param tables for each piece of the point, in order, the table that has its cells
   */
  static List<GroupCells> of(PointReading point, List<CellTable> tables) {
    Map<UnsafeRow, List<GroupCells.In>> groups = new LinkedHashMap<>();
    for (int i = 0; i < point.parts().size(); i++) {
      PointReading.Piece piece = point.parts().get(i);
      CellTable table = tables.get(i);
      int passes = table.shape().passes(piece);
      UnsafeProjection key = key(piece, table.shape());
      for (Cell cell : table.cells()) {
        if (cell.has(passes)) {
          groups
              .computeIfAbsent(key.apply(cell.values()).copy(), k -> new ArrayList<>())
              .add(new GroupCells.In(table, piece, cell));
        }
      }
    }
    List<GroupCells> all = new ArrayList<>();
    groups.forEach((key, cells) -> all.add(new GroupCells(key, cells)));
    return all;
  }

  /** From the values of a cell's keys to those of the point's keys. */
  private static UnsafeProjection key(PointReading.Piece piece, CellShape shape) {
    List<Expression> references = new ArrayList<>();
    for (Expression key : piece.keys()) {
      references.add(new BoundReference(shape.key(piece, key), key.dataType(), true));
    }
    return UnsafeProjection.create(Scala.<Expression>seq(references));
  }
}
