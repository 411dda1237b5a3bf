package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.text.Printable;
import io.sallyport.spark.RefusedException;
import java.util.Set;

/**
 * Holds SQL text to characters that are only seen, as names in plans are held to them: whoever
 * reads a question in a record, a request or a terminal reads what Spark reads. Lines may be broken
 * between words and within constants. A constant may have a joiner that some scripts need; it can
 * have any other character as an escape.
 */
final class SqlCharacters {

  private static final Set<Integer> BREAKS = Set.of((int) '\n', (int) '\r', (int) '\t');

  /** Zero-width joiner and non-joiner. */
  private static final Set<Integer> JOINERS = Set.of(0x200c, 0x200d);

  private SqlCharacters() {}

  /**
   * @throws RefusedException PARAM_INVALID when the text has any other
   */
  static void require(String text) {
    int quote = 0;
    int i = 0;
    while (i < text.length()) {
      int comment = quote == 0 ? comment(text, i) : 0;
      int point = text.codePointAt(i);
      requireAdmitted(point, quote);
      i += Character.charCount(point);
      if (comment > i) {
        text.substring(i, comment).codePoints().forEach(each -> requireAdmitted(each, 0));
        i = comment;
      } else if (point == '\\' && (quote == '\'' || quote == '"') && i < text.length()) {
        requireAdmitted(text.codePointAt(i), quote);
        i += Character.charCount(text.codePointAt(i));
      } else if (quote == 0 && (point == '\'' || point == '"' || point == '`')) {
        quote = point;
      } else if (point == quote) {
        quote = 0; // a doubled quote ends and begins again
      }
    }
  }

  /** Where the comment ends that begins here; 0 when none does. */
  private static int comment(String text, int at) {
    boolean isLine = text.startsWith("--", at);
    if (!isLine && !text.startsWith("/*", at)) {
      return 0;
    }
    int end = isLine ? text.indexOf('\n', at) : text.indexOf("*/", at + 2);
    return end < 0 ? text.length() : end;
  }

  private static void requireAdmitted(int point, int quote) {
    if (!isAdmitted(point, quote)) {
      throw refused(point, quote);
    }
  }

  private static boolean isAdmitted(int point, int quote) {
    return Printable.is(point)
        || (quote != '`' && BREAKS.contains(point))
        || ((quote == '\'' || quote == '"') && JOINERS.contains(point));
  }

  private static RefusedException refused(int point, int quote) {
    return RefusedException.of(
        RefusalCode.PARAM_INVALID,
        "%s has the character U+%04X, which is not seen or changes how a text is seen"
            .formatted(quote == '`' ? "a name in the SQL text" : "the SQL text", point),
        "the text without it; a constant may have it as an escape, '\\uXXXX'");
  }
}
