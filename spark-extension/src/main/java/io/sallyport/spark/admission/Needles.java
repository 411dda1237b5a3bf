package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.admission.TextGrowth.Size;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.ArrayDistinct;
import org.apache.spark.sql.catalyst.expressions.ArraysOverlap;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Contains;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Levenshtein;
import org.apache.spark.sql.catalyst.expressions.SplitPart;
import org.apache.spark.sql.catalyst.expressions.StringInstr;
import org.apache.spark.sql.catalyst.expressions.StringLocate;
import org.apache.spark.sql.catalyst.expressions.StringReplace;
import org.apache.spark.sql.catalyst.expressions.StringTrim;
import org.apache.spark.sql.catalyst.expressions.StringTrimBoth;
import org.apache.spark.sql.catalyst.expressions.StringTrimLeft;
import org.apache.spark.sql.catalyst.expressions.StringTrimRight;
import org.apache.spark.sql.catalyst.expressions.SubstringIndex;
import org.apache.spark.sql.catalyst.util.TypeUtils$;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;

/**
 * A text that is looked for in another. Spark compares it at each place, so two long texts take the
 * product of their lengths: one of them is short, or neither was made longer than it is stored.
 */
final class Needles {

  private static final double LONGEST_NEEDLE = 1_024;
  private static final double LONGEST_TEXT = 10_000;
  private static final double FEW_TIMES = 4;

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

  /** By a table of them where they have proper equality, and else each with each other. */
  private static final Set<Class<?>> COMPARES_ENTRIES =
      Set.of(ArraysOverlap.class, ArrayDistinct.class);

  private Needles() {}

  /**
   * Judges an expression by the sizes of its operands.
   *
   * @throws RefusedException LIMIT_EXCEEDED when both texts may be long
   */
  static void require(Expression expression, List<Size> operands) {
    if (expression instanceof Levenshtein) {
      operands.forEach(Needles::requireAsStored);
    }
    if (isDecimalOfText(expression) && !isAsStored(operands.get(0))) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "a DECIMAL of a text that was made longer takes the square of its length",
          "CAST(left(text, 100) AS DECIMAL(38, 2)), or a text as it is stored");
    }
    if (COMPARES_ENTRIES.contains(expression.getClass()) && !isQuicklyCompared(expression)) {
      throw RefusedException.of(
          RefusalCode.FUNCTION_NOT_ALLOWED,
          expression.prettyName()
              + " of binary, collated or nested entries compares each with each other",
          "a list of numbers, dates or texts");
    }
    Places places = SEARCHES.get(expression.getClass());
    if (places == null || operands.size() <= Math.max(places.text(), places.needle())) {
      return;
    }
    Size text = operands.get(places.text());
    Size needle = operands.get(places.needle());
    boolean isShort = needle.times() == 0 && needle.more() <= LONGEST_NEEDLE;
    if (!isShort && !isAsStored(text)) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          expression.prettyName() + " looks for a long text in one that was made longer",
          "a constant of at most 1000 characters, or a text as it is stored");
    }
  }

  private static boolean isDecimalOfText(Expression expression) {
    return expression instanceof Cast cast
        && cast.dataType() instanceof DecimalType
        && cast.child().dataType() instanceof StringType;
  }

  private static boolean isQuicklyCompared(Expression lists) {
    return Scala.children(lists).stream()
        .map(Expression::dataType)
        .filter(ArrayType.class::isInstance)
        .allMatch(
            list -> TypeUtils$.MODULE$.typeWithProperEquals(((ArrayType) list).elementType()));
  }

  /** Whether it is one of these functions. */
  static boolean areIn(Expression expression) {
    return SEARCHES.containsKey(expression.getClass());
  }

  private static boolean isAsStored(Size text) {
    return text.times() <= FEW_TIMES && text.more() <= LONGEST_TEXT;
  }

  private static void requireAsStored(Size text) {
    if (!isAsStored(text)) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "levenshtein of a text that was made longer takes the product of both lengths",
          "levenshtein(city, 'Vienna'), of a text as it is stored");
    }
  }
}
