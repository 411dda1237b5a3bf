package io.sallyport.connect.cli.render;

import io.sallyport.connect.cli.server.Answer;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of which nothing may be cut, because somebody decides on them: as a table where it fits the
 * width, else one line for each value.
 */
final class WholeTable {
  private static final String GAP = "  ";

  private WholeTable() {}

  static List<String> lines(Answer answer, int width) {
    return natural(answer) <= width ? TextTable.lines(answer, width) : records(answer, width);
  }

  private static int natural(Answer answer) {
    int all = Math.max(0, answer.columns().size() - 1) * GAP.length();
    for (int i = 0; i < answer.columns().size(); i++) {
      int widest = length(answer.columns().get(i));
      for (List<String> row : answer.rows()) {
        widest = Math.max(widest, length(row.get(i)));
      }
      all += widest;
    }
    return all;
  }

  private static List<String> records(Answer answer, int width) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < answer.rows().size(); i++) {
      lines.add("row " + (i + 1));
      for (int column = 0; column < answer.columns().size(); column++) {
        String text =
            SafeText.line(answer.columns().get(column))
                + ": "
                + SafeText.line(answer.rows().get(i).get(column));
        lines.addAll(Paragraph.lines(text, GAP, width));
      }
    }
    return lines;
  }

  private static int length(String text) {
    String safe = SafeText.line(text);
    return safe.codePointCount(0, safe.length());
  }
}
