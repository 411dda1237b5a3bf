package io.sallyport.spark.release.words;

import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Range;

/** Where plans start. */
final class SourceWords {

  private static final int MOST_ROWS = 10;

  private SourceWords() {}

  static Stage frame(SealedFrame frame, List<Stage> inputs, Steps steps) {
    String name = frame.table().name().value(); // the owner's own word
    String kind = frame.table().isGoverned() ? "the frame " : "the public table ";
    return source(kind + name, name, frame.attributes(), "Take " + kind + name + ".", steps);
  }

  static Stage rows(LocalRelation relation, List<Stage> inputs, Steps steps) {
    List<Attribute> columns = Scala.list(relation.output());
    List<InternalRow> rows = Scala.list(relation.data());
    List<String> names = columns.stream().map(c -> PlainText.name(c.name())).toList();
    String text =
        "Take "
            + rows.size()
            + (rows.size() == 1 ? " row" : " rows")
            + " that the analyst sent along, with the columns "
            + PlainText.and(names);
    List<String> shown = new ArrayList<>();
    rows.stream().limit(MOST_ROWS).forEach(row -> shown.add(row(row, columns)));
    if (!shown.isEmpty()) {
      text += ": " + String.join("; ", shown);
    }
    if (rows.size() > MOST_ROWS) {
      text += "; " + PlainText.CUT + (rows.size() - MOST_ROWS) + " more rows]";
    }
    return source("the analyst's rows", "the analyst's rows", columns, text + ".", steps);
  }

  static Stage oneRow(OneRowRelation relation, List<Stage> inputs, Steps steps) {
    return steps.say("Take one row without columns.");
  }

  static Stage range(Range range, List<Stage> inputs, Steps steps) {
    String text =
        "Take the numbers from %d up to, not including, %d in steps of %d."
            .formatted(range.start(), range.end(), range.step());
    return source("the numbers", "the numbers", Scala.list(range.output()), text, steps);
  }

  private static Stage source(
      String called, String origin, List<Attribute> columns, String text, Steps steps) {
    steps.say(text);
    columns.forEach(column -> steps.columns().source(column, origin, steps.count()));
    return new Stage(called + " (step " + steps.count() + ")");
  }

  private static String row(InternalRow row, List<Attribute> columns) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Object value = row.isNullAt(i) ? null : row.get(i, columns.get(i).dataType());
      values.add(LiteralWords.of(new Literal(value, columns.get(i).dataType())));
    }
    return "(" + String.join(", ", values) + ")";
  }
}
