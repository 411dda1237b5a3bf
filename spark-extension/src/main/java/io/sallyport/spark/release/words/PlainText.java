package io.sallyport.spark.release.words;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An analyst's text inside ours: it stays on its line, shows every character and is told apart from
 * our words.
 */
final class PlainText {

  /** Begins every place where something was cut short. */
  static final String CUT = "[cut: ";

  private static final int LONGEST_LITERAL = 200;
  private static final int LONGEST_NAME = 120;
  private static final Pattern SIMPLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  private PlainText() {}

  /** A name; one that could be read as something else stands in backquotes. */
  static String name(String name) {
    return SIMPLE_NAME.matcher(name).matches()
        ? name
        : '`' + shortened(escaped(name).replace("`", "``"), LONGEST_NAME) + '`';
  }

  /** A string literal; a long one shows its beginning, its length and its fingerprint. */
  static String literal(String text) {
    String quoted = '\'' + escaped(text).replace("'", "''") + '\'';
    if (quoted.length() <= LONGEST_LITERAL + 2) {
      return quoted;
    }
    return shortened(quoted, LONGEST_LITERAL)
        + "' (a text of "
        + text.length()
        + " characters with fingerprint "
        + fingerprint(text)
        + ")";
  }

  /** Control and format characters, odd spaces and backslashes as escapes. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\\') {
                escaped.append("\\\\");
              } else if (isVisible(c)) {
                escaped.appendCodePoint(c);
              } else {
                escaped.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
              }
            });
    return escaped.toString();
  }

  /** The beginning of a text, and how much of it is missing. */
  static String shortened(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end) + CUT + (text.length() - end) + " more characters]";
  }

  /** "a", "a and b", "a, b and c". */
  static String and(List<String> parts) {
    if (parts.size() < 2) {
      return String.join("", parts);
    }
    int last = parts.size() - 1;
    return String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }

  private static boolean isVisible(int c) {
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

  private static String fingerprint(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }
}
