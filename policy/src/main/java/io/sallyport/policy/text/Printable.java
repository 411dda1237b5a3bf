package io.sallyport.policy.text;

/**
 * Which characters are only seen: none that breaks a line, turns the writing, moves a cursor,
 * cannot be seen, or means something to one program alone. The one answer to this question.
 */
public final class Printable {
  private Printable() {}

  /** Whether the character, one of UTF-32, is only seen. */
  public static boolean is(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** Whether all characters of the text are. */
  public static boolean is(String text) {
    return text.codePoints().allMatch(Printable::is);
  }
}
