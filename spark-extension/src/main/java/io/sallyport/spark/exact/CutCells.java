package io.sallyport.spark.exact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The cells that no number of a question counts, by what is told of them together: whatever the
 * answer tells of who is cut away, it tells of all of a set. Within one, who has rows in which
 * frame is told apart, since each frame's people are its owner's to protect.
 */
final class CutCells {

  private final CellTable table;
  private final Map<List<Object>, List<Cell>> together = new HashMap<>();

  CutCells(CellTable table) {
    this.table = table;
    for (Cell cell : table.cells()) {
      if (isCut(cell)) {
        together.computeIfAbsent(set(cell), set -> new ArrayList<>()).add(cell);
      }
    }
  }

  /**
   * Whether few people of a cell are not told of: enough others are cut away with them, who are in
   * every frame that they are in. Few who are in no frame hide among those who are in one, and not
   * the other way about.
   *
   * @param holdsEnough whether the people of a cell are enough
   */
  boolean isHidden(Cell cell, Predicate<Cell> holdsEnough) {
    return isCut(cell)
        && together.get(set(cell)).stream()
            .anyMatch(other -> isWhereverIs(other, cell) && holdsEnough.test(other));
  }

  private boolean isCut(Cell cell) {
    return table.shape().pieces().stream()
        .noneMatch(piece -> cell.has(table.shape().passes(piece)));
  }

  private boolean isWhereverIs(Cell other, Cell cell) {
    return table.shape().toldOnly().stream().allMatch(bit -> other.has(bit) || !cell.has(bit));
  }

  /** All that tells a cell apart but for who has rows in which frame. */
  private List<Object> set(Cell cell) {
    List<Object> set = new ArrayList<>(List.of(cell.values()));
    List<Long> masks = new ArrayList<>(cell.masks());
    for (int bit : table.shape().toldOnly()) {
      int mask = bit / CellLayout.BITS;
      masks.set(mask, masks.get(mask) & ~(1L << (bit % CellLayout.BITS)));
    }
    set.add(masks);
    return set;
  }
}
