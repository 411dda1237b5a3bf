package io.sallyport.spark.release;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * One group of a release point, measured.
 *
 * @param key the values of its grouping expressions
 * @param output the row that would be shown
 * @param units for each frame with an obligation, in their order, the distinct units it rests on
 * @param presences for each set of arguments that may be NULL, who has them; empty when none is
 *     NULL in any group
 * @param cells its parts by the conditions of its aggregates; none while nobody asks for them
 */
record Group(
    UnsafeRow key, UnsafeRow output, List<Long> units, List<Presence> presences, List<Cell> cells) {

  Group {
    units = List.copyOf(units);
    presences = List.copyOf(presences);
    cells = List.copyOf(cells);
  }

  Group withPresences(List<Presence> measured) {
    return new Group(key, output, units, measured, cells);
  }

  Group withCells(List<Cell> measured) {
    return new Group(key, output, units, presences, measured);
  }
}
