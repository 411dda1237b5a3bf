package io.sallyport.spark.release;

import io.sallyport.policy.decision.Obligation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Dropping small groups, and with them as many more that the dropped groups together rest on at
 * least k units of each frame: a total minus the shown groups then describes no fewer. (Secondary
 * suppression with the remainder rule; Hundepool et al., Statistical Disclosure Control, ch. 4.)
 */
final class Suppression {

  private final List<Obligation> obligations;
  private final Comparator<InternalRow> keyOrder;

  Suppression(List<Obligation> obligations, Comparator<InternalRow> keyOrder) {
    this.obligations = List.copyOf(obligations);
    this.keyOrder = keyOrder;
  }

  /**
   * The groups that are shown.
   *
   * @param large groups that rest on enough units
   * @param small groups that do not
   */
  List<Group> shown(List<Group> large, List<Group> small) {
    if (small.isEmpty()) {
      return large;
    }
    List<Group> shown = new ArrayList<>(large);
    shown.sort(
        Comparator.comparingLong(Suppression::fewestUnits)
            .thenComparing(group -> (InternalRow) group.key(), keyOrder));
    List<Group> dropped = new ArrayList<>(small);
    while (!shown.isEmpty() && isRecoverable(dropped)) {
      dropped.add(shown.remove(0));
    }
    return shown;
  }

  private boolean isRecoverable(List<Group> dropped) {
    for (int i = 0; i < obligations.size(); i++) {
      int frame = i;
      long units = dropped.stream().mapToLong(group -> group.units().get(frame)).sum();
      if (units < obligations.get(i).minimumUnits()) {
        return true;
      }
    }
    return false;
  }

  private static long fewestUnits(Group group) {
    return group.units().stream().mapToLong(Long::longValue).min().orElse(0);
  }
}
