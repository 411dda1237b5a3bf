package io.sallyport.spark.admission;

import java.util.Locale;

/** The word that a SQL text begins with, behind blanks and comments. */
final class FirstWord {

  private FirstWord() {}

  /** In upper case; empty when the text does not begin with one. */
  static String of(String text) {
    int start = start(text);
    int end = start;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return text.substring(start, end).toUpperCase(Locale.ROOT);
  }

  private static int start(String text) {
    int at = 0;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("--", at)) {
        at = behind(text, "\n", at);
      } else if (text.startsWith("/*", at)) {
        at = behind(text, "*/", at + 2);
      } else {
        return at;
      }
    }
    return text.length();
  }

  private static int behind(String text, String end, int from) {
    int found = text.indexOf(end, from);
    return found < 0 ? text.length() : found + end.length();
  }
}
