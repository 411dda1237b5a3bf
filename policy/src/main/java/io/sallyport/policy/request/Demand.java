package io.sallyport.policy.request;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One frame whose deciders have to agree.
 *
 * @param frame which frame
 * @param deciders the names of those who may vote; when empty, every owner may
 * @param votesNeeded how many of them have to agree, at least 1
 * @param grounds why the frame's policy asks, in words
 */
public record Demand(FrameName frame, Set<String> deciders, int votesNeeded, List<String> grounds) {

  /**
   * @throws IllegalArgumentException when a decider's name is none, no vote is needed, or there are
   *     fewer deciders than votes
   */
  public Demand {
    requireNonNull(frame, "frame");
    deciders = Collections.unmodifiableSet(new TreeSet<>(deciders));
    deciders.forEach(Principal::requireName);
    grounds = List.copyOf(grounds);
    if (votesNeeded < 1 || (!deciders.isEmpty() && deciders.size() < votesNeeded)) {
      throw new IllegalArgumentException(
          "The votes needed must be at least 1 and at most the deciders. Provided value: "
              + votesNeeded);
    }
  }

  /** Whether this person may vote on it. */
  public boolean mayBeDecidedBy(Principal person) {
    return deciders.isEmpty() ? person.role() == Role.OWNER : deciders.contains(person.name());
  }
}
