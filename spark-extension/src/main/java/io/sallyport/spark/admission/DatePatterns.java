package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.DateFormatClass;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FromUnixTime;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.ParseToDate;
import org.apache.spark.sql.catalyst.expressions.ParseToTimestamp;
import org.apache.spark.sql.catalyst.expressions.ToUnixTimestamp;
import org.apache.spark.sql.catalyst.expressions.UnixTimestamp;
import org.apache.spark.sql.types.DataTypes;

/**
 * The patterns by which dates are written and read: constants, so that a wrong one fails for
 * everybody and before anything runs.
 */
final class DatePatterns {

  private static final int LONGEST = 64;

  private static final scala.Option<String> UTC = scala.Option.apply("UTC");

  /** Whether a pattern writes; others read. */
  private static final Map<Class<?>, Boolean> WRITES =
      Map.of(
          DateFormatClass.class, true,
          FromUnixTime.class, true,
          ParseToDate.class, false,
          ParseToTimestamp.class, false,
          UnixTimestamp.class, false,
          ToUnixTimestamp.class, false);

  private DatePatterns() {}

  /**
   * Judges the pattern of an expression, if it has one.
   *
   * @throws RefusedException PARAM_INVALID when it is not a constant, or not a pattern
   */
  static void require(Expression expression) {
    Boolean writes = WRITES.get(expression.getClass());
    List<Expression> operands = Scala.children(expression);
    if (writes == null || operands.size() < 2) {
      return;
    }
    Expression pattern = operands.get(1);
    boolean isShort =
        pattern instanceof Literal literal
            && (literal.value() == null || literal.value().toString().length() <= LONGEST);
    if (!isShort || !(writes ? isWritten(pattern) : isRead(pattern))) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          expression.prettyName() + " with a pattern that is not a constant date pattern",
          "a pattern such as 'yyyy-MM-dd'");
    }
  }

  private static boolean isWritten(Expression pattern) {
    Literal start = Literal.create(0L, DataTypes.TimestampType);
    return evaluates(new DateFormatClass(start, pattern, UTC));
  }

  private static boolean isRead(Expression pattern) {
    Literal text = Literal.create("", DataTypes.StringType);
    return evaluates(new ToUnixTimestamp(text, pattern, UTC, false));
  }

  private static boolean evaluates(Expression sample) {
    try {
      sample.eval(InternalRow.empty());
      return true;
    } catch (Exception e) { // some of Spark's are checked, and Scala does not declare them
      return false;
    }
  }
}
