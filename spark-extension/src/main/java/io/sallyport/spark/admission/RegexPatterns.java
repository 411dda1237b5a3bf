package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.regex.Regex;
import io.sallyport.spark.regex.Replacement;
import io.sallyport.spark.regex.UnreadablePatternException;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.RLike;
import org.apache.spark.sql.catalyst.expressions.RegExpCount;
import org.apache.spark.sql.catalyst.expressions.RegExpExtract;
import org.apache.spark.sql.catalyst.expressions.RegExpInStr;
import org.apache.spark.sql.catalyst.expressions.RegExpReplace;
import org.apache.spark.sql.catalyst.expressions.RegExpSubStr;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The regular expressions that functions take: constants that can be read in linear time, so that a
 * wrong one fails for everybody and before anything runs. Where rows are read, {@link
 * io.sallyport.spark.rows.LinearRegex} stands in the place of Spark's function.
 */
final class RegexPatterns {

  private static final Set<Class<?>> TAKERS =
      Set.of(
          RLike.class,
          RegExpExtract.class,
          RegExpReplace.class,
          RegExpCount.class,
          RegExpSubStr.class,
          RegExpInStr.class);

  private static final String SPECIAL = "\\^$.|?*+()[]{}";

  private RegexPatterns() {}

  /**
   * Judges the pattern of an expression, if it takes one, and what goes with it.
   *
   * @throws RefusedException PARAM_INVALID when it is not a constant, or cannot be read so
   */
  static void require(Expression expression) {
    if (!TAKERS.contains(expression.getClass())) {
      return;
    }
    String name = expression.prettyName();
    List<Expression> operands = Scala.children(expression);
    if (operands.get(0).foldable() && !isText(operands.get(1))) {
      throw refused(name + " of a constant", name + " of a column");
    }
    if (!operands.get(0).dataType().equals(DataTypes.StringType)) {
      throw refused(name + " of a text with a collation", name + " of CAST(column AS STRING)");
    }
    Regex regex = read(name, constant(name, "pattern", operands.get(1)));
    if (expression instanceof RegExpExtract) {
      requireNumber(operands.get(2), 0, regex.groups(), name + " of a group that is not there");
    } else if (expression instanceof RegExpInStr) {
      requireNumber(operands.get(2), 0, Integer.MAX_VALUE, name + " of a group that is computed");
    } else if (expression instanceof RegExpReplace) {
      requireNumber(operands.get(3), 1, 1, name + " from another place than the first");
      replacement(name, constant(name, "replacement", operands.get(2)), regex);
    }
  }

  /**
   * Judges the operands of a function before analysis, which may evaluate it, by Java's own way of
   * trying everything, where all are constants.
   *
   * @throws RefusedException PARAM_INVALID when all are constants and the pattern is more than text
   */
  static void ofWritten(String function, List<Expression> operands) {
    boolean areConstants = operands.stream().allMatch(WrittenConstants::namesNothing);
    if (operands.size() > 1 && areConstants && !isText(operands.get(1))) {
      throw refused(function + " of a constant", function + " of a column");
    }
  }

  /** Whether a pattern stands for itself. */
  private static boolean isText(Expression pattern) {
    return pattern instanceof Literal literal
        && (literal.value() == null
            || literal.value().toString().chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0));
  }

  /** Judges a separator of split. */
  static void separator(Expression separator) {
    read("split", constant("split", "separator", separator));
  }

  /** How a text may grow when each match is replaced: by a factor, and by so many bytes. */
  static double[] growth(Expression replace) {
    List<Expression> operands = Scala.children(replace);
    Regex regex = read("", constant("", "", operands.get(1)));
    String written = constant("", "", operands.get(2));
    double bytes = UTF8String.fromString(written).numBytes();
    double groups = replacement("", written, regex).groups();
    return regex.shortest() > 0
        ? new double[] {Math.max(1, groups + bytes / regex.shortest()), 0}
        : new double[] {1 + groups + bytes, bytes};
  }

  private static Regex read(String function, String pattern) {
    try {
      return Regex.of(pattern);
    } catch (UnreadablePatternException e) {
      throw refused(
          function + " with " + e.getMessage(),
          "a pattern that is read in one pass: letters, classes such as [a-z] and \\d, groups, |,"
              + " and *, + or {n,m} after what matches at least one character");
    }
  }

  private static Replacement replacement(String function, String written, Regex regex) {
    try {
      return Replacement.of(written, regex);
    } catch (UnreadablePatternException e) {
      throw refused(function + " with " + e.getMessage(), "$1 for a group that the pattern has");
    }
  }

  private static String constant(String function, String what, Expression operand) {
    if (operand instanceof Literal literal && literal.value() instanceof UTF8String text) {
      return text.toString();
    }
    throw refused(
        function + " with a " + what + " that is not a constant", "the " + what + " as a text");
  }

  private static void requireNumber(Expression operand, int least, int most, String otherwise) {
    boolean fits =
        operand instanceof Literal literal
            && literal.value() instanceof Integer number
            && number >= least
            && number <= most;
    if (!fits) {
      throw refused(
          otherwise,
          least == most
              ? "the function without a place"
              : "the number of a group of the pattern; 0 is the whole match");
    }
  }

  private static RefusedException refused(String subject, String remedy) {
    return RefusedException.of(RefusalCode.PARAM_INVALID, subject, remedy);
  }
}
