package io.sallyport.spark.noise;

import static io.sallyport.spark.noise.Arithmetic.asDouble;
import static io.sallyport.spark.noise.Arithmetic.between;
import static io.sallyport.spark.noise.Arithmetic.number;
import static io.sallyport.spark.noise.Arithmetic.rounded;

import io.sallyport.dp.sensitivity.ContributionBounds;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Multiply;

/**
 * Cuts one person's total in one group to what the bounds allow.
 *
 * <p>Counts and sums are cut at the bound. Moments are over the same rows as their count, so where
 * a person has more rows than may count, they are scaled down to as many: each row weighs less,
 * none is drawn by lot. Either way the last step is a clamp of an integer, on which the guarantee
 * rests.
 */
final class Cap {

  private Cap() {}

  /** How far one person moves the statistic in one group. */
  static long most(Statistic statistic, ContributionBounds bounds) {
    return Math.multiplyExact(rows(statistic, bounds), statistic.largestSteps());
  }

  private static long rows(Statistic statistic, ContributionBounds bounds) {
    return statistic.kind() == Statistic.Kind.UNITS ? 1 : bounds.perGroup();
  }

  /**
   * @param sum the person's total of the statistic
   * @param count the number of rows it is over, where the statistic is a moment
   */
  static Expression of(
      Statistic statistic, Expression sum, Expression count, ContributionBounds bounds) {
    long most = rows(statistic, bounds);
    long lowest = Math.multiplyExact(most, statistic.lowestSteps());
    long highest = Math.multiplyExact(most, statistic.highestSteps());
    if (statistic.counts() || statistic.kind() == Statistic.Kind.SUM) {
      return between(lowest, sum, highest);
    }
    Expression factor = new Divide(number((double) most), asDouble(count));
    Expression scaled = rounded(new Multiply(asDouble(sum), factor));
    return between(lowest, new If(new GreaterThan(count, number(most)), scaled, sum), highest);
  }
}
