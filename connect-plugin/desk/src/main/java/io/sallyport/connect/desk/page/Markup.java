package io.sallyport.connect.desk.page;

import io.sallyport.policy.text.Printable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * HTML that is well formed by construction. Texts are escaped, always; a text of others stands
 * apart from the direction of ours, and of it every character is seen that does something else than
 * being seen.
 */
final class Markup {
  /** Of a text of others no more is shown at once. */
  private static final int LONGEST = 20_000;

  /** From so many characters on, a page shows no more texts of others. */
  private static final int FULL = 4_000_000;

  private final StringBuilder html = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Begins an element; attributes are names and values in turn. */
  Markup open(String element, String... attributes) {
    tag(element, attributes);
    open.push(element);
    return this;
  }

  /** An element that has no content. */
  Markup empty(String element, String... attributes) {
    tag(element, attributes);
    return this;
  }

  /** Ends the element that was begun last. */
  Markup close() {
    html.append("</").append(open.pop()).append('>');
    return this;
  }

  /** A text of ours. */
  Markup text(String ours) {
    escape(ours);
    return this;
  }

  /** A text of anybody, on one line. What is too long is cut, and it is said so. */
  Markup others(String text) {
    return others(text, LONGEST);
  }

  private Markup others(String text, int most) {
    if (isFull()) {
      return cut("not shown: the page is full; characters in all: ", text);
    }
    html.append("<bdi>");
    text.codePoints().limit(most).forEach(this::seen);
    html.append("</bdi>");
    boolean isLonger = text.length() > most && text.codePointCount(0, text.length()) > most;
    return isLonger ? cut("cut after " + most + " characters of ", text) : this;
  }

  private Markup cut(String words, String whole) {
    return text(" ")
        .say("span", "(" + words + whole.codePointCount(0, whole.length()) + ")", "class", "odd");
  }

  /** How many characters there are by now. */
  int length() {
    return html.length();
  }

  /** Whether no more texts of others are shown. */
  boolean isFull() {
    return html.length() >= FULL;
  }

  /** A text of anybody in lines of its own. */
  Markup lines(String text, String element) {
    for (Iterator<String> lines = text.strip().lines().iterator(); lines.hasNext(); ) {
      if (isFull()) {
        return open(element).others(text).close();
      }
      open(element).others(lines.next()).close();
    }
    return this;
  }

  /** An element with a text of ours. */
  Markup say(String element, String ours, String... attributes) {
    return open(element, attributes).text(ours).close();
  }

  /** An element with a text of anybody. */
  Markup show(String element, String others, String... attributes) {
    return open(element, attributes).others(others).close();
  }

  /** An element with so many characters of a text of anybody. */
  Markup show(String element, int most, String others) {
    return open(element).others(others, most).close();
  }

  private void tag(String element, String... attributes) {
    html.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      html.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      html.append('"');
    }
    html.append('>');
  }

  private void seen(int c) {
    int type = Character.getType(c);
    boolean isHarmless =
        c == ' '
            || (Printable.is(c)
                && type != Character.NON_SPACING_MARK
                && type != Character.ENCLOSING_MARK
                && type != Character.SPACE_SEPARATOR);
    if (isHarmless) {
      escape(new String(Character.toChars(c)));
    } else {
      html.append("<span class=\"odd\">")
          .append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c))
          .append("</span>");
    }
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(c);
      }
    }
  }

  /**
   * The whole.
   *
   * @throws IllegalStateException when an element was not ended
   */
  String html() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("Still open: " + open);
    }
    return html.toString();
  }
}
