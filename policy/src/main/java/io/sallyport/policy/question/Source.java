package io.sallyport.policy.question;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.frame.FrameName;
import java.util.List;

/**
 * A governed frame that an answer depends on, and what speaks against showing the answer. Public
 * tables are not sources.
 *
 * @param frame the frame
 * @param objections in the order in which they should be told; none when the plan is in order
 */
public record Source(FrameName frame, List<Objection> objections) {
  public Source {
    requireNonNull(frame, "frame");
    objections = List.copyOf(objections);
  }
}
