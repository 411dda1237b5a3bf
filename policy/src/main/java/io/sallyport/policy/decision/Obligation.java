package io.sallyport.policy.decision;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.SmallGroups;
import java.util.List;

/**
 * What must still be checked on the data before an answer leaves: all its rows meet one and the
 * same of these requirements on the frame's people.
 *
 * @param frame whose people
 * @param alternatives at least one; the one that demands the fewest people comes first
 * @param onSmallGroup what becomes of rows that do not meet them
 * @param mayAskApproval whether the one who asks may put a result with such rows before the owner
 */
public record Obligation(
    FrameName frame,
    List<Requirement> alternatives,
    SmallGroups onSmallGroup,
    boolean mayAskApproval) {

  /**
   * @throws IllegalArgumentException when there is no alternative
   */
  public Obligation {
    requireNonNull(frame, "frame");
    requireNonNull(onSmallGroup, "onSmallGroup");
    if (alternatives.isEmpty()) {
      throw new IllegalArgumentException("An obligation must have an alternative");
    }
    alternatives = alternatives.stream().sorted().toList();
  }

  /**
   * An obligation on the number of people alone.
   *
   * @throws IllegalArgumentException when the minimum is negative
   */
  public Obligation(
      FrameName frame, long minimumUnits, SmallGroups onSmallGroup, boolean mayAskApproval) {
    this(frame, List.of(new Requirement(minimumUnits, List.of(), 0)), onSmallGroup, mayAskApproval);
  }

  /** How many people each row rests on at least, whichever requirement it meets. */
  public long minimumUnits() {
    return alternatives.get(0).minimumUnits();
  }

  /** Whether there is nothing to check. */
  public boolean isMetAnyway() {
    return alternatives.contains(Requirement.NONE);
  }

  /** The same obligation with one of its alternatives only. */
  public Obligation only(Requirement alternative) {
    return new Obligation(frame, List.of(alternative), onSmallGroup, mayAskApproval);
  }
}
