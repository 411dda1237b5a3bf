package io.sallyport.spark.release.words;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Join;

/** Rows of two sides put beside each other. */
final class JoinWords {

  private JoinWords() {}

  static Stage join(Join join, List<Stage> inputs, Steps steps) {
    String left = inputs.get(0).called();
    String right = inputs.get(1).called();
    String matching = Scala.optional(join.condition()).map(c -> matching(c, steps)).orElse("");
    String each = "Match each row of " + left + " with every row of " + right + matching + ".";
    return steps.say(
        switch (join.joinType().sql()) {
          case "INNER", "CROSS" ->
              matching.isEmpty() ? each : each + " Rows without a match are dropped.";
          case "LEFT OUTER" -> each + stay(left, right) + drop(right);
          case "RIGHT OUTER" -> each + stay(right, left) + drop(left);
          case "FULL OUTER" -> each + stay(left, right) + stay(right, left);
          case "LEFT SEMI" ->
              "Keep the rows of " + left + " that have a match among " + right + matching + ".";
          case "LEFT ANTI" ->
              "Keep the rows of " + left + " that have no match among " + right + matching + ".";
          default ->
              each + " The kind of the match is " + PlainText.escaped(join.joinType().sql()) + ".";
        });
  }

  private static String stay(String kept, String missing) {
    return " Rows of "
        + kept
        + " without a match stay, with nothing (NULL) in the columns of "
        + missing
        + ".";
  }

  private static String drop(String side) {
    return " Rows of " + side + " without a match are dropped.";
  }

  /** " of the same patient_id, where ..." */
  private static String matching(Expression condition, Steps steps) {
    List<String> same = new ArrayList<>();
    List<Expression> other = new ArrayList<>();
    for (Expression part : PredicateWords.parts(condition, And.class)) {
      sameColumn(part, steps).ifPresentOrElse(same::add, () -> other.add(part));
    }
    String text = same.isEmpty() ? "" : " of the same " + PlainText.and(same);
    Optional<Expression> where = other.stream().reduce(And::new);
    return text + where.map(rest -> " where " + steps.words().say(rest)).orElse("");
  }

  /** The name, when a table's column is compared with another table's column of that name. */
  private static Optional<String> sameColumn(Expression part, Steps steps) {
    boolean isSame =
        part instanceof EqualTo equal
            && equal.left() instanceof AttributeReference a
            && equal.right() instanceof AttributeReference b
            && a.name().equals(b.name())
            && steps.columns().isSource(a)
            && steps.columns().isSource(b)
            && !a.exprId().equals(b.exprId());
    return isSame
        ? Optional.of(PlainText.name(((AttributeReference) ((EqualTo) part).left()).name()))
        : Optional.empty();
  }
}
