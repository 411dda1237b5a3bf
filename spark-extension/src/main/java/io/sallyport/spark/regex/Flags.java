package io.sallyport.spark.regex;

import java.util.regex.Pattern;

/** The flags that are on at one place of a pattern, as Java's bits: {@code (?i)} and the like. */
record Flags(int bits) {

  static final Flags NONE = new Flags(0);

  boolean ignoresCase() {
    return (bits & Pattern.CASE_INSENSITIVE) != 0;
  }

  boolean isMultiline() {
    return (bits & Pattern.MULTILINE) != 0;
  }

  Flags with(char letter, boolean on) throws UnreadablePatternException {
    int bit =
        switch (letter) {
          case 'i' -> Pattern.CASE_INSENSITIVE;
          case 's' -> Pattern.DOTALL;
          case 'm' -> Pattern.MULTILINE;
          case 'u' -> Pattern.UNICODE_CASE;
          default -> throw new UnreadablePatternException("the flag (?" + letter + ")");
        };
    return new Flags(on ? bits | bit : bits & ~bit);
  }
}
