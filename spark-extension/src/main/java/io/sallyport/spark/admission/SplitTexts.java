package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.expressions.ElementAt;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetArrayItem;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Size;
import org.apache.spark.sql.catalyst.expressions.StringSplit;

/**
 * The use of {@code split}: one part of it is taken, or its parts are counted, and it splits at a
 * constant separator. Spark reads the separator as a regular expression; one that stands for itself
 * takes linear time.
 */
final class SplitTexts {

  private static final Set<Class<?>> TAKERS =
      Set.of(GetArrayItem.class, ElementAt.class, Size.class);

  /** Ordinary characters, escaped ones, white space; the last of them may be repeated. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "(?:[^\\\\^$.|?*+()\\[\\]{}]|\\\\[^A-Za-z0-9]|\\\\s|\\[[^\\\\\\]\\[^&-]\\]){1,32}\\+?");

  private SplitTexts() {}

  /**
   * Judges the operands of an expression.
   *
   * @throws RefusedException when one is a list of parts, or made with another separator
   */
  static void operandsOf(Expression expression) {
    for (Expression operand : Scala.children(expression)) {
      if (operand instanceof StringSplit split) {
        if (!TAKERS.contains(expression.getClass())) {
          throw RefusedException.of(
              RefusalCode.FUNCTION_NOT_ALLOWED,
              "split is used as a list",
              "one part of it: split(text, '-')[0], or split_part(text, '-', 1)");
        }
        separator(Scala.children(split).get(1));
      }
    }
  }

  /** Judges what split splits at. */
  static void separator(Expression separator) {
    boolean plain =
        separator instanceof Literal literal
            && literal.value() != null
            && PLAIN.matcher(literal.value().toString()).matches();
    if (!plain) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          "split at a pattern that is not a constant separator",
          "a separator such as '-' or '\\\\.', or split_part(text, '.', 1)");
    }
  }
}
