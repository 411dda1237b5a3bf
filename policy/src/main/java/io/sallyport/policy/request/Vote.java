package io.sallyport.policy.request;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.principal.Principal;
import java.time.Instant;

/**
 * What one decider said for one frame.
 *
 * @param frame for which frame
 * @param decider who
 * @param approves whether the decider agrees
 * @param comment the decider's words; may be empty
 * @param at when
 */
public record Vote(FrameName frame, String decider, boolean approves, String comment, Instant at) {
  public Vote {
    requireNonNull(frame, "frame");
    Principal.requireName(decider);
    requireNonNull(comment, "comment");
    requireNonNull(at, "at");
  }
}
