package io.sallyport.spark.rows;

import io.sallyport.spark.regex.Regex;
import io.sallyport.spark.regex.Replacement;
import io.sallyport.spark.regex.Search;
import io.sallyport.spark.regex.UnreadablePatternException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.RLike;
import org.apache.spark.sql.catalyst.expressions.RegExpCount;
import org.apache.spark.sql.catalyst.expressions.RegExpExtract;
import org.apache.spark.sql.catalyst.expressions.RegExpInStr;
import org.apache.spark.sql.catalyst.expressions.RegExpReplace;
import org.apache.spark.sql.catalyst.expressions.RegExpSubStr;
import org.apache.spark.sql.catalyst.expressions.StringSplit;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/** What Spark's functions of regular expressions make of a text and a pattern. */
enum RegexUse {
  RLIKE {
    @Override
    Object of(Regex regex, String text, List<Object> more) {
      return regex.in(text).find();
    }
  },
  EXTRACT {
    @Override
    Object of(Regex regex, String text, List<Object> more) {
      Search search = regex.in(text);
      String group = search.find() ? search.group((Integer) more.get(0)) : null;
      return UTF8String.fromString(group == null ? "" : group);
    }
  },
  REPLACE {
    @Override
    Object of(Regex regex, String text, List<Object> more) throws UnreadablePatternException {
      return UTF8String.fromString(Replacement.of(more.get(0).toString(), regex).in(text, regex));
    }
  },
  COUNT {
    @Override
    Object of(Regex regex, String text, List<Object> more) {
      Search search = regex.in(text);
      int matches = 0;
      while (search.find()) {
        matches++;
      }
      return matches;
    }
  },
  SUBSTRING {
    @Override
    Object of(Regex regex, String text, List<Object> more) {
      Search search = regex.in(text);
      String match = search.find() ? search.group(0) : "";
      return match.isEmpty() ? null : UTF8String.fromString(match);
    }
  },
  /** In Java's units, as Spark counts. */
  PLACE {
    @Override
    Object of(Regex regex, String text, List<Object> more) {
      Search search = regex.in(text);
      return search.find() ? search.part(0, search.start()).length() + 1 : 0;
    }
  },
  SPLIT {
    @Override
    Object of(Regex regex, String text, List<Object> more) {
      List<String> parts = regex.split(text, (Integer) more.get(0));
      return new GenericArrayData(parts.stream().map(UTF8String::fromString).toArray());
    }
  };

  /** By the expressions that Spark has for them. */
  static final Map<Class<?>, RegexUse> OF =
      Map.of(
          RLike.class, RLIKE,
          RegExpExtract.class, EXTRACT,
          RegExpReplace.class, REPLACE,
          RegExpCount.class, COUNT,
          RegExpSubStr.class, SUBSTRING,
          RegExpInStr.class, PLACE,
          StringSplit.class, SPLIT);

  /**
   * The value for one text.
   *
   * @param more the operands after the pattern
   */
  abstract Object of(Regex regex, String text, List<Object> more) throws UnreadablePatternException;
}
