package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ILike;
import org.apache.spark.sql.catalyst.expressions.Like;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;

/**
 * The patterns that LIKE takes: constants, so that a wrong one fails for everybody and before
 * anything runs, short and with few {@code %}. Spark's optimizer may make a regular expression of
 * one, which goes back to each {@code %} for each place of those after it; where rows are read,
 * {@link io.sallyport.spark.rows.LinearLike} stands in its place.
 */
final class LikePatterns {

  private static final int MOST_WILDCARDS = 3;
  private static final int LONGEST = 1_000;

  /** Characters of a constant that LIKE is asked of. */
  private static final int LONGEST_CONSTANT = 100;

  private LikePatterns() {}

  /**
   * Judges the pattern of an expression, if it takes one.
   *
   * @throws RefusedException PARAM_INVALID when it is not a constant, not a pattern, or too costly
   */
  static void require(Expression expression) {
    if (expression instanceof Like like) {
      require(like.right(), like.escapeChar());
    } else if (expression instanceof ILike like) {
      require(like.right(), like.escapeChar());
    }
  }

  /**
   * Judges the operands of LIKE before analysis, which may evaluate it where both are constants.
   *
   * @throws RefusedException PARAM_INVALID when a constant text is long, or the pattern too costly
   */
  static void ofWritten(List<Expression> operands) {
    if (operands.size() < 2 || !operands.stream().allMatch(WrittenConstants::namesNothing)) {
      return;
    }
    boolean isShort =
        operands.get(0) instanceof Literal literal
            && (literal.value() == null || literal.value().toString().length() <= LONGEST_CONSTANT);
    if (!isShort || wildcards(operands.get(1)) > MOST_WILDCARDS) {
      throw refused("LIKE of a constant that is computed or long");
    }
  }

  private static long wildcards(Expression pattern) {
    long own =
        pattern instanceof Literal literal && literal.value() != null
            ? literal.value().toString().chars().filter(c -> c == '%').count()
            : 0;
    return own + Scala.children(pattern).stream().mapToLong(LikePatterns::wildcards).sum();
  }

  private static void require(Expression written, char escape) {
    Object constant = written.foldable() ? value(written) : null;
    if (constant == null) {
      throw refused("LIKE with a pattern that is not a constant");
    }
    if (constant.toString().length() > LONGEST) {
      throw refused("LIKE with a pattern of more than " + LONGEST + " characters");
    }
    Literal pattern = Literal.create(constant, DataTypes.StringType);
    if (constant.toString().chars().filter(c -> c == '%').count() > MOST_WILDCARDS) {
      throw refused("LIKE with more than " + MOST_WILDCARDS + " wildcards %");
    }
    try {
      new Like(Literal.create("", DataTypes.StringType), pattern, escape).eval(InternalRow.empty());
    } catch (Exception e) { // AnalysisException is checked, and Scala does not declare it
      throw refused("LIKE with an escape character before an ordinary one");
    }
  }

  private static Object value(Expression constant) {
    return constant.eval(InternalRow.empty());
  }

  private static RefusedException refused(String subject) {
    return RefusedException.of(
        RefusalCode.PARAM_INVALID, subject, "a constant pattern such as '%word%'");
  }
}
