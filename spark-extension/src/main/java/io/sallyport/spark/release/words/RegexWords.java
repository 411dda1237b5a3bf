package io.sallyport.spark.release.words;

import org.apache.spark.sql.catalyst.expressions.RLike;
import org.apache.spark.sql.catalyst.expressions.RegExpCount;
import org.apache.spark.sql.catalyst.expressions.RegExpExtract;
import org.apache.spark.sql.catalyst.expressions.RegExpInStr;
import org.apache.spark.sql.catalyst.expressions.RegExpReplace;
import org.apache.spark.sql.catalyst.expressions.RegExpSubStr;

/** Regular expressions. */
final class RegexWords {

  static final ExpressionWords.Table TABLE =
      new ExpressionWords.Table()
          .between(RLike.class, "has a part that matches the regular expression")
          .on(
              RegExpExtract.class,
              (e, words) ->
                  "group "
                      + words.operand(e, 2)
                      + " of the first match of the regular expression "
                      + words.operand(e, 1)
                      + " in "
                      + words.operand(e, 0))
          .on(
              RegExpReplace.class,
              (e, words) ->
                  words.operand(e, 0)
                      + " with "
                      + words.operand(e, 2)
                      + " for each match of the regular expression "
                      + words.operand(e, 1))
          .on(
              RegExpCount.class,
              (e, words) ->
                  "how often the regular expression "
                      + words.operand(e, 1)
                      + " matches in "
                      + words.operand(e, 0))
          .on(
              RegExpSubStr.class,
              (e, words) ->
                  "the first match of the regular expression "
                      + words.operand(e, 1)
                      + " in "
                      + words.operand(e, 0))
          .on(
              RegExpInStr.class,
              (e, words) ->
                  "the place of the first match of the regular expression "
                      + words.operand(e, 1)
                      + " in "
                      + words.operand(e, 0));

  private RegexWords() {}
}
