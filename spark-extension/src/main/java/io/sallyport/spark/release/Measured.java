package io.sallyport.spark.release;

import java.util.ArrayList;
import java.util.List;

/**
 * A release point that was measured and judged group by group.
 *
 * @param point what was measured
 * @param groups all its groups
 * @param check which of them meet what the policies demand
 * @param remainder what groups that are not shown would be together
 */
record Measured(Point point, List<Group> groups, GroupCheck check, Remainder remainder) {

  Measured {
    groups = List.copyOf(groups);
  }

  /** Those of the groups that may be shown or, on the contrary, may not. */
  List<Group> groups(List<Group> among, boolean allowed) {
    List<Group> found = new ArrayList<>();
    for (Group group : among) {
      if (check.broken(group).isEmpty() == allowed) {
        found.add(group);
      }
    }
    return found;
  }

  /** Those of the groups that are shown when they alone make up a total that is known. */
  List<Group> shown(List<Group> among) {
    return new Suppression(Rows.order(point.keyAttributes()), remainder::isSafe)
        .shown(groups(among, true), groups(among, false));
  }
}
