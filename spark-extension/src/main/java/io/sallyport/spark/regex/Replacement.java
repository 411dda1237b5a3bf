package io.sallyport.spark.regex;

import java.util.ArrayList;
import java.util.List;

/** What is put for a match: text, and groups of the match ({@code $1}). */
public final class Replacement {

  /**
   * One part of it.
   *
   * @param text itself, or empty
   * @param group of the match, or negative
   */
  private record Piece(String text, int group) {}

  private final List<Piece> pieces = new ArrayList<>();

  private Replacement() {}

  /**
   * Reads a replacement as Java does.
   *
   * @throws UnreadablePatternException when it names what the pattern does not have
   */
  public static Replacement of(String written, Regex regex) throws UnreadablePatternException {
    Replacement read = new Replacement();
    int at = 0;
    while (at < written.length()) {
      char character = written.charAt(at++);
      if (character == '$') {
        int group = digit(written, at++);
        if (group < 0 || group > regex.groups()) {
          throw new UnreadablePatternException("a replacement with $ and no such group after it");
        }
        while (digit(written, at) >= 0 && 10 * group + digit(written, at) <= regex.groups()) {
          group = 10 * group + digit(written, at++);
        }
        read.pieces.add(new Piece("", group));
      } else if (character == '\\' && at == written.length()) {
        throw new UnreadablePatternException("a replacement with a backslash at its end");
      } else {
        char plain = character == '\\' ? written.charAt(at++) : character;
        read.pieces.add(new Piece(String.valueOf(plain), -1));
      }
    }
    return read;
  }

  private static int digit(String text, int at) {
    return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9'
        ? text.charAt(at) - '0'
        : -1;
  }

  /** How many groups are put for one match. */
  public long groups() {
    return pieces.stream().filter(piece -> piece.group() >= 0).count();
  }

  /** A text with this for every match. */
  public String in(String text, Regex regex) {
    Search search = regex.in(text);
    StringBuilder result = new StringBuilder();
    int start = 0;
    while (search.find()) {
      result.append(search.part(start, search.start()));
      for (Piece piece : pieces) {
        String group = piece.group() < 0 ? piece.text() : search.group(piece.group());
        result.append(group == null ? "" : group);
      }
      start = search.end();
    }
    return result.append(search.part(start, search.length())).toString();
  }
}
