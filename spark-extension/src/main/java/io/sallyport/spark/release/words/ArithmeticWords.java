package io.sallyport.spark.release.words;

import org.apache.spark.sql.catalyst.expressions.Abs;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Ceil;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.Exp;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Floor;
import org.apache.spark.sql.catalyst.expressions.IntegralDivide;
import org.apache.spark.sql.catalyst.expressions.Log;
import org.apache.spark.sql.catalyst.expressions.Log10;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.Pmod;
import org.apache.spark.sql.catalyst.expressions.Pow;
import org.apache.spark.sql.catalyst.expressions.Remainder;
import org.apache.spark.sql.catalyst.expressions.Round;
import org.apache.spark.sql.catalyst.expressions.Sqrt;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.expressions.UnaryPositive;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Arithmetic and casts. */
final class ArithmeticWords {

  static final ExpressionWords.Table TABLE =
      new ExpressionWords.Table()
          .between(Add.class, "plus")
          .between(Subtract.class, "minus")
          .between(Multiply.class, "times")
          .between(Divide.class, "divided by")
          .on(
              IntegralDivide.class,
              (e, words) ->
                  "the whole part of " + words.operand(e, 0) + " divided by " + words.operand(e, 1))
          .on(
              Remainder.class,
              (e, words) ->
                  "what remains of " + words.operand(e, 0) + " divided by " + words.operand(e, 1))
          .on(
              Pmod.class,
              (e, words) ->
                  "what remains, never below 0, of "
                      + words.operand(e, 0)
                      + " divided by "
                      + words.operand(e, 1))
          .before(UnaryMinus.class, "minus")
          .before(UnaryPositive.class, "plus")
          .before(Abs.class, "the absolute value of")
          .on(
              Round.class,
              (e, words) ->
                  words.operand(e, 0)
                      + " rounded to "
                      + words.operand(e, 1)
                      + " digits after the point")
          .after(Floor.class, "rounded down")
          .after(Ceil.class, "rounded up")
          .before(Sqrt.class, "the square root of")
          .before(Exp.class, "e to the power of")
          .before(Log.class, "the natural logarithm of")
          .before(Log10.class, "the logarithm (base 10) of")
          .between(Pow.class, "to the power of")
          .on(Cast.class, ArithmeticWords::cast);

  private ArithmeticWords() {}

  /** A cast between number types that changes no value; analysis makes them everywhere. */
  static boolean isWidening(Expression expression) {
    return expression instanceof Cast cast
        && cast.child().dataType() instanceof NumericType
        && cast.dataType() instanceof NumericType
        && Cast.canUpCast(cast.child().dataType(), cast.dataType());
  }

  private static String cast(Cast cast, ExpressionWords words) {
    if (isWidening(cast)) {
      return words.say(cast.child());
    }
    return words.operand(cast.child()) + " as " + type(cast.dataType());
  }

  private static String type(DataType type) {
    String kind = "a value";
    if (type instanceof IntegralType) {
      kind = "a whole number";
    } else if (type instanceof NumericType) {
      kind = "a number";
    } else if (type instanceof StringType) {
      kind = "text";
    } else if (type instanceof DateType) {
      kind = "a date";
    } else if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      kind = "a moment";
    } else if (type instanceof BooleanType) {
      kind = "yes or no";
    }
    return kind + " (" + PlainText.shortened(PlainText.escaped(type.catalogString()), 100) + ")";
  }
}
