package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Contains;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SplitPart;
import org.apache.spark.sql.catalyst.expressions.StringInstr;
import org.apache.spark.sql.catalyst.expressions.StringLocate;
import org.apache.spark.sql.catalyst.expressions.StringReplace;
import org.apache.spark.sql.catalyst.expressions.StringTrim;
import org.apache.spark.sql.catalyst.expressions.StringTrimBoth;
import org.apache.spark.sql.catalyst.expressions.StringTrimLeft;
import org.apache.spark.sql.catalyst.expressions.StringTrimRight;
import org.apache.spark.sql.catalyst.expressions.SubstringIndex;

/**
 * A text that is looked for in another. Spark compares it at each place, so two long texts take the
 * product of their lengths: one of them is short, or neither was made longer than it is stored.
 */
final class Needles {

  private static final double LONGEST_NEEDLE = 1_024;

  /**
   * The operands.
   *
   * @param text in which is looked
   * @param needle that is looked for
   */
  private record Places(int text, int needle) {}

  private static final Places USUAL = new Places(0, 1);

  private static final Map<Class<?>, Places> SEARCHES =
      Map.of(
          Contains.class, USUAL,
          StringInstr.class, USUAL,
          StringLocate.class, new Places(1, 0),
          StringReplace.class, USUAL,
          SplitPart.class, USUAL,
          SubstringIndex.class, USUAL,
          StringTrim.class, USUAL,
          StringTrimBoth.class, USUAL,
          StringTrimLeft.class, USUAL,
          StringTrimRight.class, USUAL);

  private Needles() {}

  /**
   * Judges an expression by the sizes of its operands.
   *
   * @throws RefusedException LIMIT_EXCEEDED when both texts may be long
   */
  static void require(Expression expression, List<TextSize> operands) {
    Places places = SEARCHES.get(expression.getClass());
    if (places == null || operands.size() <= Math.max(places.text(), places.needle())) {
      return;
    }
    TextSize text = operands.get(places.text());
    TextSize needle = operands.get(places.needle());
    boolean isShort = needle.times() == 0 && needle.more() <= LONGEST_NEEDLE;
    if (!isShort && !text.isAsStored()) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          expression.prettyName() + " looks for a long text in one that was made longer",
          "a constant of at most 1000 characters, or a text as it is stored");
    }
  }

  /** Whether it is one of these functions. */
  static boolean areIn(Expression expression) {
    return SEARCHES.containsKey(expression.getClass());
  }
}
