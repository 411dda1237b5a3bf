package io.sallyport.spark.release.words;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Decode;
import org.apache.spark.sql.catalyst.expressions.EqualNull;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Greatest;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Least;
import org.apache.spark.sql.catalyst.expressions.NaNvl;
import org.apache.spark.sql.catalyst.expressions.NullIf;
import org.apache.spark.sql.catalyst.expressions.NullIfZero;
import org.apache.spark.sql.catalyst.expressions.Nvl;
import org.apache.spark.sql.catalyst.expressions.Nvl2;
import org.apache.spark.sql.catalyst.expressions.ZeroIfNull;
import scala.Tuple2;

/** Values that depend on a condition. */
final class ConditionalWords {

  static final ExpressionWords.Table TABLE =
      new ExpressionWords.Table()
          .on(
              If.class,
              (e, words) ->
                  words.operand(e.trueValue())
                      + " if "
                      + words.operand(e.predicate())
                      + ", else "
                      + words.operand(e.falseValue()))
          .on(CaseWhen.class, ConditionalWords::cases)
          .on(
              Coalesce.class,
              (e, words) ->
                  "the first of "
                      + String.join(", ", words.sayAll(Scala.children(e)))
                      + " that is not missing")
          .on(Least.class, (e, words) -> "the least of " + all(e, words))
          .on(Greatest.class, (e, words) -> "the greatest of " + all(e, words))
          .on(Nvl.class, (e, words) -> words.say(e.replacement()))
          .on(Nvl2.class, (e, words) -> words.say(e.replacement()))
          .on(NullIf.class, (e, words) -> words.say(e.replacement()))
          .on(NullIfZero.class, (e, words) -> words.say(e.replacement()))
          .on(ZeroIfNull.class, (e, words) -> words.say(e.replacement()))
          .on(EqualNull.class, (e, words) -> words.say(e.replacement()))
          .on(Decode.class, (e, words) -> words.say(e.replacement()))
          .on(
              NaNvl.class,
              (e, words) ->
                  words.operand(e, 0) + ", or if that is not a number " + words.operand(e, 1));

  private ConditionalWords() {}

  private static String all(Expression expression, ExpressionWords words) {
    return String.join(", ", words.sayAll(Scala.children(expression)));
  }

  private static String cases(CaseWhen cases, ExpressionWords words) {
    List<String> said = new ArrayList<>();
    for (Tuple2<Expression, Expression> branch :
        Scala.<Tuple2<Expression, Expression>>list(cases.branches())) {
      said.add(words.operand(branch._2()) + " if " + words.operand(branch._1()));
    }
    String last = Scala.optional(cases.elseValue()).map(words::operand).orElse("nothing (NULL)");
    return String.join(", or else ", said) + ", else " + last;
  }
}
