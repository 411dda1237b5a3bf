package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ILike;
import org.apache.spark.sql.catalyst.expressions.Like;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;

/**
 * The patterns that LIKE takes: constants, so that a wrong one fails for everybody and before
 * anything runs, with few {@code %}. Spark makes a regular expression of the pattern, which goes
 * back to each {@code %} for each place of those after it.
 */
final class LikePatterns {

  private static final int MOST_WILDCARDS = 3;

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

  private static void require(Expression written, char escape) {
    Object constant = written.foldable() ? value(written) : null;
    if (constant == null) {
      throw refused("LIKE with a pattern that is not a constant");
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
