package io.sallyport.spark.release.words;

import org.apache.spark.sql.catalyst.expressions.ConvertTimezone;
import org.apache.spark.sql.catalyst.expressions.FromUTCTimestamp;
import org.apache.spark.sql.catalyst.expressions.MakeTimestamp;
import org.apache.spark.sql.catalyst.expressions.ToUTCTimestamp;
import org.apache.spark.sql.catalyst.expressions.TryMakeTimestamp;

/** Times of parts, and in zones. */
final class ZoneWords {

  static final ExpressionWords.Table TABLE =
      new ExpressionWords.Table()
          .of(MakeTimestamp.class, "the time with year, month, day, hour, minute and second")
          .of(TryMakeTimestamp.class, "the time with year, month, day, hour, minute and second")
          .on(
              ToUTCTimestamp.class,
              (e, words) -> words.operand(e, 0) + " as UTC, from the zone " + words.operand(e, 1))
          .on(
              FromUTCTimestamp.class,
              (e, words) ->
                  words.operand(e, 0) + " in the zone " + words.operand(e, 1) + ", from UTC")
          .on(
              ConvertTimezone.class,
              (e, words) ->
                  words.operand(e, 2)
                      + " in the zone "
                      + words.operand(e, 1)
                      + ", from the zone "
                      + words.operand(e, 0));

  private ZoneWords() {}
}
