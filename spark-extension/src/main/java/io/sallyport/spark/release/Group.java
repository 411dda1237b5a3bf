package io.sallyport.spark.release;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * One group of a release point, measured.
 *
 * @param key the values of its grouping expressions
 * @param output the row that would be shown
 * @param units for each frame with an obligation, in their order, the distinct units it rests on
 * @param complete for each set of arguments that may be NULL, whether none is
 */
record Group(UnsafeRow key, UnsafeRow output, List<Long> units, List<Boolean> complete) {

  Group {
    units = List.copyOf(units);
    complete = List.copyOf(complete);
  }
}
