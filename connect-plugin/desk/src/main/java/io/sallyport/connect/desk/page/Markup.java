package io.sallyport.connect.desk.page;

import io.sallyport.policy.text.Printable;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * HTML that is well formed by construction. Texts are escaped, always; a text of others stands
 * apart from the direction of ours, and of it every character is seen that does something else than
 * being seen.
 */
final class Markup {
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

  /** A text of anybody, on one line. */
  Markup others(String text) {
    html.append("<bdi>");
    text.codePoints().forEach(this::seen);
    html.append("</bdi>");
    return this;
  }

  /** A text of anybody in lines of its own. */
  Markup lines(String text, String element) {
    text.strip().lines().forEach(line -> open(element).others(line).close());
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
