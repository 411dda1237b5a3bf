package io.sallyport.spark.release.words;

import io.sallyport.spark.scala.Scala;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionDef;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionRef;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.catalyst.expressions.With;

/** Expressions that carry names and values. */
final class CarrierWords {

  static final ExpressionWords.Table TABLE =
      new ExpressionWords.Table()
          .on(AttributeReference.class, (e, words) -> words.columns().of(e))
          .on(Alias.class, (e, words) -> words.say(e.child()))
          .on(Literal.class, (e, words) -> LiteralWords.of(e))
          .on(SortOrder.class, CarrierWords::order)
          .on(With.class, CarrierWords::with)
          .on(
              CommonExpressionDef.class,
              (e, words) -> words.shared(e.id()) + " stands for " + words.operand(e.child()))
          .on(CommonExpressionRef.class, (e, words) -> words.shared(e.id()))
          .on(TryEval.class, (e, words) -> words.say(e.child()));

  private CarrierWords() {}

  /** Whether an expression is said as its only child is. */
  static boolean isTransparent(Expression expression, ExpressionWords words) {
    boolean says =
        expression instanceof Alias
            || expression instanceof TryEval
            || ArithmeticWords.isWidening(expression);
    if (!says) {
      return false;
    }
    Expression child = Scala.children(expression).get(0);
    return Scala.children(child).isEmpty() || isTransparent(child, words);
  }

  private static String order(SortOrder order, ExpressionWords words) {
    boolean ascending = order.direction().sql().equals("ASC");
    boolean usual = order.nullOrdering().equals(order.direction().defaultNullOrdering());
    boolean first = order.nullOrdering().equals(NullsFirst$.MODULE$);
    return words.say(order.child())
        + (ascending ? "" : " from high to low")
        + (usual ? "" : first ? " with missing values first" : " with missing values last");
  }

  /** BETWEEN is an operand with a name and two comparisons; other shared operands are named. */
  private static String with(With with, ExpressionWords words) {
    List<CommonExpressionDef> defs = Scala.list(with.defs());
    if (defs.size() == 1
        && with.child() instanceof And both
        && both.left() instanceof GreaterThanOrEqual from
        && both.right() instanceof LessThanOrEqual to
        && isRef(from.left(), defs.get(0))
        && isRef(to.left(), defs.get(0))) {
      return words.operand(defs.get(0).child())
          + " is between "
          + words.operand(from.right())
          + " and "
          + words.operand(to.right())
          + " (both included)";
    }
    return words.say(with.child()) + ", where " + PlainText.and(words.sayAll(defs));
  }

  private static boolean isRef(Expression side, CommonExpressionDef definition) {
    Expression operand =
        side instanceof Cast cast && ArithmeticWords.isWidening(cast) ? cast.child() : side;
    return operand instanceof CommonExpressionRef ref && ref.id().equals(definition.id());
  }
}
