package io.sallyport.connect.desk.page;

import io.sallyport.policy.advice.RuleReach;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import java.util.Map;

/** From how many people on a number is not about a few, frame by frame. */
record Thresholds(PolicySet policies) {

  /** Where a frame's rules say no number. */
  private static final int USUAL = 10;

  long of(String frame) {
    return FrameName.parse(frame)
        .flatMap(policies::frame)
        .map(found -> RuleReach.leastPeople(found.policy().automatic()).orElse(USUAL))
        .orElse(USUAL);
  }

  /** Whether so many people are too few: somebody is there, and not enough. */
  boolean isSmall(String frame, long people) {
    return people > 0 && people < of(frame);
  }

  /** Whether a group is too small for one of its frames. */
  boolean isSmall(Evidence.Group group) {
    return group.people().entrySet().stream().anyMatch(e -> isSmall(e.getKey(), e.getValue()));
  }

  /** The greatest of these frames' numbers. */
  long of(Map<String, ?> frames) {
    return frames.keySet().stream().mapToLong(this::of).max().orElse(USUAL);
  }
}
