package io.sallyport.spark.release;

import java.util.List;

/**
 * The rows of a group in which every condition of the aggregates is decided alike; the whole group
 * when there is no condition.
 *
 * @param branches for each conditional aggregate, the ordinal of its branch
 * @param units for each frame, the distinct units
 * @param presences for each conditional aggregate, its arguments
 * @param contributions for each frame, for each sum
 */
record Cell(
    List<Integer> branches,
    List<Long> units,
    List<Presence> presences,
    List<List<Contributions>> contributions) {

  Cell {
    branches = List.copyOf(branches);
    units = List.copyOf(units);
    presences = List.copyOf(presences);
    contributions = List.copyOf(contributions);
  }

  Cell withContributions(List<List<Contributions>> measured) {
    return new Cell(branches, units, presences, measured);
  }
}
