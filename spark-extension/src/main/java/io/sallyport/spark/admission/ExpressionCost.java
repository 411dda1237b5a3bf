package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ILike;
import org.apache.spark.sql.catalyst.expressions.Levenshtein;
import org.apache.spark.sql.catalyst.expressions.Like;
import org.apache.spark.sql.catalyst.expressions.RLike;
import org.apache.spark.sql.catalyst.expressions.RegExpCount;
import org.apache.spark.sql.catalyst.expressions.RegExpExtract;
import org.apache.spark.sql.catalyst.expressions.RegExpInStr;
import org.apache.spark.sql.catalyst.expressions.RegExpReplace;
import org.apache.spark.sql.catalyst.expressions.RegExpSubStr;
import org.apache.spark.sql.types.ArrayType;

/**
 * What it takes to compute all constants of a plan: the server computes them while it plans, when
 * nothing can stop it, once for each place at which they stand. In bytes that functions read and
 * write, of all functions of constants; where a text is gone through for each byte of another, of
 * both multiplied. Of what is computed for each row, the same has smaller bounds: a task looks
 * whether it was killed between two rows, not within one.
 */
final class ExpressionCost {

  private static final double MOST = 64 << 20;

  /** Of the products of one row: some hundredths of a second. */
  private static final double MOST_OF_A_ROW = 16 << 20;

  /** Of all bytes of one row: the same. */
  private static final double MOST_BYTES_OF_A_ROW = 16 << 20;

  /** What an entry of a list has beside its bytes. */
  private static final double ENTRY = 64;

  /** One of them compares this many bytes in the time in which others copy one. */
  private static final double COMPARED = 64;

  private static final Set<Class<?>> PATTERNS =
      Set.of(
          Like.class,
          ILike.class,
          RLike.class,
          RegExpCount.class,
          RegExpExtract.class,
          RegExpInStr.class,
          RegExpReplace.class,
          RegExpSubStr.class);

  private final Map<ExprId, Double> columns = new HashMap<>();
  private final IdentityHashMap<Expression, Double> parts = new IdentityHashMap<>();
  private double cost;
  private double ofARow;
  private double bytesOfARow;

  /**
   * Counts a function.
   *
   * @param operands how long they are
   * @param made how long its value is
   * @throws RefusedException LIMIT_EXCEEDED when all of them take too much
   */
  void add(Expression function, List<TextSize> operands, TextSize made) {
    if (!function.foldable()) {
      bytes(function, operands, made);
      row(product(function, operands));
      return;
    }
    if (operands.isEmpty()) {
      return;
    }
    cost += made.more() * (isList(function) ? ENTRY : 1) + product(function, operands);
    for (TextSize operand : operands) {
      cost += operand.more();
    }
    if (cost > MOST) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "functions of constants go through too many bytes, once the tables of WITH are put in"
              + " their places (constant-bytes)",
          "at most " + (long) MOST + " bytes: shorter texts, or what comes out as a constant");
    }
  }

  /** A column takes what it was computed with, for the optimizer may put that in its place. */
  private void bytes(Expression function, List<TextSize> operands, TextSize made) {
    boolean isNamed = operands.isEmpty() || function instanceof Alias;
    double own = isNamed ? 0 : made.bytes();
    double all =
        function instanceof Attribute column ? columns.getOrDefault(column.exprId(), 0.0) : 0;
    for (int i = 0; i < operands.size(); i++) {
      own += isNamed ? 0 : operands.get(i).bytes();
      all += parts.getOrDefault(Scala.children(function).get(i), 0.0);
    }
    all += own;
    bytesOfARow += own;
    parts.put(function, all);
    if (function instanceof Alias column) {
      columns.put(column.exprId(), all);
    }
    if (Math.max(all, bytesOfARow) > MOST_BYTES_OF_A_ROW) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "functions of texts go through more than %d bytes in one row (row-bytes)"
              .formatted((long) MOST_BYTES_OF_A_ROW),
          "shorter texts, or fewer such functions");
    }
  }

  private void row(double products) {
    ofARow += products;
    if (ofARow > MOST_OF_A_ROW) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "functions look for long texts, or patterns, in texts that are made long, too often in"
              + " one row (row-products)",
          "shorter texts, or fewer such functions");
    }
  }

  private static boolean isList(Expression function) {
    return function.dataType() instanceof ArrayType;
  }

  private static double product(Expression function, List<TextSize> operands) {
    if (operands.size() < 2) {
      return 0;
    }
    double both = operands.get(0).bytes() * operands.get(1).bytes();
    if (function instanceof Levenshtein) {
      return both;
    }
    return Needles.areIn(function) || PATTERNS.contains(function.getClass()) ? both / COMPARED : 0;
  }
}
