package io.sallyport.spark.release;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Dropping groups that may not be shown, and with them as many more that the dropped groups
 * together could be: a total minus the shown groups then tells no more than a shown group does.
 * (Secondary suppression with the remainder rule; Hundepool et al., Statistical Disclosure Control,
 * 2012, ch. 4.)
 */
final class Suppression {

  private final Comparator<InternalRow> keyOrder;
  private final Predicate<List<Group>> remainderIsSafe;

  Suppression(Comparator<InternalRow> keyOrder, Predicate<List<Group>> remainderIsSafe) {
    this.keyOrder = keyOrder;
    this.remainderIsSafe = remainderIsSafe;
  }

  /**
   * The groups that are shown: none, when no more than all of them would do. Each round drops twice
   * as many as the one before, the smallest first, so that a few rounds measure the remainder.
   *
   * @param allowed groups that may be shown
   * @param broken groups that may not
   */
  List<Group> shown(List<Group> allowed, List<Group> broken) {
    if (broken.isEmpty()) {
      return allowed;
    }
    List<Group> shown = new ArrayList<>(allowed);
    shown.sort(
        Comparator.comparingLong(Suppression::fewestUnits)
            .thenComparing(group -> (InternalRow) group.key(), keyOrder));
    List<Group> dropped = new ArrayList<>(broken);
    for (int step = 1; !shown.isEmpty() && !remainderIsSafe.test(dropped); step *= 2) {
      List<Group> next = shown.subList(0, Math.min(step, shown.size()));
      dropped.addAll(next);
      next.clear();
    }
    return shown;
  }

  private static long fewestUnits(Group group) {
    return group.units().stream().mapToLong(Long::longValue).min().orElse(0);
  }
}
