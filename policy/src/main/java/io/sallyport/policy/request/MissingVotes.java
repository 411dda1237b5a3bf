package io.sallyport.policy.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which votes an open request still needs, and whose they may be, in words. */
public final class MissingVotes {

  private MissingVotes() {}

  /** One sentence's part for each frame that is not carried yet; none for a request that ended. */
  public static List<String> of(ApprovalRequest request) {
    List<String> missing = new ArrayList<>();
    if (!request.state().isOpen()) {
      return missing;
    }
    for (Demand demand : request.demands()) {
      Set<String> agreed =
          request.votes().stream()
              .filter(vote -> vote.approves() && vote.frame().equals(demand.frame()))
              .map(Vote::decider)
              .collect(Collectors.toCollection(TreeSet::new));
      int needed = demand.votesNeeded() - agreed.size();
      if (needed > 0) {
        missing.add(
            "%d %svote%s for %s, of %s"
                .formatted(
                    needed,
                    agreed.isEmpty() ? "" : "more ",
                    needed == 1 ? "" : "s",
                    demand.frame(),
                    who(demand, agreed, request.key().principal())));
      }
    }
    return missing;
  }

  /**
   * The people who may vote on a demand and have not, the one who asks never among them; when
   * nobody is named, any other owner may.
   */
  private static String who(Demand demand, Set<String> agreed, String requester) {
    if (demand.deciders().isEmpty()) {
      return "any other owner";
    }
    Set<String> left = new TreeSet<>(demand.deciders());
    left.removeAll(agreed);
    left.remove(requester);
    return left.isEmpty() ? "nobody who may" : String.join(" or ", left);
  }
}
