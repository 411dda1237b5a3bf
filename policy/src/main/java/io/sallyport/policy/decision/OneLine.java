package io.sallyport.policy.decision;

import io.sallyport.policy.text.Printable;
import java.util.PrimitiveIterator;

/** A text that may hold anything, as one clean sentence of a bounded length. */
final class OneLine {
  private OneLine() {}

  /**
   * The text with runs of blanks as one blank, characters that a terminal or log might act upon as
   * question marks, at most {@code max} UTF-16 units, and one full stop at its end.
   */
  static String of(String text, int max) {
    StringBuilder line = new StringBuilder();
    boolean cut = false;
    PrimitiveIterator.OfInt points = text.strip().codePoints().iterator();
    while (points.hasNext() && !cut) {
      cut = !append(line, points.nextInt(), max - 1);
    }
    return cut ? line.append('…').toString() : withFullStop(line.toString());
  }

  private static boolean append(StringBuilder line, int point, int max) {
    if (line.length() + Character.charCount(point) >= max) {
      return false;
    }
    if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
      if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
        line.append(' ');
      }
    } else {
      line.appendCodePoint(Printable.is(point) ? point : '?');
    }
    return true;
  }

  private static String withFullStop(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == '.' || line.charAt(end - 1) == ' ')) {
      end--;
    }
    return line.substring(0, end) + ".";
  }
}
