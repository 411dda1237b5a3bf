package io.sallyport.policy.notify;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * Somebody tries the same thing again and again.
 *
 * @param pattern what they try
 * @param who the principal; of logins, the address that they come from
 * @param count how often, so far
 * @param frames the frames that it is about, as far as they are named
 * @param seenAt when the last one was seen
 */
public record Probing(Pattern pattern, String who, int count, List<String> frames, Instant seenAt) {

  /** What may be tried. */
  public enum Pattern {
    /** Questions that are refused and differ in little but their constants. */
    REFUSALS,
    /** Tokens that nobody has. */
    LOGINS
  }

  public Probing {
    requireNonNull(pattern, "pattern");
    requireNonNull(who, "who");
    frames = List.copyOf(frames);
    requireNonNull(seenAt, "seenAt");
  }
}
