package io.sallyport.policy.decision;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.SmallGroups;

/**
 * What must still be checked on the data before an answer leaves: every output row rests on at
 * least {@code minimumUnits} distinct people of the frame.
 *
 * @param frame whose people
 * @param minimumUnits how many; 0 means that there is nothing to check
 * @param onSmallGroup what becomes of rows that rest on fewer
 * @param mayAskApproval whether the one who asks may put a result with such rows before the owner
 */
public record Obligation(
    FrameName frame, long minimumUnits, SmallGroups onSmallGroup, boolean mayAskApproval) {

  /**
   * @throws IllegalArgumentException when the minimum is negative
   */
  public Obligation {
    requireNonNull(frame, "frame");
    requireNonNull(onSmallGroup, "onSmallGroup");
    if (minimumUnits < 0) {
      throw new IllegalArgumentException(
          "minimumUnits must be at least 0. Provided value: " + minimumUnits);
    }
  }
}
