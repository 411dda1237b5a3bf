package io.sallyport.spark.release.words;

import org.apache.spark.sql.catalyst.expressions.BRound;
import org.apache.spark.sql.catalyst.expressions.Cbrt;
import org.apache.spark.sql.catalyst.expressions.Cos;
import org.apache.spark.sql.catalyst.expressions.EulerNumber;
import org.apache.spark.sql.catalyst.expressions.Expm1;
import org.apache.spark.sql.catalyst.expressions.Log1p;
import org.apache.spark.sql.catalyst.expressions.Log2;
import org.apache.spark.sql.catalyst.expressions.Logarithm;
import org.apache.spark.sql.catalyst.expressions.Pi;
import org.apache.spark.sql.catalyst.expressions.Rint;
import org.apache.spark.sql.catalyst.expressions.RoundCeil;
import org.apache.spark.sql.catalyst.expressions.RoundFloor;
import org.apache.spark.sql.catalyst.expressions.Signum;
import org.apache.spark.sql.catalyst.expressions.Sin;
import org.apache.spark.sql.catalyst.expressions.Tan;
import org.apache.spark.sql.catalyst.expressions.ToDegrees;
import org.apache.spark.sql.catalyst.expressions.ToRadians;
import org.apache.spark.sql.catalyst.expressions.TryAdd;
import org.apache.spark.sql.catalyst.expressions.TryDivide;
import org.apache.spark.sql.catalyst.expressions.TryMod;
import org.apache.spark.sql.catalyst.expressions.TryMultiply;
import org.apache.spark.sql.catalyst.expressions.TrySubtract;
import org.apache.spark.sql.catalyst.expressions.WidthBucket;

/** Further functions of numbers. */
final class RealFunctionWords {

  static final ExpressionWords.Table TABLE =
      new ExpressionWords.Table()
          .before(Expm1.class, "one less than e to the power of")
          .before(Log1p.class, "the natural logarithm of one more than")
          .before(Log2.class, "the logarithm (base 2) of")
          .on(
              Logarithm.class,
              (e, words) ->
                  "the logarithm to base " + words.operand(e, 0) + " of " + words.operand(e, 1))
          .before(Cbrt.class, "the cube root of")
          .before(Signum.class, "the sign of")
          .before(Sin.class, "the sine of")
          .before(Cos.class, "the cosine of")
          .before(Tan.class, "the tangent of")
          .after(ToDegrees.class, "as degrees")
          .after(ToRadians.class, "as radians")
          .on(Pi.class, (e, words) -> "pi")
          .on(EulerNumber.class, (e, words) -> "e")
          .on(
              WidthBucket.class,
              (e, words) ->
                  "the number of the band that "
                      + words.operand(e, 0)
                      + " is in, of "
                      + words.operand(e, 3)
                      + " equal ones from "
                      + words.operand(e, 1)
                      + " to "
                      + words.operand(e, 2))
          .on(TryAdd.class, (e, words) -> words.say(e.replacement()))
          .on(TrySubtract.class, (e, words) -> words.say(e.replacement()))
          .on(TryMultiply.class, (e, words) -> words.say(e.replacement()))
          .on(TryDivide.class, (e, words) -> words.say(e.replacement()))
          .on(TryMod.class, (e, words) -> words.say(e.replacement()))
          .after(Rint.class, "rounded to a whole number")
          .on(
              BRound.class,
              (e, words) ->
                  words.operand(e, 0)
                      + " rounded, halves to even digits, to "
                      + words.operand(e, 1)
                      + " digits after the point")
          .on(
              RoundCeil.class,
              (e, words) ->
                  words.operand(e, 0)
                      + " rounded up to "
                      + words.operand(e, 1)
                      + " digits after the point")
          .on(
              RoundFloor.class,
              (e, words) ->
                  words.operand(e, 0)
                      + " rounded down to "
                      + words.operand(e, 1)
                      + " digits after the point");

  private RealFunctionWords() {}
}
