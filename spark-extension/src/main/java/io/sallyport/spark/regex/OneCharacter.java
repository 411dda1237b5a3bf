package io.sallyport.spark.regex;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A part of a pattern that stands for one character: a letter, {@code \d}, {@code [^a-z]}, a point.
 * Which characters it stands for, Java says.
 */
final class OneCharacter {

  private static final int ASCII = 128;

  private final Pattern pattern;
  private final BitSet ascii = new BitSet(ASCII);

  private OneCharacter(Pattern pattern) {
    this.pattern = pattern;
    Matcher matcher = pattern.matcher("");
    for (int i = 0; i < ASCII; i++) {
      ascii.set(i, matcher.reset(Character.toString(i)).matches());
    }
  }

  static OneCharacter of(String written, Flags flags) throws UnreadablePatternException {
    try {
      return new OneCharacter(Pattern.compile(written, flags.bits()));
    } catch (PatternSyntaxException e) {
      throw new UnreadablePatternException(written);
    }
  }

  /** A character that stands for itself. */
  static OneCharacter literal(int character, Flags flags) throws UnreadablePatternException {
    return of(Pattern.quote(Character.toString(character)), flags);
  }

  boolean is(int character) {
    return character < ASCII
        ? ascii.get(character)
        : pattern.matcher(Character.toString(character)).matches();
  }
}
