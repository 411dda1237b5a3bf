package io.sallyport.spark.release;

import io.sallyport.policy.decision.Obligation;
import io.sallyport.policy.decision.Requirement;
import io.sallyport.spark.label.AggregateTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which groups meet what the policies demand.
 *
 * <p>For each frame one of its alternatives is chosen: the first that all groups meet, so that the
 * policy's rule holds for the answer as a whole; the first of all when there is none. The verdict
 * on a group is then about the chosen ones.
 */
final class GroupCheck {

  private final GroupQuery query;
  private final List<AggregateTerm> terms;
  private final List<AggregateTerm> conditional;
  private final List<Obligation> obligations;
  private final List<Requirement> chosen = new ArrayList<>();

  GroupCheck(Point point, List<Obligation> obligations, List<Group> groups) {
    this.query = new GroupQuery(point);
    this.terms = point.terms();
    this.conditional = point.conditionalTerms();
    this.obligations = obligations;
    for (int i = 0; i < obligations.size(); i++) {
      int frame = i;
      List<Requirement> alternatives = obligations.get(i).alternatives();
      chosen.add(
          alternatives.stream()
              .filter(one -> groups.stream().allMatch(group -> meets(group, frame, one)))
              .findFirst()
              .orElse(alternatives.get(0)));
    }
  }

  /** The obligations, each with its chosen alternative only. */
  List<Obligation> chosen() {
    List<Obligation> only = new ArrayList<>();
    for (int i = 0; i < obligations.size(); i++) {
      only.add(obligations.get(i).only(chosen.get(i)));
    }
    return only;
  }

  /** The obligation, with all its alternatives, of which this is one. */
  Obligation whole(Obligation only) {
    return obligations.stream()
        .filter(o -> o.frame().equals(only.frame()))
        .findFirst()
        .orElseThrow();
  }

  /** The obligations that the group breaks. */
  List<Obligation> broken(Group group) {
    List<Obligation> broken = new ArrayList<>();
    for (int i = 0; i < obligations.size(); i++) {
      if (!meets(group, i, chosen.get(i))) {
        broken.add(obligations.get(i));
      }
    }
    return broken;
  }

  private boolean meets(Group group, int frame, Requirement requirement) {
    long least = requirement.minimumUnits();
    return group.units().get(frame) >= least
        && group.presences().stream()
            .allMatch(p -> p.present().get(frame) >= least && isNoneOr(p.missing(), frame, least))
        && group.cells().stream().allMatch(cell -> meets(cell, frame, requirement))
        && conditionsAreMet(group, frame, least)
        && terms.stream().allMatch(term -> hasFreedom(term, group, frame, requirement.dof()));
  }

  private static boolean meets(Cell cell, int frame, Requirement requirement) {
    long least = requirement.minimumUnits();
    boolean measured = !cell.contributions().isEmpty();
    return isNoneOr(cell.units(), frame, least)
        && cell.presences().stream()
            .allMatch(
                p -> isNoneOr(p.present(), frame, least) && isNoneOr(p.missing(), frame, least))
        && (!measured
            || cell.contributions().get(frame).stream()
                .allMatch(contributions -> contributions.isSafe(requirement.dominance())));
  }

  private static boolean isNoneOr(List<Long> units, int frame, long least) {
    long number = units.get(frame);
    return number == 0 || number >= least;
  }

  /** A branch that shows something must hold enough people: nobody reads as too few. */
  private boolean conditionsAreMet(Group group, int frame, long least) {
    for (int i = 0; i < conditional.size(); i++) {
      AggregateTerm term = conditional.get(i);
      for (int branch = 0; branch < term.branches().size(); branch++) {
        if (term.shows(term.branches().get(branch))
            && present(group, i, Optional.of(branch), frame) < least) {
          return false;
        }
      }
    }
    return true;
  }

  /** The most units that one cell, of that branch if any is named, has with all arguments. */
  private static long present(Group group, int term, Optional<Integer> branch, int frame) {
    return group.cells().stream()
        .filter(cell -> branch.isEmpty() || cell.branches().get(term).equals(branch.get()))
        .mapToLong(cell -> cell.presences().get(term).present().get(frame))
        .max()
        .orElse(0);
  }

  private boolean hasFreedom(AggregateTerm term, Group group, int frame, int dof) {
    int parameters = term.family().map(family -> family.parameters()).orElse(0);
    return parameters == 0 || dof == 0 || units(term, group, frame) - parameters >= dof;
  }

  /** How many units an aggregate rests on, or fewer. */
  private long units(AggregateTerm term, Group group, int frame) {
    if (term.isConditional()) {
      return present(group, conditional.indexOf(term), Optional.empty(), frame);
    }
    int set = query.argumentSet(term);
    return set < 0 || group.presences().isEmpty()
        ? group.units().get(frame)
        : group.presences().get(set).present().get(frame);
  }
}
