package io.sallyport.spark.record;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which governed frames a text names that nobody could, or would, read as a question. Rather too
 * many than too few: their owners are to see who tries what, so the last part of a frame's name is
 * enough, wherever it stands.
 */
public final class MentionedFrames {

  private static final Pattern WORD = Pattern.compile("[a-z_][a-z0-9_]*+");

  private final Supplier<PolicySet> policies;

  /**
   * @param policies those in force
   */
  public MentionedFrames(Supplier<PolicySet> policies) {
    this.policies = policies;
  }

  /** The names of the frames, in order. */
  List<String> in(String text) {
    Set<String> words = new HashSet<>();
    Matcher word = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (word.find()) {
      words.add(word.group());
    }
    return policies.get().frames().stream()
        .map(Frame::name)
        .map(FrameName::value)
        .filter(name -> words.contains(name.substring(name.lastIndexOf('.') + 1)))
        .sorted()
        .toList();
  }
}
