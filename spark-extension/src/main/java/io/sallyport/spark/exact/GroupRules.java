package io.sallyport.spark.exact;

import io.sallyport.policy.decision.Requirement;
import io.sallyport.policy.frame.FrameName;
import java.util.List;

/**
 * Whether a group may be shown: each of its cells may be told of, the frame has people in it, and
 * each of its numbers rests on somebody, as nobody reads like too few.
 */
final class GroupRules {

  private final PointReading point;
  private final FrameName frame;
  private final Requirement requirement;

  GroupRules(PointReading point, FrameName frame, Requirement requirement) {
    this.point = point;
    this.frame = frame;
    this.requirement = requirement;
  }

  boolean allow(GroupCells group) {
    if (!group.cells().stream().allMatch(this::allows)) {
      return false; // other points of the question may have told people of this frame apart
    }
    return !point.frames().contains(frame)
        || (group.cells().stream().anyMatch(this::hasPeople) && everyNumberRestsOnSomebody(group));
  }

  private boolean allows(GroupCells.In in) {
    return new CellRules(in.table(), frame, requirement).allows(in.cell());
  }

  private boolean hasPeople(GroupCells.In in) {
    return new CellRules(in.table(), frame, requirement).isIn(in.cell())
        && in.cell().people() >= requirement.minimumUnits();
  }

  private boolean everyNumberRestsOnSomebody(GroupCells group) {
    List<Term> terms = point.parts().get(0).terms();
    for (int i = 0; i < terms.size(); i++) {
      int ordinal = i;
      long most = 0;
      for (GroupCells.In in : group.cells()) {
        Term term = in.piece().terms().get(ordinal);
        most =
            Math.max(
                most,
                in.table()
                    .shown(in.piece(), term, in.cell())
                    .map(one -> in.table().present(one, in.cell()).people())
                    .orElse(0L));
      }
      int dof = requirement.dof();
      int parameters = terms.get(i).family().parameters();
      if (most < requirement.minimumUnits()
          || (dof > 0 && parameters > 0 && most - parameters < dof)
          || !everyCaseIsMet(group, ordinal)) {
        return false;
      }
    }
    return true;
  }

  /** Of the cases that show something, none holds for nobody. */
  private boolean everyCaseIsMet(GroupCells group, int ordinal) {
    for (PointReading.Piece piece : point.parts()) {
      Term term = piece.terms().get(ordinal);
      for (Case one : term.cases()) {
        boolean met =
            !term.shows(one)
                || group.cells().stream()
                    .filter(in -> in.piece().equals(piece))
                    .anyMatch(
                        in ->
                            in.table()
                                .shown(piece, term, in.cell())
                                .filter(shown -> shown.equals(one))
                                .isPresent());
        if (!met) {
          return false;
        }
      }
    }
    return true;
  }
}
