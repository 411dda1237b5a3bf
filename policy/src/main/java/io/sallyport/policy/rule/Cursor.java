package io.sallyport.policy.rule;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in the text of a rule, and the words that begin there. */
final class Cursor {
  private static final Pattern DECIMAL =
      Pattern.compile("[0-9]{1,40}(\\.[0-9]{1,40})?([eE][-+]?[0-9]{1,3})?");

  private final String text;
  private int index;

  Cursor(String text) {
    this.text = text;
  }

  int index() {
    return index;
  }

  boolean isAtEnd() {
    return index == text.length();
  }

  /** The word here; empty when there is none. */
  String word() {
    int start = index;
    while (index < text.length() && isWordPart(text.charAt(index))) {
      index++;
    }
    return text.substring(start, index);
  }

  int number() {
    int start = index;
    while (index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9') {
      index++;
    }
    if (start == index) {
      throw unexpected("a number");
    }
    try {
      int number = Integer.parseInt(text.substring(start, index));
      skipBlanks();
      return number;
    } catch (NumberFormatException e) {
      throw error(start, "the number is too large", "a number up to 2147483647");
    }
  }

  /** A number of those that are valid. */
  int number(String name, int least, int most) {
    int start = index;
    int number = number();
    if (number < least || number > most) {
      throw error(
          start,
          name + " must be " + (number < least ? "at least " + least : "at most " + most),
          name + " from " + least + " to " + most);
    }
    return number;
  }

  /** A decimal number without a sign, perhaps with an exponent. */
  BigDecimal decimal(String valid) {
    Matcher decimal = DECIMAL.matcher(text).region(index, text.length());
    if (!decimal.lookingAt()) {
      throw unexpected(valid);
    }
    index = decimal.end();
    skipBlanks();
    return new BigDecimal(decimal.group());
  }

  /** What stands between double quotes. */
  String quoted(String valid) {
    expect('"');
    int start = index;
    int end = text.indexOf('"', start);
    if (end < 0) {
      throw error(start, "the quote is not closed", valid);
    }
    index = end + 1;
    return text.substring(start, end);
  }

  /** One part or more, with commas between them, and the closing character. */
  <T> List<T> list(char closing, Supplier<T> part) {
    List<T> parts = new ArrayList<>();
    parts.add(part.get());
    while (skip(',')) {
      parts.add(part.get());
    }
    if (!skip(closing)) {
      throw unexpected("',' or '" + closing + "'");
    }
    return parts;
  }

  void expect(char expected) {
    skipBlanks();
    if (isAtEnd() || text.charAt(index) != expected) {
      throw unexpected("'" + expected + "'");
    }
    index++;
    if (expected != '"') {
      skipBlanks();
    }
  }

  /** Passes the character and the blanks around it, if it stands here. */
  boolean skip(char wanted) {
    skipBlanks();
    boolean here = !isAtEnd() && text.charAt(index) == wanted;
    if (here) {
      index++;
      skipBlanks();
    }
    return here;
  }

  void skipBlanks() {
    while (index < text.length() && " \t\r\n".indexOf(text.charAt(index)) >= 0) {
      index++;
    }
  }

  private static boolean isWordPart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  RuleSyntaxException unexpected(String valid) {
    String found =
        isAtEnd() ? "the rule ends here" : "'" + text.charAt(index) + "' is not expected here";
    return error(index, found, valid);
  }

  RuleSyntaxException error(int at, String problem, String valid) {
    String shown = text.length() <= 200 ? text : text.substring(0, 200) + "...";
    return new RuleSyntaxException(
        at + 1, "rule '%s', position %d: %s".formatted(shown, at + 1, problem), valid);
  }
}
