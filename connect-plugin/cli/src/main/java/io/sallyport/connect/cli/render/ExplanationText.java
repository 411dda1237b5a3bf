package io.sallyport.connect.cli.render;

import io.sallyport.connect.cli.server.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a server tells of a question that was not asked yet, frame by frame. */
public final class ExplanationText {

  private ExplanationText() {}

  /** Lines that steer no terminal, each as wide as said at most unless one word is wider. */
  public static List<String> lines(Answer explained, int width) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < explained.rows().size(); i++) {
      if (i > 0) {
        lines.add("");
      }
      frame(explained.row(i), width, lines);
    }
    return lines;
  }

  private static void frame(Map<String, String> fields, int width, List<String> lines) {
    String frame = field(fields, "frame");
    String verdict = field(fields, "verdict");
    String code = field(fields, "code");
    lines.add(
        SafeText.line(
            (frame.isEmpty() ? "" : frame + ": ") + verdict + (code.isEmpty() ? "" : " " + code)));
    add(lines, "what", field(fields, "subject"), width);
    add(lines, "policy", field(fields, "policy"), width);
    add(lines, "what would pass", field(fields, "remedy"), width);
    add(lines, "aggregate", field(fields, "release_point"), width);
    add(lines, "the answer", field(fields, "obligation"), width);
  }

  private static void add(List<String> lines, String name, String text, int width) {
    if (!text.isBlank()) {
      lines.addAll(Paragraph.lines(name + ": " + text, "  ", width));
    }
  }

  private static String field(Map<String, String> fields, String name) {
    return fields.getOrDefault(name, "");
  }
}
