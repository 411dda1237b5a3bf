package io.sallyport.connect.cli.render;

import io.sallyport.connect.cli.server.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows as a table of plain characters. Cells are made safe and cut. */
public final class TextTable {
  private static final int LEAST_WIDTH = 6;
  private static final String GAP = "  ";

  private TextTable() {}

  /** A line of titles, a rule, and one line for each row; wide cells are cut so that it fits. */
  public static List<String> lines(Answer answer, int width) {
    return lines(answer, width, Set.of());
  }

  /** The same; cells of these columns are never cut. */
  public static List<String> lines(Answer answer, int width, Set<Integer> whole) {
    List<List<String>> all = new ArrayList<>();
    all.add(answer.columns().stream().map(SafeText::line).toList());
    answer.rows().forEach(row -> all.add(row.stream().map(SafeText::line).toList()));
    List<Integer> widths = widths(all, width, whole);
    List<String> lines = new ArrayList<>();
    for (List<String> row : all) {
      lines.add(line(row, widths));
      if (lines.size() == 1) {
        lines.add(widths.stream().map("-"::repeat).collect(Collectors.joining(GAP)));
      }
    }
    return lines;
  }

  private static String line(List<String> row, List<Integer> widths) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> padded(SafeText.cut(row.get(i), widths.get(i)), widths.get(i)))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }

  /** The widest column gives way first, until all fit or all are narrow. */
  private static List<Integer> widths(List<List<String>> rows, int width, Set<Integer> whole) {
    int columns = rows.get(0).size();
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      int column = i;
      widths.add(rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0));
    }
    int room = width - GAP.length() * (columns - 1);
    while (widths.stream().mapToInt(w -> w).sum() > room) {
      int widest =
          IntStream.range(0, columns)
              .filter(i -> !whole.contains(i))
              .reduce((a, b) -> widths.get(b) > widths.get(a) ? b : a)
              .orElse(0);
      if (whole.contains(widest) || widths.get(widest) <= LEAST_WIDTH) {
        break;
      }
      widths.set(widest, widths.get(widest) - 1);
    }
    return widths;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - length(text)));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
