package io.sallyport.spark.release.words;

import io.sallyport.spark.scala.Scala;
import org.apache.spark.sql.catalyst.expressions.DateAdd;
import org.apache.spark.sql.catalyst.expressions.DateAddYMInterval;
import org.apache.spark.sql.catalyst.expressions.DateDiff;
import org.apache.spark.sql.catalyst.expressions.DateSub;
import org.apache.spark.sql.catalyst.expressions.DatetimeSub;
import org.apache.spark.sql.catalyst.expressions.DayOfMonth;
import org.apache.spark.sql.catalyst.expressions.DayOfWeek;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Extract;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalDays;
import org.apache.spark.sql.catalyst.expressions.Hour;
import org.apache.spark.sql.catalyst.expressions.Left;
import org.apache.spark.sql.catalyst.expressions.Length;
import org.apache.spark.sql.catalyst.expressions.Lower;
import org.apache.spark.sql.catalyst.expressions.Month;
import org.apache.spark.sql.catalyst.expressions.Quarter;
import org.apache.spark.sql.catalyst.expressions.StringTrim;
import org.apache.spark.sql.catalyst.expressions.Substring;
import org.apache.spark.sql.catalyst.expressions.TimestampAddInterval;
import org.apache.spark.sql.catalyst.expressions.TimestampAddYMInterval;
import org.apache.spark.sql.catalyst.expressions.TruncDate;
import org.apache.spark.sql.catalyst.expressions.TruncTimestamp;
import org.apache.spark.sql.catalyst.expressions.Upper;
import org.apache.spark.sql.catalyst.expressions.Year;

/** Functions of texts, dates and times. */
final class FunctionWords {

  static final ExpressionWords.Table TABLE =
      new ExpressionWords.Table()
          .after(Upper.class, "in capital letters")
          .after(Lower.class, "in small letters")
          .on(StringTrim.class, FunctionWords::trim)
          .on(
              Substring.class,
              (e, words) ->
                  "at most "
                      + words.operand(e, 2)
                      + " characters of "
                      + words.operand(e, 0)
                      + " from number "
                      + words.operand(e, 1)
                      + " on")
          .on(
              Left.class,
              (e, words) ->
                  "the first " + words.operand(e, 1) + " characters of " + words.operand(e, 0))
          .before(Length.class, "the number of characters of")
          .before(Year.class, "the year of")
          .before(Quarter.class, "the quarter of the year of")
          .before(Month.class, "the month of")
          .before(DayOfMonth.class, "the day of the month of")
          .before(DayOfWeek.class, "the day of the week of")
          .before(Hour.class, "the hour of")
          .on(
              TruncDate.class,
              (e, words) ->
                  words.operand(e.date()) + " cut to the start of its " + words.say(e.format()))
          .on(
              TruncTimestamp.class,
              (e, words) ->
                  words.operand(e.timestamp())
                      + " cut to the start of its "
                      + words.say(e.format()))
          .on(Extract.class, (e, words) -> words.say(e.replacement()))
          .on(DatetimeSub.class, (e, words) -> words.say(e.replacement()))
          .before(ExtractANSIIntervalDays.class, "the days of")
          .on(DateAdd.class, (e, words) -> moved(e, "later", words))
          .on(DateSub.class, (e, words) -> moved(e, "earlier", words))
          .between(DateAddYMInterval.class, "plus")
          .between(TimestampAddInterval.class, "plus")
          .between(TimestampAddYMInterval.class, "plus")
          .on(
              DateDiff.class,
              (e, words) -> "the days from " + words.operand(e, 1) + " to " + words.operand(e, 0));

  private FunctionWords() {}

  private static String moved(Expression expression, String where, ExpressionWords words) {
    return "the day "
        + words.operand(expression, 1)
        + " days "
        + where
        + " than "
        + words.operand(expression, 0);
  }

  private static String trim(StringTrim trim, ExpressionWords words) {
    String what =
        Scala.optional(trim.trimStr())
            .map(characters -> "any of the characters " + words.say(characters))
            .orElse("spaces");
    return words.operand(trim.srcStr()) + " without " + what + " at its ends";
  }
}
