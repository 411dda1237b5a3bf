package io.sallyport.spark.release.words;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.exact.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** The cells of an exact question in plain English, on one line, bounded. */
public final class CellsInWords {

  private static final int LONGEST = 800;

  private CellsInWords() {}

  /** In which parts the people of a frame are counted; empty where in one part of all rows. */
  public static String of(List<Partition> partitions, FrameName frame) {
    String all =
        partitions.stream()
            .filter(partition -> partition.frames().contains(frame))
            .map(CellsInWords::of)
            .filter(cells -> !cells.isEmpty())
            .collect(Collectors.joining(" - and "));
    return all.isEmpty() ? "" : PlainText.shortened("cells: " + all, LONGEST);
  }

  private static String of(Partition partition) {
    ExpressionWords words = new ExpressionWords(new ColumnNames(false));
    List<String> parts = new ArrayList<>();
    partition.keys().forEach(key -> parts.add("by " + words.say(key)));
    partition.conditions().forEach(condition -> parts.add("whether " + words.say(condition)));
    for (Expression column : partition.measured()) {
      if (column.nullable()) {
        parts.add(
            "whether "
                + words.say(column)
                + " is there, unless its owner declares missing: public");
      }
    }
    return String.join("; ", parts);
  }
}
