package io.sallyport.policy.request;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.principal.Principal;
import java.util.ArrayList;
import java.util.List;

/** Who may still vote on what in a request, and whether it is carried. */
final class Ballot {
  private final List<Demand> demands;
  private final List<Vote> votes;

  Ballot(List<Demand> demands, List<Vote> votes) {
    this.demands = demands;
    this.votes = votes;
  }

  /** The frames on which the person may vote, or has voted. */
  List<FrameName> framesOf(Principal person) {
    return demands.stream()
        .filter(demand -> demand.mayBeDecidedBy(person))
        .map(Demand::frame)
        .toList();
  }

  /** The frames on which the person may vote and has not. */
  List<FrameName> openFramesOf(Principal person) {
    return framesOf(person).stream().filter(frame -> !hasVoted(person.name(), frame)).toList();
  }

  /** The ballot after these votes. */
  Ballot with(List<Vote> more) {
    List<Vote> all = new ArrayList<>(votes);
    all.addAll(more);
    return new Ballot(demands, all);
  }

  /** Whether every frame has the votes that it needs, of as many different people. */
  boolean isCarried() {
    return demands.stream().allMatch(demand -> approvals(demand) >= demand.votesNeeded());
  }

  private long approvals(Demand demand) {
    return votes.stream()
        .filter(vote -> vote.approves() && vote.frame().equals(demand.frame()))
        .map(Vote::decider)
        .distinct()
        .count();
  }

  private boolean hasVoted(String decider, FrameName frame) {
    return votes.stream()
        .anyMatch(vote -> vote.decider().equals(decider) && vote.frame().equals(frame));
  }
}
