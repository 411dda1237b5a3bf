package io.sallyport.spark.release;

import java.util.List;

/**
 * How many units of each frame have all arguments of an aggregate in a group, and how many lack one
 * of them in some row.
 *
 * @param present for each frame, in the order of the obligations
 * @param missing likewise; a unit can be on both sides, with different rows
 */
record Presence(List<Long> present, List<Long> missing) {

  Presence {
    present = List.copyOf(present);
    missing = List.copyOf(missing);
  }
}
