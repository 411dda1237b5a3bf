package io.sallyport.spark.release.words;

import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrAvgX;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrAvgY;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrCount;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrIntercept;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrR2;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrSXX;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrSXY;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrSYY;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrSlope;

/** Linear regression of a first value on a second, over the rows that have both. */
final class RegressionWords {

  static final ExpressionWords.Table TABLE =
      new ExpressionWords.Table()
          .on(RegrCount.class, (e, words) -> "how many rows" + both(e, words))
          .on(RegrAvgX.class, (e, words) -> "the average of " + x(e, words) + both(e, words))
          .on(RegrAvgY.class, (e, words) -> "the average of " + y(e, words) + both(e, words))
          .on(
              RegrR2.class,
              (e, words) -> "the coefficient of determination (R2) of " + line(e, words))
          .on(
              RegrSXX.class,
              (e, words) -> "the sum of squared deviations of " + x(e, words) + both(e, words))
          .on(
              RegrSYY.class,
              (e, words) -> "the sum of squared deviations of " + y(e, words) + both(e, words))
          .on(
              RegrSXY.class,
              (e, words) ->
                  "the sum of products of the deviations of "
                      + x(e, words)
                      + " and "
                      + y(e, words)
                      + both(e, words))
          .on(RegrSlope.class, (e, words) -> "the slope of " + line(e, words))
          .on(RegrIntercept.class, (e, words) -> "the intercept of " + line(e, words));

  private RegressionWords() {}

  private static String line(Expression function, ExpressionWords words) {
    return "the regression line of "
        + y(function, words)
        + " on "
        + x(function, words)
        + both(function, words);
  }

  private static String both(Expression function, ExpressionWords words) {
    return " (rows where " + y(function, words) + " and " + x(function, words) + " are there)";
  }

  private static String y(Expression function, ExpressionWords words) {
    return words.operand(function, 0);
  }

  private static String x(Expression function, ExpressionWords words) {
    return words.operand(function, 1);
  }
}
