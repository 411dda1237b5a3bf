package io.sallyport.spark.release.words;

import io.sallyport.spark.exact.Partition;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** The cells of an exact question in plain English, one line, bounded. */
public final class CellsInWords {

  private static final int LONGEST = 4000;

  private CellsInWords() {}

  /** In which parts people are counted. */
  public static String of(Partition partition) {
    ExpressionWords words = new ExpressionWords(new ColumnNames(false));
    List<String> parts = new ArrayList<>();
    partition.keys().forEach(key -> parts.add("by " + words.say(key)));
    partition.conditions().forEach(condition -> parts.add("whether " + words.say(condition)));
    for (Expression column : partition.measured()) {
      if (column.nullable()) {
        parts.add("whether " + words.say(column) + " is there");
      }
    }
    String cells = parts.isEmpty() ? "one, of all rows" : String.join("; ", parts);
    return PlainText.shortened("cells in which people are counted: " + cells, LONGEST);
  }
}
