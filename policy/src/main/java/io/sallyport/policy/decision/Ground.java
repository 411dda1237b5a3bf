package io.sallyport.policy.decision;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.frame.FrameName;

/**
 * One reason why an answer is not released, from one frame's terms. The texts are made from plan
 * and policy only, never from data.
 *
 * @param frame whose terms
 * @param code which kind of reason
 * @param subject what is not released
 * @param policy the terms, in words
 * @param remedy what would pass
 */
public record Ground(
    FrameName frame, RefusalCode code, String subject, String policy, String remedy) {
  public Ground {
    requireNonNull(frame, "frame");
    requireNonNull(code, "code");
    requireNonNull(subject, "subject");
    requireNonNull(policy, "policy");
    requireNonNull(remedy, "remedy");
  }
}
