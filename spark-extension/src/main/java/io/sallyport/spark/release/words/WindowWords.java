package io.sallyport.spark.release.words;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CumeDist;
import org.apache.spark.sql.catalyst.expressions.CurrentRow$;
import org.apache.spark.sql.catalyst.expressions.DenseRank;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Lag;
import org.apache.spark.sql.catalyst.expressions.Lead;
import org.apache.spark.sql.catalyst.expressions.NTile;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.PercentRank;
import org.apache.spark.sql.catalyst.expressions.Rank;
import org.apache.spark.sql.catalyst.expressions.RowNumber;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.UnboundedFollowing$;
import org.apache.spark.sql.catalyst.expressions.UnboundedPreceding$;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/** Values over several rows that each row gets. */
final class WindowWords {

  static final ExpressionWords.Table TABLE =
      new ExpressionWords.Table()
          .on(WindowExpression.class, WindowWords::over)
          .on(WindowSpecDefinition.class, WindowWords::spec)
          .on(SpecifiedWindowFrame.class, WindowWords::frame)
          .on(UnboundedPreceding$.class, (e, words) -> "the first row")
          .on(UnboundedFollowing$.class, (e, words) -> "the last row")
          .on(CurrentRow$.class, (e, words) -> "the row itself")
          .on(RowNumber.class, (e, words) -> "its number")
          .on(Rank.class, (e, words) -> "its rank")
          .on(DenseRank.class, (e, words) -> "its rank without gaps")
          .on(PercentRank.class, (e, words) -> "its rank as a part of all")
          .on(CumeDist.class, (e, words) -> "the part of rows up to it")
          .on(
              NTile.class,
              (e, words) -> "which of " + words.say(e.buckets()) + " equal parts it is in")
          .on(Lag.class, (e, words) -> words.operand(e.input()) + " of an earlier row")
          .on(Lead.class, (e, words) -> words.operand(e.input()) + " of a later row");

  private WindowWords() {}

  private static String over(WindowExpression over, ExpressionWords words) {
    return words.say(over.windowFunction()) + " " + words.say(over.windowSpec());
  }

  private static String spec(WindowSpecDefinition spec, ExpressionWords words) {
    List<Expression> partition = Scala.list(spec.partitionSpec());
    List<Expression> order = new ArrayList<>(Scala.list(spec.orderSpec()));
    String among =
        partition.isEmpty()
            ? "among all rows"
            : "among the rows with the same " + PlainText.and(words.sayAll(partition));
    String ordered =
        order.isEmpty() ? "" : " in the order of " + PlainText.and(words.sayAll(order));
    return among + ordered + ", " + words.say((Expression) spec.frameSpecification());
  }

  private static String frame(SpecifiedWindowFrame frame, ExpressionWords words) {
    return "from " + words.say(frame.lower()) + " to " + words.say(frame.upper());
  }

  static Stage window(Window window, List<Stage> inputs, Steps steps) {
    List<String> said = new ArrayList<>();
    for (NamedExpression column : Scala.<NamedExpression>list(window.windowExpressions())) {
      Expression value = column instanceof Alias alias ? alias.child() : (Expression) column;
      String what = steps.words().say(value);
      Attribute made = column.toAttribute();
      steps.columns().made(made, steps.columns().origins(value), steps.count() + 1);
      said.add(what + ", called " + steps.columns().of(made));
    }
    return steps.say("Add to each row: " + String.join("; ", said) + ".");
  }
}
