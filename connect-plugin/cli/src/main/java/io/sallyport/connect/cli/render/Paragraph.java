package io.sallyport.connect.cli.render;

import java.util.ArrayList;
import java.util.List;

/** Text of others as indented lines of a bounded width. */
final class Paragraph {

  private Paragraph() {}

  /** Breaks at the text's own line feeds, then at spaces; further lines are indented by more. */
  static List<String> lines(String text, String indent, int width) {
    List<String> lines = new ArrayList<>();
    text.strip().lines().forEach(line -> wrap(SafeText.line(line), indent, width, lines));
    return lines;
  }

  private static void wrap(String text, String indent, int width, List<String> lines) {
    String prefix = indent;
    String rest = text;
    while (prefix.length() + rest.length() > width) {
      int room = width - prefix.length();
      int space = rest.lastIndexOf(' ', room);
      if (space <= 0) {
        space = rest.indexOf(' ', room);
      }
      if (space <= 0) {
        break;
      }
      lines.add(prefix + rest.substring(0, space));
      rest = rest.substring(space + 1);
      prefix = indent + "   ";
    }
    lines.add(prefix + rest);
  }
}
