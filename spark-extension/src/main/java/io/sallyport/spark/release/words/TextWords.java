package io.sallyport.spark.release.words;

import io.sallyport.spark.scala.Scala;
import org.apache.spark.sql.catalyst.expressions.Concat;
import org.apache.spark.sql.catalyst.expressions.ConcatWs;
import org.apache.spark.sql.catalyst.expressions.ElementAt;
import org.apache.spark.sql.catalyst.expressions.FormatNumber;
import org.apache.spark.sql.catalyst.expressions.GetArrayItem;
import org.apache.spark.sql.catalyst.expressions.ILike;
import org.apache.spark.sql.catalyst.expressions.InitCap;
import org.apache.spark.sql.catalyst.expressions.OctetLength;
import org.apache.spark.sql.catalyst.expressions.Reverse;
import org.apache.spark.sql.catalyst.expressions.Right;
import org.apache.spark.sql.catalyst.expressions.Size;
import org.apache.spark.sql.catalyst.expressions.SplitPart;
import org.apache.spark.sql.catalyst.expressions.StringInstr;
import org.apache.spark.sql.catalyst.expressions.StringLPad;
import org.apache.spark.sql.catalyst.expressions.StringLocate;
import org.apache.spark.sql.catalyst.expressions.StringRPad;
import org.apache.spark.sql.catalyst.expressions.StringRepeat;
import org.apache.spark.sql.catalyst.expressions.StringReplace;
import org.apache.spark.sql.catalyst.expressions.StringSplit;
import org.apache.spark.sql.catalyst.expressions.StringTranslate;
import org.apache.spark.sql.catalyst.expressions.StringTrimBoth;
import org.apache.spark.sql.catalyst.expressions.StringTrimLeft;
import org.apache.spark.sql.catalyst.expressions.StringTrimRight;
import org.apache.spark.sql.catalyst.expressions.SubstringIndex;

/** Functions that make texts of texts. */
final class TextWords {

  static final ExpressionWords.Table TABLE =
      new ExpressionWords.Table()
          .after(InitCap.class, "with each word in capital and small letters")
          .after(StringTrimLeft.class, "without spaces, or the characters given, at its start")
          .after(StringTrimRight.class, "without spaces, or the characters given, at its end")
          .on(StringTrimBoth.class, (e, words) -> words.say(e.replacement()))
          .on(
              StringLPad.class,
              (e, words) ->
                  words.operand(e, 0)
                      + " filled up from the left to "
                      + words.operand(e, 1)
                      + " characters with "
                      + words.operand(e, 2))
          .on(
              StringRPad.class,
              (e, words) ->
                  words.operand(e, 0)
                      + " filled up on the right to "
                      + words.operand(e, 1)
                      + " characters with "
                      + words.operand(e, 2))
          .on(
              StringRepeat.class,
              (e, words) -> words.operand(e, 0) + " repeated " + words.operand(e, 1) + " times")
          .after(Reverse.class, "read backwards")
          .on(
              Concat.class,
              (e, words) ->
                  "the text of " + String.join(", then ", words.sayAll(Scala.children(e))))
          .on(
              ConcatWs.class,
              (e, words) ->
                  "the texts, with the first between the others, of "
                      + String.join(", ", words.sayAll(Scala.children(e))))
          .on(
              StringReplace.class,
              (e, words) ->
                  words.operand(e, 0)
                      + " with "
                      + words.operand(e, 2)
                      + " for "
                      + words.operand(e, 1))
          .on(
              StringTranslate.class,
              (e, words) ->
                  words.operand(e, 0)
                      + " with the characters "
                      + words.operand(e, 2)
                      + " for the characters "
                      + words.operand(e, 1))
          .on(
              StringSplit.class,
              (e, words) ->
                  "the parts of " + words.operand(e, 0) + " between " + words.operand(e, 1))
          .on(
              SplitPart.class,
              (e, words) ->
                  "part "
                      + words.operand(e, 2)
                      + " of "
                      + words.operand(e, 0)
                      + " between "
                      + words.operand(e, 1))
          .on(
              GetArrayItem.class,
              (e, words) ->
                  "element " + words.operand(e, 1) + " (from 0) of " + words.operand(e, 0))
          .on(
              ElementAt.class,
              (e, words) ->
                  "element " + words.operand(e, 1) + " (from 1) of " + words.operand(e, 0))
          .before(Size.class, "the number of elements of")
          .on(
              SubstringIndex.class,
              (e, words) ->
                  words.operand(e, 0)
                      + " up to number "
                      + words.operand(e, 2)
                      + " of "
                      + words.operand(e, 1))
          .on(Right.class, (e, words) -> words.say(e.replacement()))
          .before(OctetLength.class, "the number of bytes of")
          .on(
              StringLocate.class,
              (e, words) ->
                  "the place of "
                      + words.operand(e, 0)
                      + " in "
                      + words.operand(e, 1)
                      + " from character "
                      + words.operand(e, 2)
                      + " on")
          .on(
              StringInstr.class,
              (e, words) -> "the place of " + words.operand(e, 1) + " in " + words.operand(e, 0))
          .on(
              ILike.class,
              (e, words) ->
                  words.operand(e, 0) + " is, in whatever letters, like " + words.operand(e, 1))
          .on(
              FormatNumber.class,
              (e, words) ->
                  words.operand(e, 0)
                      + " written out with "
                      + words.operand(e, 1)
                      + " digits after the point");

  private TextWords() {}
}
