package io.sallyport.spark.release.words;

import io.sallyport.spark.scala.Scala;
import org.apache.spark.sql.catalyst.expressions.AddMonths;
import org.apache.spark.sql.catalyst.expressions.DateFormatClass;
import org.apache.spark.sql.catalyst.expressions.DateFromUnixDate;
import org.apache.spark.sql.catalyst.expressions.DayName;
import org.apache.spark.sql.catalyst.expressions.DayOfYear;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FromUnixTime;
import org.apache.spark.sql.catalyst.expressions.LastDay;
import org.apache.spark.sql.catalyst.expressions.MakeDate;
import org.apache.spark.sql.catalyst.expressions.MicrosToTimestamp;
import org.apache.spark.sql.catalyst.expressions.MillisToTimestamp;
import org.apache.spark.sql.catalyst.expressions.Minute;
import org.apache.spark.sql.catalyst.expressions.MonthName;
import org.apache.spark.sql.catalyst.expressions.MonthsBetween;
import org.apache.spark.sql.catalyst.expressions.NextDay;
import org.apache.spark.sql.catalyst.expressions.ParseToDate;
import org.apache.spark.sql.catalyst.expressions.ParseToTimestamp;
import org.apache.spark.sql.catalyst.expressions.Second;
import org.apache.spark.sql.catalyst.expressions.SecondWithFraction;
import org.apache.spark.sql.catalyst.expressions.SecondsToTimestamp;
import org.apache.spark.sql.catalyst.expressions.TimestampAdd;
import org.apache.spark.sql.catalyst.expressions.TimestampDiff;
import org.apache.spark.sql.catalyst.expressions.ToUnixTimestamp;
import org.apache.spark.sql.catalyst.expressions.UnixDate;
import org.apache.spark.sql.catalyst.expressions.UnixMicros;
import org.apache.spark.sql.catalyst.expressions.UnixMillis;
import org.apache.spark.sql.catalyst.expressions.UnixSeconds;
import org.apache.spark.sql.catalyst.expressions.UnixTimestamp;
import org.apache.spark.sql.catalyst.expressions.WeekDay;
import org.apache.spark.sql.catalyst.expressions.WeekOfYear;
import org.apache.spark.sql.catalyst.expressions.YearOfWeek;

/** Further functions of dates and times. */
final class CalendarWords {

  static final ExpressionWords.Table TABLE =
      new ExpressionWords.Table()
          .before(WeekDay.class, "the day of the week, from Monday as 0, of")
          .before(DayOfYear.class, "the day of the year of")
          .before(DayName.class, "the name of the day of the week of")
          .before(MonthName.class, "the name of the month of")
          .before(WeekOfYear.class, "the week of the year of")
          .before(YearOfWeek.class, "the year of the week of")
          .before(Minute.class, "the minute of")
          .before(Second.class, "the second of")
          .before(SecondWithFraction.class, "the second, with its fraction, of")
          .before(LastDay.class, "the last day of the month of")
          .on(
              NextDay.class,
              (e, words) -> "the first " + words.operand(e, 1) + " after " + words.operand(e, 0))
          .on(
              AddMonths.class,
              (e, words) ->
                  "the day " + words.operand(e, 1) + " months later than " + words.operand(e, 0))
          .on(
              MonthsBetween.class,
              (e, words) -> "the months from " + words.operand(e, 1) + " to " + words.operand(e, 0))
          .on(
              MakeDate.class,
              (e, words) ->
                  "the date of year "
                      + words.operand(e, 0)
                      + ", month "
                      + words.operand(e, 1)
                      + " and day "
                      + words.operand(e, 2))
          .on(
              ParseToDate.class,
              (e, words) ->
                  words.operand(e, 0) + " read as a date" + CalendarWords.pattern(e, words))
          .on(
              ParseToTimestamp.class,
              (e, words) ->
                  words.operand(e, 0) + " read as a moment" + CalendarWords.pattern(e, words))
          .on(
              DateFormatClass.class,
              (e, words) -> words.operand(e, 0) + " written as " + words.operand(e, 1))
          .before(UnixTimestamp.class, "the seconds since 1970 of")
          .before(ToUnixTimestamp.class, "the seconds since 1970 of")
          .on(
              FromUnixTime.class,
              (e, words) ->
                  words.operand(e, 0) + " seconds since 1970 written as " + words.operand(e, 1))
          .before(UnixDate.class, "the days since 1970 of")
          .before(UnixSeconds.class, "the seconds since 1970 of")
          .before(UnixMillis.class, "the milliseconds since 1970 of")
          .before(UnixMicros.class, "the microseconds since 1970 of")
          .after(DateFromUnixDate.class, "days since 1970, as a date")
          .after(SecondsToTimestamp.class, "seconds since 1970, as a moment")
          .after(MillisToTimestamp.class, "milliseconds since 1970, as a moment")
          .after(MicrosToTimestamp.class, "microseconds since 1970, as a moment")
          .on(
              TimestampDiff.class,
              (e, words) ->
                  "the whole units of "
                      + PlainText.escaped(e.unit())
                      + " from "
                      + words.operand(e, 0)
                      + " to "
                      + words.operand(e, 1))
          .on(
              TimestampAdd.class,
              (e, words) ->
                  words.operand(e, 1)
                      + " plus "
                      + words.operand(e, 0)
                      + " units of "
                      + PlainText.escaped(e.unit()));

  private CalendarWords() {}

  private static String pattern(Expression expression, ExpressionWords words) {
    return Scala.children(expression).size() < 2 ? "" : " by " + words.operand(expression, 1);
  }
}
