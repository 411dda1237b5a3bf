package io.sallyport.spark.release.words;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Between;
import org.apache.spark.sql.catalyst.expressions.Contains;
import org.apache.spark.sql.catalyst.expressions.EndsWith;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.InSet;
import org.apache.spark.sql.catalyst.expressions.IsNaN;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Like;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.StartsWith;

/** Conditions. */
final class PredicateWords {

  private static final int MOST_VALUES = 20;

  static final ExpressionWords.Table TABLE =
      new ExpressionWords.Table()
          .on(And.class, (e, words) -> chain(e, And.class, " and ", words))
          .on(Or.class, (e, words) -> chain(e, Or.class, " or ", words))
          .on(Not.class, PredicateWords::not)
          .between(EqualTo.class, "is")
          .between(EqualNullSafe.class, "is, or is missing as well as,")
          .between(LessThan.class, "is less than")
          .between(LessThanOrEqual.class, "is at most")
          .between(GreaterThan.class, "is more than")
          .between(GreaterThanOrEqual.class, "is at least")
          .on(Between.class, (e, words) -> words.say(e.replacement()))
          .on(In.class, (e, words) -> words.operand(e, 0) + " is " + list(e, words))
          .on(InSet.class, (e, words) -> words.operand(e, 0) + " is " + list(e))
          .after(IsNull.class, "is missing")
          .after(IsNotNull.class, "is not missing")
          .after(IsNaN.class, "is not a number (NaN)")
          .between(StartsWith.class, "starts with")
          .between(EndsWith.class, "ends with")
          .between(Contains.class, "contains")
          .between(Like.class, "is like");

  private PredicateWords() {}

  private static String not(Not not, ExpressionWords words) {
    if (not.child() instanceof EqualTo equal) {
      return words.operand(equal, 0) + " is not " + words.operand(equal, 1);
    }
    if (not.child() instanceof In in) {
      return words.operand(in, 0) + " is not " + list(in, words);
    }
    if (not.child() instanceof InSet in) {
      return words.operand(in, 0) + " is not " + list(in);
    }
    return "it is not so that " + words.operand(not.child());
  }

  /** "a and b and c" for a tree of one operator, without parentheses inside. */
  private static String chain(
      Expression root, Class<?> operator, String between, ExpressionWords words) {
    List<String> parts = new ArrayList<>();
    for (Expression part : parts(root, operator)) {
      boolean isSimple = !(part instanceof And || part instanceof Or || part instanceof Not);
      parts.add(isSimple ? words.say(part) : "(" + words.say(part) + ")");
    }
    return String.join(between, parts);
  }

  /** The operands of a tree of one operator, left to right. */
  static List<Expression> parts(Expression root, Class<?> operator) {
    if (root.getClass() != operator) {
      return List.of(root);
    }
    List<Expression> parts = new ArrayList<>();
    Scala.children(root).forEach(child -> parts.addAll(parts(child, operator)));
    return parts;
  }

  private static String list(In in, ExpressionWords words) {
    return oneOf(words.sayAll(Scala.<Expression>list(in.list())));
  }

  private static String list(InSet in) {
    List<String> values = new ArrayList<>();
    for (Object value : Scala.list(in.hset())) {
      values.add(LiteralWords.of(new Literal(value, in.child().dataType())));
    }
    values.sort(null);
    return oneOf(values);
  }

  private static String oneOf(List<String> values) {
    if (values.size() <= MOST_VALUES) {
      return "one of " + String.join(", ", values);
    }
    return "one of "
        + values.size()
        + " values: "
        + String.join(", ", values.subList(0, MOST_VALUES))
        + " "
        + PlainText.CUT
        + (values.size() - MOST_VALUES)
        + " more values]";
  }
}
