package io.sallyport.connect.cli.render;

/**
 * Text of others on its way to a terminal: every character that could move the cursor, change
 * colours, turn the direction of writing, be invisible or break a line becomes a visible escape.
 */
public final class SafeText {

  private SafeText() {}

  /** The text on one line, without anything that steers a terminal. */
  public static String line(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (isHarmless(c)) {
                safe.appendCodePoint(c);
              } else {
                safe.append(escape(c));
              }
            });
    return safe.toString();
  }

  /** The beginning of a line, with an ellipsis when something is missing. */
  public static String cut(String line, int longest) {
    if (line.codePointCount(0, line.length()) <= longest) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, Math.max(0, longest - 1))) + "\u2026";
  }

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c);
    };
  }

  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
