package io.sallyport.policy.frame;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A frame's name as analysts write it, for example {@code hospital.stays}. Names compare without
 * regard to case, as Spark's do.
 *
 * @param value the name in lower case: segments of letters, digits and underscores that do not
 *     start with a digit, joined by dots; at most 255 characters
 */
public record FrameName(String value) implements Comparable<FrameName> {
  private static final int MAX_LENGTH = 255;
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+(\\.[A-Za-z_][A-Za-z0-9_]*+)*+");

  /**
   * @throws IllegalArgumentException when the text is no name of a frame
   */
  public FrameName {
    if (!isName(value)) {
      throw new IllegalArgumentException(
          "A frame's name must be letters, digits and underscores, in segments joined by dots");
    }
    value = value.toLowerCase(Locale.ROOT);
  }

  /**
   * The name that the text says.
   *
   * @throws IllegalArgumentException when the text is no name of a frame
   */
  public static FrameName of(String text) {
    return new FrameName(text);
  }

  /** The name that an untrusted text says, or none. Never throws. */
  public static Optional<FrameName> parse(String text) {
    return isName(text) ? Optional.of(new FrameName(text)) : Optional.empty();
  }

  @Override
  public int compareTo(FrameName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  private static boolean isName(String text) {
    return text.length() <= MAX_LENGTH && NAME.matcher(text).matches();
  }
}
