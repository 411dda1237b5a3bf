package io.sallyport.spark.exact;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * A group of a release point: its key and its cells.
 *
 * @param key the values of the grouping expressions
 * @param cells at least one
 */
record GroupCells(UnsafeRow key, List<In> cells) {

  /**
   * A cell of a group.
   *
   * @param table whose cell it is
   * @param piece the branch of the point that it belongs to
   */
  record In(CellTable table, PointReading.Piece piece, Cell cell) {}

  GroupCells {
    cells = List.copyOf(cells);
  }

  /** The most people that one cell is known to hold: as many has the group at least. */
  long people() {
    return cells.stream().mapToLong(in -> in.cell().people()).max().orElse(0);
  }
}
